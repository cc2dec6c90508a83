"""People, the posts they hold and their membership."""

import datetime
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.bulk import insert, reserve_ids
from jiceng.core.changes import report
from jiceng.core.journal import Journal
from jiceng.core.locks import alone
from jiceng.core.periods import FOREVER
from jiceng.core.refusals import Conflict
from jiceng.registry.models import Batch, Membership, Person
from jiceng.registry.operations.entries import own_or_given
from jiceng.registry.operations.writing import lock_lives, record_rows, write
from jiceng.registry.overlaps import Span, clashes
from jiceng.registry.refusals import DatesOverlap


class NumberTaken(Conflict):
    """Another person bears the number."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Someone new. Without a number he is given one."""

    name: str
    number: str = ""
    birth_month: datetime.date | None = None  # first of the month
    office_phone: str = ""


class OfPerson(Protocol):
    """A row about a person: by number, or somebody new who is taken into the register with it."""

    @property
    def person(self) -> "int | PersonRow": ...


Row = TypeVar("Row", bound=OfPerson)


@dataclass(frozen=True, slots=True)
class MembershipRow:
    person: int | PersonRow
    organisation: int
    standing: str  # Membership.Standing
    valid_from: datetime.date
    valid_to: datetime.date = FOREVER


@transaction.atomic
def record_people(
    rows: Sequence[PersonRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Take people into the register and return their numbers in the order given.

    Raises:
        NumberTaken: two rows, or a row and somebody in the register, bear one internal number.
    """
    if not rows:
        return []
    own, journal = own_or_given(journal)
    _refuse_taken_numbers([row.number for row in rows if row.number])
    ids = reserve_ids(Person, len(rows))
    insert(
        Person,
        ["id", "batch_id", "number", "name", "birth_month", "office_phone", "recorded_at"],
        (
            (
                pk,
                batch.pk if batch else None,
                row.number or f"JC-{pk:08d}",
                row.name,
                row.birth_month,
                row.office_phone,
                at,
            )
            for pk, row in zip(ids, rows, strict=True)
        ),
    )
    journal.created(Person, ids)
    if own:
        record_rows("registry.person.recorded", Person, ids, journal, by=by, at=at, key=key)
    return ids


def with_people(
    rows: Sequence[Row],
    *,
    by: "User | str",
    at: datetime.datetime,
    batch: Batch | None,
    journal: Journal,
) -> Sequence[Row]:
    """Take those into the register who are new, and return the rows with everybody's number.

    Inside the caller's transaction; its entry covers it.
    """
    fresh = [(place, row.person) for place, row in enumerate(rows) if not _is_known(row)]
    if not fresh:
        return rows
    people = [person for _place, person in fresh if isinstance(person, PersonRow)]
    ids = record_people(people, by=by, at=at, batch=batch, journal=journal)
    numbered = list(rows)
    for (place, _person), number in zip(fresh, ids, strict=True):
        numbered[place] = replace(rows[place], person=number)  # type: ignore[type-var]  # all rows are dataclasses
    return numbered


def _is_known(row: OfPerson) -> bool:
    return isinstance(row.person, int)


def _refuse_taken_numbers(numbers: list[str]) -> None:
    if not numbers:
        return
    alone("registry.person.number")
    twice = [number for number, times in Counter(numbers).items() if times > 1]
    taken = Person.objects.filter(number__in=numbers).values_list("number", flat=True)
    clashing = sorted({*twice, *taken})
    if clashing:
        raise NumberTaken(
            _("人员编号 %s 重复。请核对编号，或留空由系统编号。") % "、".join(clashing[:5])
        )


def lock_people(people: set[int]) -> None:
    """Lock people, in order of number; rows may still be hung on them."""
    locked = Person.objects.select_for_update(no_key=True).filter(pk__in=people)
    list(locked.order_by("pk").values_list("pk"))


@transaction.atomic
def enrol_members(
    rows: Sequence[MembershipRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Make people members of organisations and return the memberships' numbers. Somebody new is
    taken into the register with it.

    Raises:
        NoSuchUnit, OutsideLife: an organisation does not live through the period.
        DatesOverlap: someone would be a member of two organisations on one day.
    """
    if not rows:
        return []
    own, journal = own_or_given(journal)
    lock_lives((row.organisation, row.valid_from, row.valid_to) for row in rows)
    rows = with_people(rows, by=by, at=at, batch=batch, journal=journal)
    lock_people(
        {row.person for row in rows if isinstance(row.person, int)}
    )  # two organisations may enrol somebody at once
    spans = [Span((row.person,), row.valid_from, row.valid_to) for row in rows]
    if clashes(Membership, ["person_id"], spans):
        raise DatesOverlap(_("同一人同一天只能在一个组织有党籍关系。请先结束原来的关系。"))
    ids = write(
        Membership,
        ["person_id", "organisation_id", "standing", "valid_from", "valid_to", "recorded_at"],
        [(r.person, r.organisation, r.standing, r.valid_from, r.valid_to, at) for r in rows],
        batch=batch,
        journal=journal,
    )
    report(["registry.Membership"], (row.valid_from for row in rows), at)
    if own:
        record_rows(
            "registry.membership.recorded",
            Membership,
            ids,
            journal,
            by=by,
            at=at,
            key=key,
            unit=rows[0].organisation,
        )
    return ids
