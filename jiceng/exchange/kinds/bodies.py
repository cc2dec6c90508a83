"""Elected bodies, term by term: one row for each person who sits in one."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.periods import FOREVER
from jiceng.exchange import parsing
from jiceng.exchange.declarations import Column, Kind, Span, Values
from jiceng.exchange.kinds.matching import (
    BORN,
    NAME,
    NUMBER,
    identity,
    match_people,
    people_of,
    person_cells,
)
from jiceng.exchange.lookups import (
    check_period,
    chunked,
    codes_of,
    find_units,
    shown_end,
    units_readable,
    until,
)
from jiceng.exchange.rows import Context, Reading, Row
from jiceng.registry.models import Body, BodySeat
from jiceng.registry.models.units import Tree
from jiceng.registry.operations import BodyRow, BodySeatRow, form_bodies, seat_people
from jiceng.registry.overlaps import Span as Held
from jiceng.registry.overlaps import clashes
from jiceng.registry.queries import shown

_KINDS = dict(Body.Kind.choices)

UNIT = Column(
    "unit", "村（社区）代码", parsing.division_code, required=True, example="990102001001"
)
KIND = Column(
    "kind",
    "村级组织",
    parsing.choice(_KINDS),
    required=True,
    example="村民委员会",
    choices=tuple(map(str, _KINDS.values())),
)
TERM = Column("term", "届次", parsing.text(20), required=True, example="第十届")
SINCE = Column("since", "届期起", parsing.day, required=True, example="2017-05-01")
ENDED = Column("until", "届期止", parsing.day, help="届满的次日；现任的可留空。")
ROLE = Column("role", "职务", parsing.text(40), required=True, example="主任")


def check(rows: Sequence[Row], context: Context) -> None:
    find_units(rows, UNIT, context, tree=Tree.DIVISION, day=lambda row: row["since"] or context.day)
    check_period(rows, UNIT, SINCE, ENDED)
    match_people(rows, context, unit="unit")
    whole = [row for row in rows if not row.faults and not row.doubts]
    bodies = _standing_bodies(whole)
    for row in whole:
        row.found["body"] = bodies.get(_term(row))
    _check_terms([row for row in whole if row.found["body"] is None])
    seats = BodySeat.objects.filter(body__in={b for r in whole if (b := r.found["body"])})
    seated = set(seats.values_list("body_id", "person_id"))
    for row in whole:
        row.unchanged = (row.found["body"], row.found["person"]) in seated


def _term(row: Row) -> tuple[Any, ...]:
    return (
        row.found["unit"].unit,
        row["kind"],
        row["term"],
        row["since"],
        until(row, "until"),
    )


def _standing_bodies(rows: Sequence[Row]) -> dict[tuple[object, ...], int]:
    bodies = Body.objects.filter(unit__in={row.found["unit"].unit for row in rows})
    return {
        shape: pk
        for pk, *rest in bodies.values_list(
            "pk", "unit_id", "kind", "term", "valid_from", "valid_to"
        )
        for shape in (tuple(rest),)
    }


def _check_terms(rows: Sequence[Row]) -> None:
    spans = [
        Held((row.found["unit"].unit, row["kind"]), row["since"], until(row, "until"))
        for row in rows
    ]
    for place, clash in clashes(Body, ["unit_id", "kind"], spans).items():
        if clash.place is None:
            rows[place].fault(
                SINCE.title,
                _("任期重叠"),
                _("该村这一组织自%(day)s起已有一届，任期重叠。请核对届次和起止日期。")
                % {"day": clash.valid_from},
            )


def apply(rows: Sequence[Row], context: Context) -> None:
    done: dict[str, Any] = {
        "by": context.by,
        "at": context.at,
        "batch": context.batch,
        "journal": context.journal,
    }
    people = people_of(rows, context, unit="unit")
    new = list(dict.fromkeys(_term(row) for row in rows if row.found["body"] is None))
    bodies = dict(zip(new, form_bodies([BodyRow(*term) for term in new], **done), strict=True))
    seats = [
        BodySeatRow(
            row.found["body"] or bodies[_term(row)],
            person,
            row["role"],
            row["since"],
            until(row, "until"),
        )
        for row, person in zip(rows, people, strict=True)
    ]
    seat_people(seats, **done)


def export(reading: Reading) -> Iterator[Sequence[object]]:
    rows = (
        shown(BodySeat.objects.on(reading.day))
        .filter(body__unit__in=units_readable(reading).values("pk"))
        .select_related("body", "person")
        .order_by("body__unit", "body", "pk")
    )
    for chunk in chunked(rows):
        codes = codes_of((row.body.unit_id for row in chunk), reading.day)
        for row in chunk:
            yield (
                codes.get(row.body.unit_id, ""),
                row.body.get_kind_display(),
                row.body.term,
                row.body.valid_from,
                shown_end(row.body.valid_to),
                *person_cells(row.person),
                row.role,
            )


def _spans(values: Values) -> Sequence[Span]:
    unit, since = values.get("unit"), values.get("since")
    if not (unit and since):
        return ()
    held = f"{unit}|{values.get('kind')}|{values.get('term')}|{identity(values, unit)}"
    until_day = values.get("until") or FOREVER
    term = f"{values.get('term')}|{since}|{until_day}"
    return [
        (held, since, until_day, ""),
        (f"{unit}|{values.get('kind')}", since, until_day, term),
    ]


def _key(_values: Values) -> str:
    return ""


BODIES = Kind(
    code="bodies",
    title=gettext_lazy("村级组织成员"),
    description=gettext_lazy("村民委员会、村民代表会议、村务监督委员会等，按届登记组成人员。"),
    columns=(UNIT, KIND, TERM, SINCE, ENDED, NUMBER, NAME, BORN, ROLE),
    check=check,
    apply=apply,
    export=export,
    key=_key,
    spans=_spans,
    sources=("registry.Body", "registry.BodySeat", "registry.Person"),
    writes=3,
    permissions=("registry.people",),
    order=40,
)
