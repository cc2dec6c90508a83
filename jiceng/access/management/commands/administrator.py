"""`jiceng administrator USERNAME NAME ROLE --until DAY`: the first administrators of an
installation. Later ones are appointed by the security administrator, on a page.
"""

import datetime
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jiceng.access.operations import appoint_administrator
from jiceng.core import clock
from jiceng.core.refusals import Refusal
from jiceng.registry.queries import top_on, unit_by_code
from jiceng.registry.refusals import NoSuchUnit


class Command(BaseCommand):
    help = "授予系统、安全或审计管理员，打印一次性登录码。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="账号")
        parser.add_argument("name", help="姓名")
        parser.add_argument("role", help="system、security 或 audit")
        parser.add_argument("--until", required=True, type=datetime.date.fromisoformat)
        parser.add_argument("--unit", default="", help="范围的区划代码；不写为全部")

    def handle(
        self,
        *,
        username: str,
        name: str,
        role: str,
        until: datetime.date,
        unit: str,
        **_rest: object,
    ) -> None:
        at = clock.now()
        try:
            user, code = appoint_administrator(
                username=username,
                display_name=name,
                role=f"{role}.administrator",
                unit=_place(unit, clock.day_of(at)),
                until=until,
                by="system",
                at=at,
            )
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(str(user))
        if code:
            self.stdout.write(_("一次性登录码（只显示这一次）：%s") % code)


def _place(code: str, day: datetime.date) -> int:
    """Return the unit of the code, else the one for which the register is kept."""
    unit = unit_by_code(code, day) if code else top_on(day)
    if unit is None:
        raise NoSuchUnit(_("名录还是空的。请先载入区划，再授予管理员。"))
    return unit.pk
