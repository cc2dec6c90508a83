"""Founding, renaming, moving, seating and ending the organisations of a file."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from jiceng.exchange.kinds.organisations.columns import begins_of
from jiceng.exchange.rows import Context, Row
from jiceng.registry.models import Post, Unit
from jiceng.registry.models.units import Tree
from jiceng.registry.operations import (
    Founding,
    end_posts,
    end_units,
    found_units,
    move_units,
    rename_units,
    seat_organisations,
)

_Founded = dict[str, tuple[int, int]]  # code → number and level


def apply(rows: Sequence[Row], context: Context) -> None:
    """Write rows that have just been checked. Those that change what stands come all at once:
    first what is founded, then names, parents and seats day by day, then ends.
    """
    founded = _found([row for row in rows if "unit" not in row.found], context)
    known = [row for row in rows if "unit" in row.found]
    for day in sorted({row.found["day"] for row in known}):
        _change([row for row in known if row.found["day"] == day], day, founded, context)
    ending: dict[datetime.date, list[int]] = defaultdict(list)
    for row in rows:
        if "unit" not in row.found and row["ends"]:
            ending[row["ends"]].append(founded[row["code"]][0])
        elif "unit" in row.found and "end" in row.found["acts"]:
            ending[row["ends"]].append(row.found["unit"].unit)
    for day in sorted(ending):
        _end(ending[day], day, context)


def _found(rows: Sequence[Row], context: Context) -> _Founded:
    """Found organisations, those below others of the same rows after them."""
    founded: _Founded = {}
    waiting = list(rows)
    while waiting:
        days: dict[datetime.date, list[Row]] = defaultdict(list)
        for row in waiting:
            if not row["parent"] or "parent" in row.found or row["parent"] in founded:
                days[begins_of(row, context)].append(row)
        assert days, "a circle that the check has not seen"
        for day in sorted(days):
            numbers = found_units(
                [_founding(row, founded) for row in days[day]],
                tree=Tree.ORGANISATION,
                day=day,
                by=context.by,
                at=context.at,
                batch=context.batch,
                journal=context.journal,
            )
            for row, number in zip(days[day], numbers, strict=True):
                founded[row["code"]] = (number, _above(row, founded)[1] + 1)
        waiting = [row for row in waiting if row["code"] not in founded]
    return founded


def _above(row: Row, founded: _Founded) -> tuple[int | None, int]:
    """Return number and level of what a row stands under; level 0 for nothing."""
    if not row["parent"]:
        return None, 0
    parent = row.found.get("parent")
    return (parent.unit, parent.level) if parent else founded[row["parent"]]


def _founding(row: Row, founded: _Founded) -> Founding:
    number, level = _above(row, founded)
    return Founding(
        name=row["name"],
        kind=row["kind"],
        level=level + 1,
        code=row["code"],
        parent=number,
        domain=row["domain"],
        seat=row.found["seat"].unit,
    )


def _change(rows: Sequence[Row], day: datetime.date, founded: _Founded, context: Context) -> None:
    """Give organisations their names, parents and seats from `day` on."""

    def acting(what: str) -> dict[int, Row]:
        return {r.found["unit"].unit: r for r in rows if what in r.found["acts"]}

    done = _done(day, context)
    if names := acting("name"):
        rename_units({unit: (row["name"], row["kind"]) for unit, row in names.items()}, **done)
    if moves := acting("parent"):
        ends = {unit: row["ends"] for unit, row in moves.items() if row["ends"]}
        parents = {unit: _above(row, founded)[0] for unit, row in moves.items()}
        move_units(parents, ends=ends, **done)
    if seats := acting("seat"):
        seat_organisations({u: row.found["seat"].unit for u, row in seats.items()}, **done)


def _done(day: datetime.date, context: Context) -> dict[str, Any]:
    return {"day": day, "by": context.by, "at": context.at, "journal": context.journal}


def _end(units: list[int], day: datetime.date, context: Context) -> None:
    """End organisations, and the posts held there, on `day`."""
    done = _done(day, context)
    posts = Post.objects.filter(unit__in=units, valid_to__gt=day).order_by("pk")
    end_posts(list(posts.values_list("pk", flat=True)), **done)
    end_units(units, ending=Unit.Ending.ABOLITION, **done)
