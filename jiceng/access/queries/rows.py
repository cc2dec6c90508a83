"""Rows that hang on units, fetched through the gate to be changed."""

import datetime

from django.utils.translation import gettext as _

from jiceng.access.queries.gate import NotVisible, unit_for
from jiceng.accounts.models import User
from jiceng.registry.models import Body, BodySeat, Membership
from jiceng.registry.queries import shown


def membership_for(user: User, number: int, today: datetime.date) -> Membership:
    """Return a membership of an organisation that `user` may change.

    Raises:
        NotVisible: there is none, or he may not see the organisation.
        NotPermitted: he may see the organisation, not change it.
    """
    rows = shown(Membership.objects.filter(pk=number)).select_related("person")
    row = rows.first()
    if row is None:
        raise NotVisible(_("没有这项党籍关系，或者您无权查看。"))
    unit_for(user, "registry.edit", number=row.organisation_id, today=today)
    return row


def body_for(user: User, number: int, today: datetime.date) -> Body:
    """Return a term of a body of a unit that `user` may change.

    Raises:
        NotVisible, NotPermitted: as of a membership.
    """
    row = shown(Body.objects.filter(pk=number)).first()
    if row is None:
        raise NotVisible(_("没有这个村级组织，或者您无权查看。"))
    unit_for(user, "registry.edit", number=row.unit_id, today=today)
    return row


def seat_for(user: User, number: int, today: datetime.date) -> BodySeat:
    """Return somebody's seat in a body of a unit that `user` may change.

    Raises:
        NotVisible, NotPermitted: as of a membership.
    """
    rows = shown(BodySeat.objects.filter(pk=number)).select_related("person", "body")
    row = rows.first()
    if row is None:
        raise NotVisible(_("没有这个组成人员，或者您无权查看。"))
    unit_for(user, "registry.edit", number=row.body.unit_id, today=today)
    return row
