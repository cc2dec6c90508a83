"""People, each with the organisation of which he is a member, if any."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.periods import FOREVER
from jiceng.exchange import parsing
from jiceng.exchange.declarations import Column, Kind, Span, Values
from jiceng.exchange.kinds.matching import (
    BORN,
    NAME,
    NUMBER,
    PHONE,
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
from jiceng.registry.models import Membership
from jiceng.registry.models.units import Tree
from jiceng.registry.operations import MembershipRow, enrol_members
from jiceng.registry.overlaps import Span as Held
from jiceng.registry.overlaps import clashes
from jiceng.registry.queries import shown

_STANDINGS = dict(Membership.Standing.choices)

UNIT = Column("unit", "所在组织代码", parsing.code, required=True, example="ZZ0001")
STANDING = Column(
    "standing",
    "党员类别",
    parsing.choice(_STANDINGS),
    example="正式党员",
    choices=tuple(map(str, _STANDINGS.values())),
    help="不是党员的留空。",
)
SINCE = Column(
    "since",
    "转入日期",
    parsing.day,
    example="2017-01-01",
    help="成为该组织党员的日期；留空则按数据日期。",
    else_day=True,
)
ENDED = Column("until", "转出日期", parsing.day, help="不再属于该组织的首日；仍在的留空。")


def check(rows: Sequence[Row], context: Context) -> None:
    find_units(rows, UNIT, context, tree=Tree.ORGANISATION, day=lambda row: row["since"])
    check_period(rows, UNIT, SINCE, ENDED)
    match_people(rows, context, unit="unit")
    members = [row for row in rows if row["standing"] and row.found.get("person")]
    _mark_unchanged(members)
    _check_memberships([row for row in members if not row.unchanged])


def _mark_unchanged(rows: Sequence[Row]) -> None:
    standing = Membership.objects.filter(person__in={row.found["person"] for row in rows})
    held = set(
        standing.values_list("person_id", "organisation_id", "standing", "valid_from", "valid_to")
    )
    for row in rows:
        unit = row.found.get("unit")
        shape = (
            row.found["person"],
            unit.unit if unit else None,
            row["standing"],
            row["since"],
            until(row, "until"),
        )
        row.unchanged = shape in held


def _check_memberships(rows: Sequence[Row]) -> None:
    spans = [
        Held((row.found["person"],), row["since"], max(until(row, "until"), row["since"]))
        for row in rows
    ]
    for place, clash in clashes(Membership, ["person_id"], spans).items():
        if clash.place is None:
            rows[place].fault(
                SINCE.title,
                _("党籍关系重叠"),
                _("此人自%(day)s起在名录中已有党籍关系。请先办理转出，或改正转入日期。")
                % {"day": clash.valid_from},
            )


def apply(rows: Sequence[Row], context: Context) -> None:
    people = people_of(rows, context, unit="unit")
    enrol_members(
        [
            MembershipRow(
                person, row.found["unit"].unit, row["standing"], row["since"], until(row, "until")
            )
            for person, row in zip(people, rows, strict=True)
            if row["standing"]
        ],
        by=context.by,
        at=context.at,
        batch=context.batch,
        journal=context.journal,
    )


def export(reading: Reading) -> Iterator[Sequence[object]]:
    rows = (
        shown(Membership.objects.on(reading.day))
        .filter(organisation__in=units_readable(reading).values("pk"))
        .select_related("person")
        .order_by("organisation", "pk")
    )
    for chunk in chunked(rows):
        codes = codes_of((row.organisation_id for row in chunk), reading.day)
        for row in chunk:
            yield (
                *person_cells(row.person),
                row.person.office_phone,
                codes.get(row.organisation_id, ""),
                row.get_standing_display(),
                row.valid_from,
                shown_end(row.valid_to),
            )


def _spans(values: Values) -> Sequence[Span]:
    if not values.get("standing") or not values.get("since"):
        return ()
    who = identity(values, values.get("unit"))
    return [(f"member|{who}", values["since"], values.get("until") or FOREVER, "")]


def _key(values: Values) -> str:
    return f"{identity(values, values.get('unit'))}|{values.get('since') or ''}"


PEOPLE = Kind(
    code="people",
    title=gettext_lazy("人员"),
    description=gettext_lazy("人员及其党籍关系。不收身份证号。"),
    columns=(NUMBER, NAME, BORN, PHONE, UNIT, STANDING, SINCE, ENDED),
    check=check,
    apply=apply,
    export=export,
    key=_key,
    spans=_spans,
    sources=("registry.Person", "registry.Membership"),
    writes=2,
    permissions=("registry.people",),
    order=20,
)
