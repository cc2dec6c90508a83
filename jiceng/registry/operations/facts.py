"""Dated numbers about villages: recorded, followed by later ones, corrected with a reason."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.changes import report
from jiceng.core.journal import Journal
from jiceng.core.refusals import Conflict
from jiceng.registry.models import Batch, VillageFact
from jiceng.registry.operations.entries import own_or_given
from jiceng.registry.operations.writing import lock_lives, record_rows, write


class OtherValueStands(Conflict):
    """Another value stands for the same day, and no reason for a correction is given."""


@dataclass(frozen=True, slots=True)
class FactRow:
    unit: int
    kind: str  # VillageFact.Kind
    value: int
    valid_from: datetime.date
    reason: str = ""  # why a value that stands for the same day is corrected


@transaction.atomic
def record_facts(
    rows: Sequence[FactRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Record numbers that hold from a day on; return the numbers of the standing rows.

    A later one takes its place from its own day; one of the same day corrects it, with a reason.
    A value that stands already is left as it is.

    Raises:
        NoSuchUnit, OutsideLife: a unit does not exist on the day.
        OtherValueStands: another value of the same day stands, and no reason is given.
    """
    if not rows:
        return []
    own, journal = own_or_given(journal)
    lock_lives((row.unit, row.valid_from, row.valid_from) for row in rows)
    standing = standing_facts(rows)
    same = {p: s.pk for p, s in standing.items() if s.value == rows[p].value}
    corrected = {p: s for p, s in standing.items() if p not in same}
    if any(not rows[place].reason for place in corrected):
        raise OtherValueStands(_("同一天已登记了另一个数。如要更正，请写明更正原因。"))
    for fact in corrected.values():
        journal.changed(VillageFact, fact.pk, {"superseded_at": None}, {"superseded_at": at})
    VillageFact.objects.filter(pk__in=[f.pk for f in corrected.values()]).update(superseded_at=at)
    fresh = [place for place in range(len(rows)) if place not in same]
    ids = write(
        VillageFact,
        ["unit_id", "kind", "value", "valid_from", "recorded_at", "superseded_at", "reason"],
        [
            (row.unit, row.kind, row.value, row.valid_from, at, None, row.reason)
            for row in (rows[place] for place in fresh)
        ],
        batch=batch,
        journal=journal,
    )
    numbers = same | dict(zip(fresh, ids, strict=True))
    found = [numbers[place] for place in range(len(rows))]
    unit = rows[0].unit
    report(["registry.VillageFact"], (row.valid_from for row in rows), at)
    if own:
        record_rows(
            "registry.fact.recorded", VillageFact, found, journal, by=by, at=at, key=key, unit=unit
        )
    return found


def standing_facts(rows: Sequence[FactRow]) -> dict[int, VillageFact]:
    """Return, by place, the fact that stands for a row's unit, kind and very day."""
    wanted = {(row.unit, row.kind, row.valid_from): place for place, row in enumerate(rows)}
    days = {row.valid_from for row in rows}
    facts = VillageFact.objects.filter(
        Q(superseded_at=None), unit__in={row.unit for row in rows}, valid_from__in=days
    )
    found = {(fact.unit_id, fact.kind, fact.valid_from): fact for fact in facts}
    return {place: found[key] for key, place in wanted.items() if key in found}
