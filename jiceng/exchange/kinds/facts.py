"""Village facts: one row a village and day, one column a number."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.exchange import parsing
from jiceng.exchange.declarations import Column, Kind, Values
from jiceng.exchange.lookups import check_period, chunked, find_units, units_readable
from jiceng.exchange.rows import Context, Reading, Row
from jiceng.registry.models import VillageFact
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.operations import FactRow, record_facts
from jiceng.registry.operations.facts import standing_facts
from jiceng.registry.queries import shown, units_on

UNIT = Column(
    "unit", "村（社区）代码", parsing.division_code, required=True, example="990102001001"
)
DAY = Column(
    "since",
    "数据日期",
    parsing.day,
    example="2017-12-31",
    help="数字所属的日期；留空则按本次导入的数据日期。",
    else_day=True,
)
REASON = Column(
    "reason", "更正原因", parsing.text(200), help="同一天已登记了别的数时，写明为什么更正。"
)
_NUMBERS = tuple(
    Column(kind.value, str(kind.label), parsing.whole(), example=example)
    for kind, example in zip(
        VillageFact.Kind, ("1500", "420", "1180", "62", "3", "58", "1450", "1100"), strict=True
    )
)


def check(rows: Sequence[Row], context: Context) -> None:
    find_units(rows, UNIT, context, tree=Tree.DIVISION, day=lambda row: row["since"])
    check_period(rows, UNIT, DAY, None)
    for row in rows:
        if all(row[column.key] is None for column in _NUMBERS):
            row.fault("", _("没有数字"), _("这一行没有填任何数字。请填写，或删去这一行。"))
    whole = [row for row in rows if not row.faults]
    facts = [(row, fact) for row in whole for fact in _facts(row)]
    standing = standing_facts([fact for _row, fact in facts])
    settled: dict[int, int] = defaultdict(int)
    for place, (row, fact) in enumerate(facts):
        old = standing.get(place)
        if old is not None and old.value == fact.value:
            settled[row.number] += 1
        elif old is not None and not fact.reason:
            row.fault(
                str(VillageFact.Kind(fact.kind).label),
                _("已有另一个数"),
                _("%(day)s已登记为 %(old)d。如要更正，请在“更正原因”一列写明原因。")
                % {"day": fact.valid_from, "old": old.value},
            )
        elif old is not None:
            _correct(row, fact, old)
    for row in whole:
        row.unchanged = settled[row.number] == len(_facts(row))


def _correct(row: Row, fact: FactRow, old: VillageFact) -> None:
    row.changes, row.seen = True, f"{row.seen} {old.pk}"
    words = {"kind": VillageFact.Kind(fact.kind).label, "old": old.value, "new": fact.value}
    row.tell(_("更正"), _("更正%(kind)s：%(old)d→%(new)d") % words)


def _facts(row: Row) -> list[FactRow]:
    return [
        FactRow(
            unit=row.found["unit"].unit,
            kind=column.key,
            value=row[column.key],
            valid_from=row["since"],
            reason=row["reason"] or "",
        )
        for column in _NUMBERS
        if row[column.key] is not None
    ]


def apply(rows: Sequence[Row], context: Context) -> None:
    record_facts(
        [fact for row in rows for fact in _facts(row)],
        by=context.by,
        at=context.at,
        batch=context.batch,
        journal=context.journal,
    )


def export(reading: Reading) -> Iterator[Sequence[object]]:
    """Each village's numbers in force on the day; one row for each day on which some were taken."""
    units = (
        units_on(reading.day)
        .filter(level=Level.VILLAGE, pk__in=units_readable(reading).values("pk"))
        .filter(tree=Tree.DIVISION)
        .order_by("path")
    )
    for chunk in chunked(units):
        facts = shown(
            VillageFact.objects.filter(
                unit__in=[unit.pk for unit in chunk],
                superseded_at=None,
                valid_from__lte=reading.day,
            )
        ).order_by("valid_from")
        latest = {(fact.unit_id, fact.kind): fact for fact in facts}
        by_row: dict[tuple, dict[str, int]] = defaultdict(dict)
        for (unit, kind), fact in latest.items():
            by_row[unit, fact.valid_from][kind] = fact.value
        codes = {unit.pk: unit.code or "" for unit in chunk}
        places = {unit.pk: place for place, unit in enumerate(chunk)}
        for unit, day in sorted(by_row, key=lambda key: (places[key[0]], key[1])):
            numbers = by_row[unit, day]
            yield (codes[unit], day, *[numbers.get(c.key, "") for c in _NUMBERS], "")


def _key(values: Values) -> str:
    return f"{values.get('unit') or ''}|{values.get('since') or ''}" if values.get("unit") else ""


FACTS = Kind(
    code="facts",
    title=gettext_lazy("村情数据"),
    description=gettext_lazy("各村（社区）某一天的人口、户数、党员数等。"),
    columns=(UNIT, DAY, *_NUMBERS, REASON),
    check=check,
    apply=apply,
    export=export,
    key=_key,
    sources=("registry.VillageFact",),
    writes=len(_NUMBERS) * 2,
    order=50,
)
