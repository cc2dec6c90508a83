"""What wishes and claims leave to be done, on the agenda of the branch; never a member's."""

import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jiceng.access.declarations import roles_with
from jiceng.access.models import Grant
from jiceng.access.queries import reach_of
from jiceng.access.queries.holders import Addressee
from jiceng.accounts.models import User
from jiceng.agenda import operations as agenda
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of, end_of
from jiceng.orders.models.voluntary import Claim
from jiceng.orders.models.wishes import MicroWish
from jiceng.orders.operations.voluntary.holding import branch_of
from jiceng.registry import paths

CHECK = "orders.wish.check"
RELEASE = "orders.wish.release"
WAIT = "orders.wish.wait"
CONFIRM = "orders.wish.confirm"
CLAIM = "orders.claim.confirm"
_TITLES = {
    CHECK: _("核实心愿 {number}"),
    RELEASE: _("审核公开心愿卡 {number}"),
    WAIT: _("为心愿 {number} 找人认领，或者答复、转办"),
    CONFIRM: _("问心愿 {number} 的本人是否已经实现"),
}
_LEADS_HERE = ("branch.secretary", "village.secretary")  # by what the organisation leads


def ask(kind: str, wish: MicroWish, *, at: datetime.datetime, by: User | None = None) -> None:
    """Ask the branch for the next thing to do about a wish."""
    waits = kind == WAIT and wish.wait_until is not None
    agenda.ask(
        [
            agenda.Asked(
                *_branch(wish.branch_id, at),
                kind=kind,
                subject=audit.label_of(wish),
                title=format_lazy(_TITLES[kind], number=wish.number),
                address=address_of(wish),
                due_at=end_of(wish.wait_until) if waits and wish.wait_until else None,
                rule=wish.wait_rule if waits else "",
                asked_by=by,
            )
        ],
        at=at,
    )


def ask_to_release(wish: MicroWish, *, by: User, at: datetime.datetime) -> None:
    """Ask the nearest person upwards who may release and did not write the card."""
    agenda.ask(
        [
            agenda.Asked(
                *_second(wish.branch_id, by, at),
                kind=RELEASE,
                subject=audit.label_of(wish),
                title=format_lazy(_TITLES[RELEASE], number=wish.number),
                address=address_of(wish),
                asked_by=by,
            )
        ],
        at=at,
    )


def ask_to_confirm(claim: Claim, *, by: User, at: datetime.datetime) -> None:
    agenda.ask(
        [
            agenda.Asked(
                *_branch(branch_of(claim), at),
                kind=CLAIM,
                subject=audit.label_of(claim),
                title=_("确认一项志愿认领"),
                address=reverse("web:claim", args=[claim.pk]),
                asked_by=by,
            )
        ],
        at=at,
    )


def close(kind: str, subject: MicroWish | Claim, *, at: datetime.datetime) -> None:
    agenda.close(kind, [audit.label_of(subject)], at=at)


def close_all(wish: MicroWish, *, at: datetime.datetime) -> None:
    for kind in _TITLES:
        close(kind, wish, at=at)


def address_of(wish: MicroWish) -> str:
    return reverse("web:wish", args=[wish.number])


def _branch(unit: int, at: datetime.datetime) -> Addressee:
    """Return who answers for an organisation: whoever leads it leads the village, or only it."""
    held = Grant.objects.on(day_of(at)).filter(unit=unit, role__in=_LEADS_HERE)
    return held.values_list("role", flat=True).first() or _LEADS_HERE[0], unit


def _second(unit: int, by: User, at: datetime.datetime) -> Addressee:
    """Return the nearest role upwards that releases and is held by somebody else than `by`. Where
    there is none it is asked of the organisation itself, whose post is missing.
    """
    day = day_of(at)
    roles = roles_with("orders.release")
    upwards = [
        number
        for path in reach_of([unit], day).get(unit, [])
        for number in reversed(paths.ids_of(path))
    ]
    grants = Grant.objects.on(day).filter(unit__in=upwards, role__in=roles).exclude(user=by)
    held = set(grants.values_list("role", "unit_id"))
    for number in upwards:
        for role in reversed(roles):
            if (role, number) in held:
                return role, number
    return _branch(unit, at)
