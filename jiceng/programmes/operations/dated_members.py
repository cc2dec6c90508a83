"""Putting one list of members in the place of another from a day on: of a belt, of an area."""

import datetime
from collections.abc import Hashable, Mapping
from typing import TypeVar

from jiceng.core.bulk import insert, reserve_ids
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.programmes.models import AreaMember, BeltMember
from jiceng.programmes.refusals import MembersChangedLater

Row = TypeVar("Row", bound=BeltMember | AreaMember)


def replace_members(
    model: type[Row],
    current: Mapping[Hashable, Row],
    wanted: Mapping[Hashable, Mapping[str, object]],
    *,
    day: datetime.date,
    at: datetime.datetime,
    batch: int | None,
    journal: Journal,
) -> None:
    """Close on `day` the open rows that are not wanted, and open those that are new.

    A row that began on the very day and is not wanted never held: it is removed. Rows that stay
    are left untouched. Four statements.

    Args:
        current: the open rows by what makes them the same member.
        wanted: fields of every member wanted, by the same key; all with equal names.
    """
    gone = [row for key, row in current.items() if key not in wanted]
    never = [row for row in gone if row.valid_from == day]
    for row in gone:
        journal.changed(model, row.pk, {"valid_to": FOREVER}, {"valid_to": day})
    model.objects.filter(pk__in=[row.pk for row in never]).delete()
    model.objects.filter(pk__in=[row.pk for row in gone]).update(valid_to=day)
    fresh: list[Mapping[str, object]] = [
        fields for key, fields in wanted.items() if key not in current
    ]
    if not fresh:
        return
    names: list[str] = list(fresh[0])
    ids = reserve_ids(model, len(fresh))
    insert(
        model,
        ["id", *names, "valid_from", "valid_to", "recorded_at", "batch_id"],
        [(pk, *one.values(), day, FOREVER, at, batch) for pk, one in zip(ids, fresh, strict=True)],
    )
    journal.created(model, ids)


def refuse_later(rows: Mapping[Hashable, Row], day: datetime.date, sentence: str) -> None:
    """Raise MembersChangedLater when one of the open rows begins after `day`."""
    if any(row.valid_from > day for row in rows.values()):
        raise MembersChangedLater(sentence)
