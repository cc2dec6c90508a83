"""Orders in words: kinds, steps, limits."""

from django.utils.translation import gettext as _

from jiceng.orders import catalogue
from jiceng.orders.models import Order
from jiceng.orders.routing import Proposal
from jiceng.procedures.catalogue import latest

PROCEDURES = ("duty_order", "conduct_order", "voluntary_order")


def units_of(order: Order) -> set[int]:
    """Return the units that an order is told with."""
    found = (order.place_id, order.receiver_id, order.handler_id, order.waits_at_id)
    return {number for number in found if number is not None}


def title_of(kind: str) -> str:
    found = catalogue.shipped().services.get(kind)
    return found.title if found else kind


def step_of(order: Order) -> str:
    """Return where an order stands, in the words of its procedure."""
    if order.closed:
        return end_titles().get(order.outcome, order.outcome)
    return step_titles().get(order.step, order.step)


def step_titles() -> dict[str, str]:
    """Return the title of every step that orders go through, in their order."""
    shipped = [found for code in PROCEDURES if (found := latest(code)) is not None]
    return {step.code: step.title for one in shipped for step in one.procedure.steps}


def end_titles() -> dict[str, str]:
    shipped = [found for code in PROCEDURES if (found := latest(code)) is not None]
    return {code: title for one in shipped for code, title in one.procedure.ends.items()}


def limit_in_words(count: int | None, unit: str) -> str:
    """Return a limit as it is said: 2小时, 5个工作日."""
    words = {
        "hour": _("%d 小时"),
        "day": _("%d 日"),
        "workday": _("%d 个工作日"),
        "month": _("%d 个月"),
        "year": _("%d 年"),
    }
    return words[unit] % count if count and unit in words else ""


def why_in_words(proposal: Proposal) -> str:
    """Return why a unit is proposed."""
    said = {
        "named": _("县里的文件指定由它办"),
        "duty": _("它的职责清单上有这一项"),
        "line": _("离得最近的、职责清单上有这一项的单位"),
        "level": _("这类诉求通常由这一级先办；职责清单上没有这一项，须经县级批准"),
        "supervision": _("反映人员作风的由上级单独办理"),
        "branch": _("自愿认领的交给村里的党组织"),
        "nobody": _("这里没有能办的单位"),
    }
    duty = proposal.duty
    told = said[proposal.why]
    return f"{told}（{duty.title or duty.item}）" if duty else told
