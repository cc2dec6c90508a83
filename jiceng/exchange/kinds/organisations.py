"""Organisations: committees, branches and groups, under one another and seated in divisions."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.exchange import parsing
from jiceng.exchange.declarations import Column, Values
from jiceng.exchange.declarations import Kind as FileKind
from jiceng.exchange.lookups import (
    Holding,
    chunked,
    codes_of,
    find_units,
    holdings_of,
    units_readable,
)
from jiceng.exchange.rows import Context, Reading, Row
from jiceng.registry import paths
from jiceng.registry.models import Seat
from jiceng.registry.models.units import Domain, Kind, Tree
from jiceng.registry.operations import Founding, found_units
from jiceng.registry.queries import described, units_on

_PARTY_KINDS = {
    kind.value: kind.label
    for kind in Kind
    if list(Kind).index(kind) >= list(Kind).index(Kind.PARTY_COMMITTEE)
}
_DOMAINS = dict(Domain.choices)

CODE = Column(
    "code",
    "组织代码",
    parsing.code,
    required=True,
    example="ZZ0001",
    help="本组织唯一的代码，由字母和数字组成。",
)
NAME = Column("name", "组织名称", parsing.text(80), required=True, example="（示例）上村党支部")
KIND = Column(
    "kind",
    "组织类别",
    parsing.choice(_PARTY_KINDS),
    required=True,
    example="党支部",
    choices=tuple(map(str, _PARTY_KINDS.values())),
)
DOMAIN = Column(
    "domain",
    "领域",
    parsing.choice(_DOMAINS),
    required=True,
    example="农村",
    choices=tuple(map(str, _DOMAINS.values())),
)
PARENT = Column(
    "parent",
    "上级组织代码",
    parsing.code,
    example="ZZ0000",
    help="上级也可以在同一份表里，先后不限；最高一级留空。",
)
SEAT = Column(
    "seat",
    "所在区划代码",
    parsing.division_code,
    required=True,
    example="990102001001",
    help="组织所在的村、社区、乡镇或县的 12 位代码。",
)
FOUNDED = Column(
    "founded",
    "设立日期",
    parsing.day,
    example="2017-01-01",
    help="留空则按本次导入的数据日期。",
    else_day=True,
)


def _day_of(row: Row, context: Context) -> datetime.date:
    return row["founded"] or context.day


def check(rows: Sequence[Row], context: Context) -> None:
    find_units(rows, SEAT, context, tree=Tree.DIVISION, day=lambda r: _day_of(r, context))
    find_units(
        rows,
        PARENT,
        context,
        tree=Tree.ORGANISATION,
        staged=True,
        day=lambda r: _day_of(r, context),
    )
    _check_staged_parents(rows, context)
    _check_codes(rows, context)


def _check_staged_parents(rows: Sequence[Row], context: Context) -> None:
    if context.applying:
        return
    awaited = context.staged({r["parent"] for r in rows if r["parent"] and "parent" not in r.found})
    for row in rows:
        parent = awaited.get(row["parent"])
        if parent is None:
            continue
        begins = parent.get("founded") or context.day
        if begins > _day_of(row, context):
            row.fault(
                FOUNDED.title,
                _("早于上级"),
                _("上级组织设立于%s，本组织不能更早。请核对两行的设立日期。") % begins,
            )


def _check_codes(rows: Sequence[Row], context: Context) -> None:
    taken = holdings_of((row["code"] for row in rows if row["code"]), context)
    known = {
        row.number: holding
        for row in rows
        for holding in taken.get(row["code"], [])
        if holding.valid_to > _day_of(row, context)
    }
    same = _unchanged(rows, known, context)
    for row in rows:
        if row.number in same:
            row.unchanged = True
        elif row.number in known:
            row.fault(
                CODE.title,
                _("代码已有"),
                _(
                    "代码 %s 已属于名录中的另一单位，或同一组织的内容不同。"
                    "更名、移动请在该组织的页面办理；新组织请换代码。"
                )
                % row["code"],
            )


def _unchanged(rows: Sequence[Row], known: dict[int, Holding], context: Context) -> set[int]:
    """Return the numbers of rows that say what the register holds already."""
    if not known:
        return set()
    numbers = {holding.unit for holding in known.values()}
    units = described(numbers, context.day)
    seats = dict(
        Seat.objects.on(context.day)
        .filter(organisation__in=numbers)
        .values_list("organisation_id", "division_id")
    )
    same = set()
    for row in rows:
        unit = units.get(known[row.number].unit) if row.number in known else None
        if unit is None:
            continue
        parent, seat = row.found.get("parent"), row.found.get("seat")
        above = paths.ids_of(unit.path)[:-1][-1:] if unit.path else []
        if (
            (unit.name, unit.kind, unit.domain) == (row["name"], row["kind"], row["domain"])
            and above == ([parent.unit] if parent else [])
            and seat is not None
            and seats.get(unit.pk) == seat.unit
            and row["founded"] in (None, unit.valid_from)
        ):
            same.add(row.number)
    return same


def apply(rows: Sequence[Row], context: Context) -> None:
    by_day = defaultdict(list)
    for row in rows:
        by_day[_day_of(row, context)].append(row)
    for day in sorted(by_day):
        found_units(
            [_founding(row) for row in by_day[day]],
            tree=Tree.ORGANISATION,
            day=day,
            by=context.by,
            at=context.at,
            batch=context.batch,
            journal=context.journal,
        )


def _founding(row: Row) -> Founding:
    parent = row.found.get("parent")
    return Founding(
        name=row["name"],
        kind=row["kind"],
        level=parent.level + 1 if parent else 1,
        code=row["code"],
        parent=parent.unit if parent else None,
        domain=row["domain"],
        seat=row.found["seat"].unit,
    )


def export(reading: Reading) -> Iterator[Sequence[object]]:
    units = (
        units_on(reading.day)
        .filter(tree=Tree.ORGANISATION, pk__in=units_readable(reading).values("pk"))
        .order_by("path")
    )
    for chunk in chunked(units):
        parents = {unit.pk: paths.ids_of(unit.path)[:-1][-1:] for unit in chunk}
        seats = dict(
            Seat.objects.on(reading.day)
            .filter(organisation__in=[unit.pk for unit in chunk])
            .values_list("organisation_id", "division_id")
        )
        codes = codes_of([*(p[0] for p in parents.values() if p), *seats.values()], reading.day)
        for unit in chunk:
            above = parents[unit.pk]
            yield (
                unit.code or "",
                unit.name,
                _PARTY_KINDS.get(unit.kind, unit.kind),
                _DOMAINS.get(unit.domain, unit.domain),
                codes.get(above[0], "") if above else "",
                codes.get(seats.get(unit.pk, 0), ""),
                unit.valid_from,
            )


def _key(values: Values) -> str:
    return values.get("code") or ""


ORGANISATIONS = FileKind(
    code="organisations",
    title=gettext_lazy("组织"),
    description=gettext_lazy("党委、党总支、党支部、党小组等组织，及其上级和所在区划。"),
    columns=(CODE, NAME, KIND, DOMAIN, PARENT, SEAT, FOUNDED),
    check=check,
    apply=apply,
    export=export,
    key=_key,
    parent="parent",
    sources=("registry.Unit", "registry.UnitName", "registry.Seat"),
    writes=8,
    order=10,
)
