"""Taking up imports whose job was killed."""

from jiceng.core.declarations import Job
from jiceng.exchange.operations.reviving import revive

JOBS = [Job("exchange.revive", "接续中断的导入", every=60, run=revive)]
