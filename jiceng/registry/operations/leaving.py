"""Memberships, terms and seats that end before anybody knew that they would."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.changes import report
from jiceng.core.journal import Journal
from jiceng.core.models import Dated
from jiceng.core.refusals import Conflict
from jiceng.registry.models import Body, BodySeat, Membership
from jiceng.registry.operations.entries import own_or_given
from jiceng.registry.operations.people import MembershipRow, enrol_members
from jiceng.registry.operations.writing import record_rows

Rows = TypeVar("Rows", bound=Dated)


class NotHeld(Conflict):
    """A row does not hold before the day on which it would end."""


@transaction.atomic
def end_memberships(
    memberships: Sequence[int],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
) -> None:
    """End memberships on `day`: the first day on which they no longer hold.

    Raises:
        NotHeld: a membership does not exist, had ended by then or begins on `day` or later.
    """
    if not memberships:
        return
    own, journal = own_or_given(journal)
    rows = _end(Membership, memberships, day, journal)
    report(["registry.Membership"], [day], at)
    if own:
        _record("registry.membership.ended", rows, journal, day=day, by=by, at=at, key=key)


@transaction.atomic
def transfer_members(
    memberships: Mapping[int, int],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Let members go over to another organisation on `day`, in the standing they had; return the
    new memberships' numbers.

    Args:
        memberships: membership → number of the organisation that takes the member.

    Raises:
        NotHeld: a membership does not hold on the day before.
        NoSuchUnit, OutsideLife: an organisation does not stand from `day` on.
        DatesOverlap: a member stands elsewhere already.
    """
    if not memberships:
        return []
    own, journal = own_or_given(journal)
    rows = _end(Membership, list(memberships), day, journal)
    if any(row.valid_to <= day for row in rows):
        raise NotHeld(not_held(day))
    enrolled = [
        MembershipRow(row.person_id, memberships[row.pk], row.standing, day, row.valid_to)
        for row in rows
    ]
    numbers = enrol_members(enrolled, by=by, at=at, journal=journal)
    if own:
        _record("registry.membership.transferred", rows, journal, day=day, by=by, at=at, key=key)
    return numbers


@transaction.atomic
def end_bodies(
    bodies: Sequence[int],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
) -> None:
    """End terms of bodies on `day`, and with them the seats that would have lasted longer.

    Raises:
        NotHeld: a term does not exist, had ended by then or begins on `day` or later; or somebody
            would only take his seat on `day` or later.
    """
    if not bodies:
        return
    own, journal = own_or_given(journal)
    rows = _end(Body, bodies, day, journal)
    seats = BodySeat.objects.filter(body__in=bodies, valid_to__gt=day)
    _end(BodySeat, list(seats.values_list("pk", flat=True)), day, journal)
    if own:
        _record("registry.body.ended", rows, journal, day=day, by=by, at=at, key=key)


@transaction.atomic
def end_seats(
    seats: Sequence[int],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
) -> None:
    """Let people leave their seats in bodies on `day`.

    Raises:
        NotHeld: a seat does not exist, had ended by then or begins on `day` or later.
    """
    if not seats:
        return
    own, journal = own_or_given(journal)
    rows = _end(BodySeat, seats, day, journal)
    if own:
        _record("registry.body.left", rows, journal, day=day, by=by, at=at, key=key)


def _end(
    model: type[Rows], numbers: Sequence[int], day: datetime.date, journal: Journal
) -> list[Rows]:
    """Close rows on `day` and return them as they were. Two statements."""
    held = model._default_manager.select_for_update().filter(pk__in=set(numbers))
    rows: list[Rows] = list(held.order_by("pk"))  # type: ignore[arg-type]  # rows of `model`
    if len(rows) != len(set(numbers)) or any(not r.valid_from < day <= r.valid_to for r in rows):
        raise NotHeld(not_held(day))
    for row in rows:
        journal.changed(
            model, row.pk, {"valid_to": row.valid_to.isoformat()}, {"valid_to": day.isoformat()}
        )
    model._default_manager.filter(pk__in=[row.pk for row in rows]).update(valid_to=day)
    return rows


def not_held(day: datetime.date) -> str:
    return _("有记录在%s之前不存在，或已经结束。请核对日期。") % day


def _record(action: str, rows: Sequence[Dated], journal: Journal, **done: Any) -> None:
    first: Any = rows[0]
    unit = getattr(first, "organisation_id", None) or getattr(first, "unit_id", None)
    record_rows(
        action,
        type(first),
        [row.pk for row in rows],
        journal,
        unit=unit or first.body.unit_id,
        **done,
    )
