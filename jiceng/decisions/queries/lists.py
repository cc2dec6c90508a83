"""Delegations and motions through the gate."""

import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiceng.access.queries import scope_of, unit_for, units_for
from jiceng.access.queries.gate import covers_everything
from jiceng.accounts.models import User
from jiceng.decisions.models import Delegation, Motion
from jiceng.decisions.refusals import NoSuchDelegation, NoSuchMotion
from jiceng.procedures.models import Case

_AGAIN = {Case.WITHDRAWN, "rejected", "kept", "refused"}  # ends of the procedures


def delegations_of(unit: int) -> QuerySet[Delegation]:
    """Return a village's delegations, those that end last at the top."""
    return Delegation.objects.filter(unit=unit).order_by("-valid_to", "matter", "pk")


def delegation_for(user: User, permission: str, *, number: int) -> Delegation:
    """Return one delegation, checked.

    Raises:
        NoSuchDelegation: there is none, or `user` may not see its village.
        NotPermitted: `user` may see it but not do this.
    """
    row = Delegation.objects.select_related("unit").filter(pk=number).first()
    if row is None:
        raise NoSuchDelegation(_("没有这项授权。"))
    unit_for(user, permission, number=row.unit_id)
    return row


def motions_for(user: User, *, today: datetime.date) -> QuerySet[Motion]:
    """Return the motions of every village `user` may see, the latest first."""
    rows = Motion.objects.order_by("-raised_on", "-pk")
    if covers_everything(scope_of(user, "decisions.view", today), today):
        return rows
    units = units_for(user, "decisions.view", today=today)
    return rows.filter(unit__in=units.values("pk"))


def motions_of(unit: int) -> QuerySet[Motion]:
    return Motion.objects.filter(unit=unit).order_by("-raised_on", "-pk")


def motion_for(user: User, permission: str, *, number: int) -> Motion:
    """Return one motion, checked.

    Raises:
        NoSuchMotion: there is none, or `user` may not see its village.
        NotPermitted: `user` may see it but not do this.
    """
    row = Motion.objects.select_related("unit").filter(pk=number).first()
    if row is None:
        raise NoSuchMotion(_("没有这个议题。"))
    unit_for(user, permission, number=row.unit_id)
    return row


def told_of(case: Case) -> dict[str, object]:
    """Return what a case's motion says of its notices, by the codes of their fields."""
    motion = Motion.objects.filter(case=case).first()
    if motion is None:
        return {}
    said = {"proposal": motion.text, "money": motion.amount}
    return {code: value for code, value in said.items() if value not in ("", None)}


def may_restart(motion: Motion) -> bool:
    """Say whether a motion may begin anew: its run is over without success, or on a procedure
    that it was corrected away from.
    """
    case = motion.case
    if case is None:
        return True
    return case.outcome in _AGAIN if case.ended else case.procedure.code != motion.procedure
