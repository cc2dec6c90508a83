"""What the kinds of file look up in the register: set-wise, for a chunk of rows at a time."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.queries import reach_of, within
from jiceng.core.bulk import listed, numbered
from jiceng.core.periods import FOREVER
from jiceng.exchange.declarations import Column
from jiceng.exchange.rows import Context, Reading, Row
from jiceng.registry.models import Unit, UnitCode, UnitName
from jiceng.registry.models.units import Tree
from jiceng.registry.queries import shown


@dataclass(frozen=True, slots=True)
class Holding:
    """That a unit bore a code, for a time; `begins` and `ends` are the unit's own."""

    unit: int
    valid_from: datetime.date
    valid_to: datetime.date
    tree: str
    level: int
    begins: datetime.date
    ends: datetime.date


def holdings_of(codes: Iterable[str], context: Context) -> dict[str, list[Holding]]:
    """Return who bore the codes and when; units of other unfinished batches are left out."""
    seen = Q(unit__batch=None) | Q(unit__batch__finished_at__isnull=False)
    if context.batch is not None:
        seen |= Q(unit__batch=context.batch)
    found: dict[str, list[Holding]] = defaultdict(list)
    rows = UnitCode.objects.filter(seen, code__in=listed(set(codes))).values_list(
        "code",
        "unit_id",
        "valid_from",
        "valid_to",
        "unit__tree",
        "unit__level",
        "unit__valid_from",
        "unit__valid_to",
    )
    for code, *holding in rows:
        found[code].append(Holding(*cast("tuple[Any, ...]", holding)))
    return found


def find_units(
    rows: Sequence[Row],
    column: Column,
    context: Context,
    *,
    tree: str = "",
    day: Callable[[Row], datetime.date] | None = None,
    awaited: Callable[[set[str]], Container[str]] = lambda _codes: (),
) -> None:
    """Put into `row.found` the Holding that the code in a column names on the row's day.

    A unit outside the scope is not found, as everywhere. About seven statements.

    Args:
        day: the row's own day; without it the file's.
        awaited: of codes that nobody bears, those that other rows of the file will: left to them.
    """
    codes = {row[column.key] for row in rows if row[column.key]}
    holdings = holdings_of(codes, context)
    hidden = hidden_units(holdings, context)
    missing = codes - holdings.keys()
    coming = awaited(missing) if missing else ()
    for row in rows:
        code = row[column.key]
        if not code or (code in missing and code in coming):
            continue
        on = day(row) if day else context.day
        known = [h for h in holdings.get(code, []) if h.unit not in hidden]
        holding = next((h for h in known if h.valid_from <= on < h.valid_to), None)
        if holding is None:
            row.fault(column.title, *_not_found(code, on, known, tree))
        elif tree and holding.tree != tree:
            row.fault(column.title, _("体系不对"), _wrong_tree(code, tree))
        else:
            row.found[column.key] = holding


def hidden_units(holdings: dict[str, list[Holding]], context: Context) -> set[int]:
    """Return the bearers of codes that lie outside the sender's scope."""
    if context.scope is None:
        return set()
    units = {holding.unit for found in holdings.values() for holding in found}
    reach = reach_of(units, context.today)
    return {unit for unit in units if not context.scope.covers_any(reach.get(unit, []))}


def _not_found(code: str, day: datetime.date, known: list[Holding], tree: str) -> tuple[str, str]:
    nouns: dict[str, str] = {Tree.DIVISION: _("区划"), Tree.ORGANISATION: _("组织")}
    noun = nouns.get(tree, _("单位"))
    if not known:
        return _("代码不存在"), _(
            "没有代码为 %(code)s 的%(noun)s，或您无权查看。请核对代码；如是新单位，请先导入它。"
        ) % {"code": code, "noun": noun}
    first = min(holding.valid_from for holding in known)
    return _("当日不存在"), _(
        "代码 %(code)s 在%(day)s不属于任何%(noun)s（%(first)s起才有或已停用）。请核对日期或代码。"
    ) % {"code": code, "day": day, "noun": noun, "first": first}


def _wrong_tree(code: str, tree: str) -> str:
    if tree == Tree.DIVISION:
        return _("代码 %s 是组织，这里要填所在区划的代码。") % code
    return _("代码 %s 是区划，这里要填组织的代码。") % code


def check_period(rows: Sequence[Row], unit: Column, begins: Column, ends: Column | None) -> None:
    """Fault rows whose period is empty, or which the unit does not live through."""
    for row in rows:
        start = row[begins.key]
        end = (row[ends.key] if ends else None) or FOREVER
        if start is None:
            continue
        if end <= start:
            row.fault(
                ends.title if ends else begins.title,
                _("起止颠倒"),
                _("截止日 %(end)s 不晚于起始日 %(start)s。请核对两个日期。")
                % {"end": end, "start": start},
            )
            continue
        holding = row.found.get(unit.key)
        if holding is None:
            continue
        if start < holding.begins:
            row.fault(
                begins.title,
                _("早于设立"),
                _("单位设立于%(begins)s，起始日不能更早。") % {"begins": holding.begins},
            )
        elif ends and min(end, FOREVER) > holding.ends:
            row.fault(
                ends.title,
                _("晚于终止"),
                _("单位终止于%(ends)s，截止日不能更晚。请填不晚于这一天的截止日。")
                % {"ends": holding.ends},
            )


def until(row: Row, key: str) -> datetime.date:
    """Return a row's exclusive end; an empty cell is no end."""
    return row[key] or FOREVER


def shown_end(day: datetime.date) -> datetime.date | str:
    """Return an end as a file shows it: nothing for FOREVER."""
    return "" if day == FOREVER else day


def codes_of(units: Iterable[int], day: datetime.date) -> dict[int, str]:
    """Return each unit's code on `day`, else its last one."""
    rows = UnitCode.objects.filter(unit__in=numbered(set(units))).order_by("valid_from")
    found: dict[int, str] = {}
    for unit, code, start in rows.values_list("unit_id", "code", "valid_from"):
        if unit not in found or start <= day:
            found[unit] = code
    return found


def names_of(units: Iterable[int]) -> dict[int, str]:
    """Return each unit's latest name."""
    rows = UnitName.objects.filter(unit__in=set(units)).order_by("valid_from")
    return dict(rows.values_list("unit_id", "name"))


def units_readable(reading: Reading) -> QuerySet[Unit]:
    """Return the units whose rows may go into an export."""
    units = shown(Unit.objects.all())
    if reading.scope is None:
        return units
    return units.filter(within(reading.scope, reading.today))


def chunked(rows: QuerySet, size: int = 1_000) -> Iterable[list]:
    """Walk a query in chunks; memory does not grow with it."""
    chunk: list = []
    for row in rows.iterator(chunk_size=size):
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
