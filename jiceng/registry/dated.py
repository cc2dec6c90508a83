"""One way to put a dated row in the place of another, on a day, without overlap or gap."""

import datetime
from collections.abc import Mapping

from jiceng.core.bulk import insert, reserve_ids
from jiceng.core.journal import Journal
from jiceng.core.models import Dated
from jiceng.core.periods import FOREVER
from jiceng.core.refusals import Conflict


class ChangedLater(Conflict):
    """A row that begins on or after the day already stands."""


def replace_from(
    model: type[Dated],
    owner: str,
    values: Mapping[int, Mapping[str, object]],
    *,
    day: datetime.date,
    journal: Journal,
    sentence: str,
) -> None:
    """Close the row open on `day` of each owner and open one with new `values` from that day.

    The new row ends when the closed one would have. A row that began on the very day is changed in place: it never held otherwise. The caller
    holds the owners' lock. Three statements, whatever the number of owners.

    Args:
        owner: attribute of the owner's number, such as "unit_id".
        values: fields of the new row, for each owner's number.
        sentence: what to say when a later row stands.

    Raises:
        ChangedLater: some owner has a row that begins after `day`.
    """
    rows = model.objects.filter(**{f"{owner}__in": list(values)}, valid_to__gt=day)
    current = {getattr(row, owner): row for row in rows.order_by("valid_from")}
    if any(row.valid_from > day for row in current.values()):
        raise ChangedLater(sentence)
    ends = {key: row.valid_to for key, row in current.items()}
    same_day = {key: row for key, row in current.items() if row.valid_from == day}
    _close(model, [r for key, r in current.items() if key not in same_day], day, journal)
    for key, row in same_day.items():
        _change(row, values[key], journal)
    fresh = {key: value for key, value in values.items() if key not in same_day}
    _open(model, owner, fresh, day, ends, journal)


def close_at(
    model: type[Dated], owner: str, owners: list[int], *, day: datetime.date, journal: Journal
) -> None:
    """End every row of the owners that is open on `day`, on that day.

    The caller has refused owners with rows that begin on the day or later.
    """
    _close(
        model,
        list(model.objects.filter(**{f"{owner}__in": owners}, valid_to__gt=day)),
        day,
        journal,
    )


def _close(model: type[Dated], rows: list[Dated], day: datetime.date, journal: Journal) -> None:
    for row in rows:
        journal.changed(
            model, row.pk, {"valid_to": row.valid_to.isoformat()}, {"valid_to": day.isoformat()}
        )
    model.objects.filter(pk__in=[row.pk for row in rows]).update(valid_to=day)


def _change(row: Dated, values: Mapping[str, object], journal: Journal) -> None:
    before = {name: getattr(row, name) for name in values}
    journal.changed(type(row), row.pk, before, dict(values))
    type(row).objects.filter(pk=row.pk).update(**values)


def _open(
    model: type[Dated],
    owner: str,
    values: Mapping[int, Mapping[str, object]],
    day: datetime.date,
    ends: Mapping[int, datetime.date],
    journal: Journal,
) -> None:
    if not values:
        return
    ids = reserve_ids(model, len(values))
    names = list(next(iter(values.values())))
    insert(
        model,
        ["id", owner, *names, "valid_from", "valid_to"],
        [
            (pk, key, *[row[name] for name in names], day, ends.get(key, FOREVER))
            for pk, (key, row) in zip(ids, values.items(), strict=True)
        ],
    )
    journal.created(model, ids)
