"""Whom a row means: by internal number, else by name, unit and birth month; the rest is decided
by a person. ID numbers are never taken.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from jiceng.access.queries import reach_of
from jiceng.exchange import parsing
from jiceng.exchange.declarations import Column, Values
from jiceng.exchange.rows import Context, Row
from jiceng.registry.models import Membership, Person, Post
from jiceng.registry.operations import PersonRow, record_people

NEW = "new"

NUMBER = Column(
    "number",
    "人员编号",
    parsing.code,
    example="RY0001",
    help="内部编号，不是身份证号；没有可留空，由系统按姓名、单位和出生年月比对。",
)
NAME = Column("name", "姓名", parsing.text(40), required=True, example="（示例）张三")
BORN = Column("birth_month", "出生年月", parsing.month, example="1975-03")
PHONE = Column("office_phone", "办公电话", parsing.text(32), example="0577-00000000")


@dataclass(frozen=True, slots=True)
class _Known:
    """Someone in the register, and the units he has to do with."""

    number: int
    name: str
    born: datetime.date | None
    units: frozenset[int]
    own: bool  # written by this very import


def identity(values: Values, unit: object) -> str:
    """Return what tells one person from another within a file."""
    if values.get("number"):
        return f"#{values['number']}"
    return f"{values.get('name')}|{values.get('birth_month') or ''}|{unit or ''}"


def match_people(rows: Sequence[Row], context: Context, *, unit: str) -> None:
    """Put into `row.found["person"]` the number of the person meant, None for someone new; give
    rows that may mean somebody their doubts. `unit` is the key of the column of the unit.

    About ten statements.
    """
    numbered = _by_number({row["number"] for row in rows if row["number"]})
    named = _by_name({row["name"] for row in rows if row["name"] and not row["number"]}, context)
    for row in rows:
        if row["number"]:
            _match_number(row, numbered)
        elif row["name"]:
            holding = row.found.get(unit)
            _match_name(row, named[row["name"]], holding.unit if holding else None)


def _by_number(numbers: set[str]) -> dict[str, Person]:
    return {person.number: person for person in Person.objects.filter(number__in=numbers)}


def _match_number(row: Row, known: dict[str, Person]) -> None:
    person = known.get(row["number"])
    if person is not None and person.name != row["name"]:
        row.fault(
            NUMBER.title,
            _("编号与姓名不符"),
            _("编号 %s 在名录中是另一个姓名。请核对编号；如已改名，请先在人员页面更正。")
            % row["number"],
        )
    row.found["person"] = person.pk if person else None


def _by_name(names: set[str], context: Context) -> dict[str, list[_Known]]:
    seen = Q(batch=None) | Q(batch__finished_at__isnull=False)
    if context.batch is not None:
        seen |= Q(batch=context.batch)
    people = list(Person.objects.filter(seen, name__in=names).order_by("pk"))
    units: dict[int, set[int]] = defaultdict(set)
    numbers = [person.pk for person in people]
    for model, field in ((Post, "unit_id"), (Membership, "organisation_id")):
        rows = model.objects.filter(person__in=numbers)
        for person, unit in rows.values_list("person_id", field):
            units[person].add(unit)
    hidden = _hidden(set().union(*units.values()) if units else set(), context)
    found: dict[str, list[_Known]] = defaultdict(list)
    for one in people:
        own = context.batch is not None and one.batch_id == context.batch.pk
        if not own and units[one.pk] and units[one.pk] <= hidden:
            continue  # only known where the sender may not look
        known = _Known(one.pk, one.name, one.birth_month, frozenset(units[one.pk]), own)
        found[one.name].append(known)
    return found


def _hidden(units: set[int], context: Context) -> set[int]:
    if context.scope is None:
        return set()
    reach = reach_of(units, context.today)
    return {unit for unit in units if not context.scope.covers_any(reach.get(unit, []))}


def _match_name(row: Row, known: Sequence[_Known], unit: int | None) -> None:
    if row.decision:
        row.found["person"] = None if row.decision == NEW else int(row.decision)
        return
    born = row["birth_month"]
    here = [one for one in known if unit in one.units]
    sure = [one for one in here if one.born == born and (born or one.own)]
    row.found["person"] = sure[0].number if len(sure) == 1 else None
    if len(sure) == 1:
        return
    doubtful = [one for one in here if born is None or one.born is None or one.born == born]
    doubtful += [one for one in known if one not in here and born and one.born == born]
    if doubtful:
        row.doubts = [(str(one.number), _words(one, here)) for one in doubtful[:5]]
        row.doubts.append((NEW, _("另一人，新登记")))


def _words(one: _Known, here: Sequence[_Known]) -> str:
    born = one.born.strftime("%Y-%m") if one.born else _("出生年月不详")
    place = _("在本单位") if one in here else _("在其他单位")
    return _("名录中的%(name)s（%(born)s，%(place)s）") % {
        "name": one.name,
        "born": born,
        "place": place,
    }


def people_of(rows: Sequence[Row], context: Context, *, unit: str) -> list[int]:
    """Return each row's person, recording those who are new: one for each identity."""
    new: dict[str, PersonRow] = {}
    for row in rows:
        if row.found["person"] is None:
            new.setdefault(
                identity(row.values, row[unit]),
                PersonRow(
                    name=row["name"],
                    number=row["number"] or "",
                    birth_month=row["birth_month"],
                    office_phone=row["office_phone"] or "",
                ),
            )
    ids = record_people(
        list(new.values()),
        by=context.by,
        at=context.at,
        batch=context.batch,
        journal=context.journal,
    )
    numbers = dict(zip(new, ids, strict=True))
    return [row.found["person"] or numbers[identity(row.values, row[unit])] for row in rows]


def person_cells(person: Person) -> tuple[object, ...]:
    """Return number, name and birth month as a file shows them."""
    born = person.birth_month.strftime("%Y-%m") if person.birth_month else ""
    return person.number, person.name, born
