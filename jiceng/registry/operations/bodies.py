"""A unit's elected bodies, term by term, and who sits in them."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.registry.models import Batch, Body, BodySeat
from jiceng.registry.operations.entries import own_or_given
from jiceng.registry.operations.people import PersonRow, with_people
from jiceng.registry.operations.writing import lock_lives, outside_life, record_rows, write
from jiceng.registry.overlaps import Span, clashes
from jiceng.registry.refusals import DatesOverlap, NoSuchUnit, OutsideLife


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One term of a body."""

    unit: int
    kind: str  # Body.Kind
    term: str  # "第十届"
    valid_from: datetime.date
    valid_to: datetime.date = FOREVER


@dataclass(frozen=True, slots=True)
class BodySeatRow:
    body: int
    person: int | PersonRow
    role: str  # as it is called there: 主任, 委员, 代表
    valid_from: datetime.date
    valid_to: datetime.date = FOREVER


@transaction.atomic
def form_bodies(
    rows: Sequence[BodyRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Record terms of bodies and return their numbers in the order given.

    Raises:
        NoSuchUnit, OutsideLife: a unit does not live through the term.
        DatesOverlap: two terms of one body would share a day.
    """
    if not rows:
        return []
    own, journal = own_or_given(journal)
    lock_lives((row.unit, row.valid_from, row.valid_to) for row in rows)
    spans = [Span((row.unit, row.kind), row.valid_from, row.valid_to) for row in rows]
    if clashes(Body, ["unit_id", "kind"], spans):
        raise DatesOverlap(_("同一村级组织的两届任期重叠。请改正起止日。"))
    ids = write(
        Body,
        ["unit_id", "kind", "term", "valid_from", "valid_to"],
        [(row.unit, row.kind, row.term, row.valid_from, row.valid_to) for row in rows],
        batch=batch,
        journal=journal,
    )
    unit = rows[0].unit
    if own:
        record_rows("registry.body.formed", Body, ids, journal, by=by, at=at, key=key, unit=unit)
    return ids


@transaction.atomic
def seat_people(
    rows: Sequence[BodySeatRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Seat people in bodies and return the seats' numbers in the order given. Somebody new is
    taken into the register with it.

    Raises:
        NoSuchUnit: a body does not exist.
        OutsideLife: someone would sit before the term begins or after it ends.
        DatesOverlap: someone would sit in one body twice on one day.
    """
    if not rows:
        return []
    own, journal = own_or_given(journal)
    rows = with_people(rows, by=by, at=at, batch=batch, journal=journal)
    bodies = {
        body.pk: body
        for body in Body.objects.select_for_update()
        .filter(pk__in={row.body for row in rows})
        .order_by("pk")
    }
    for row in rows:
        if row.body not in bodies:
            raise NoSuchUnit(_("没有这个村级组织。"))
        body = bodies[row.body]
        if row.valid_from < body.valid_from or row.valid_to > body.valid_to:
            raise OutsideLife(outside_life(body.valid_from, body.valid_to))
    spans = [Span((row.body, row.person), row.valid_from, row.valid_to) for row in rows]
    if clashes(BodySeat, ["body_id", "person_id"], spans):
        raise DatesOverlap(_("同一人在同一届中重复任职。请改正起止日。"))
    ids = write(
        BodySeat,
        ["body_id", "person_id", "role", "valid_from", "valid_to"],
        [(row.body, row.person, row.role, row.valid_from, row.valid_to) for row in rows],
        batch=batch,
        journal=journal,
    )
    unit = bodies[rows[0].body].unit_id
    if own:
        record_rows(
            "registry.body.seated", BodySeat, ids, journal, by=by, at=at, key=key, unit=unit
        )
    return ids
