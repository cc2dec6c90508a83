"""What the holder of a query code reads of an order, in words."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiceng.orders import catalogue
from jiceng.orders.models import OrderStatus

JUDGED_AT = ("call_back", "last_call_back")
_STATES: dict[str, tuple[Promise, str]] = {
    "dispatch": (_("已收到，正在确定由谁办理"), "idle"),
    "screen": (_("已收到，正在审看"), "idle"),
    "accept": (_("已派单，等办理单位接单"), "idle"),
    "review": (_("正在重新确定由谁办理"), "idle"),
    "handle": (_("办理中"), "idle"),
    "examine": (_("核查中"), "idle"),
    "ending": (_("正在审核能不能办"), "warn"),
    "settle": (_("由上一级接着办理"), "warn"),
    "call_back": (_("已办结，等您评价"), "good"),
    "last_call_back": (_("已再次办结，等您评价"), "good"),
}
_ENDS: dict[str, tuple[Promise, str]] = {
    "closed": (_("已结案"), "good"),
    "unreachable": (_("没能联系上您，已结案"), "idle"),
    "excluded": (_("不属于这里受理的事"), "idle"),
    "merged": (_("与先前的同一件事合并办理"), "idle"),
    "terminated": (_("终止办理"), "idle"),
    "withdrawn": (_("您已撤回"), "idle"),
}
_FOR_OTHERS: dict[str, tuple[Promise, str]] = {
    "call_back": (_("已办结，等待回访"), "good"),
    "last_call_back": (_("已再次办结，等待回访"), "good"),
    "unreachable": (_("已结案"), "good"),
    "withdrawn": (_("已撤回"), "idle"),
}


@dataclass(frozen=True, slots=True)
class Followed:
    """Where an order stands, and what its resident may do now."""

    status: OrderStatus
    kind: str
    state: str
    tone: str
    overdue: bool
    may_judge: bool
    may_add: bool
    conduct: bool


def followed(status: OrderStatus, at: datetime.datetime) -> Followed:
    state, tone = state_of(status.step, status.outcome)
    running = bool(status.step) and not status.paused
    return Followed(
        status,
        title_of(status.kind),
        state,
        tone,
        overdue=running and status.due_at is not None and status.due_at < at,
        may_judge=status.step in JUDGED_AT,
        may_add=bool(status.step),
        conduct=status.track == "conduct",
    )


def state_of(step: str, outcome: str, *, resident: bool = True) -> tuple[str, str]:
    """Return where an order stands in a resident's words, and the tone of its badge.

    Args:
        resident: whether it is himself who reads; others are not told "you".
    """
    if not resident and (step in JUDGED_AT or outcome in _FOR_OTHERS):
        words, tone = _FOR_OTHERS[step or outcome]
    else:
        words, tone = _STATES[step] if step else _ENDS[outcome]
    return str(words), tone


def title_of(kind: str) -> str:
    """Return the title of a kind of service; a kind the catalogue has lost is named by its code."""
    known = catalogue.shipped().services.get(kind)
    return known.title if known else kind
