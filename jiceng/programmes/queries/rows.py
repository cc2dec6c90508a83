"""The rows behind one verdict: which things count, which do not, and why."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiceng.programmes.definition import Target
from jiceng.programmes.definition.declarations import Areas, BeltsBuilt, BeltStars
from jiceng.programmes.judging import Facts, Finding, judge_one
from jiceng.programmes.models import Area, Belt
from jiceng.programmes.queries.facts import facts_on
from jiceng.programmes.queries.programmes import Seen
from jiceng.programmes.refusals import NoSuchThing
from jiceng.registry.models import TwoNewOrg
from jiceng.registry.models import Unit as UnitRow
from jiceng.registry.queries import described, path_of

BELT, AREA, UNIT, ENTERPRISE = "belt", "area", "unit", "two_new"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a verdict counted, or did not."""

    kind: str  # unit, belt, area or two_new
    number: int
    name: str
    counts: bool
    status: str = ""  # title of the rung it holds
    stars: int | None = None  # None: unrated, or not asked
    belts: str = ""  # names of the belts it is on


@dataclass(frozen=True, slots=True)
class Behind:
    """A verdict opened: what is missing stands first."""

    finding: Finding
    things: list[Thing]
    beside: list[Thing]

    @property
    def missing(self) -> int:
        return len(self.finding.others)


def behind(seen: Seen, day: datetime.date, target: Target, place: str, number: int) -> Behind:
    """Return the rows behind one target's verdict at one place, judged anew from the records.

    About eighteen statements. The caller has checked that the user may see the place.

    Raises:
        NoSuchThing: the target is not asked of this place.
    """
    below = place == UNIT and number != seen.programme.unit_id
    if getattr(target.counted, "built_only", False):
        below = False  # whether a belt is built takes all of it
    within = path_of(number, day) if below else ""
    belt = number if place == BELT else None
    facts = facts_on(seen.programme, day, within=within, belt=belt, target=target)
    for finding in judge_one(seen.definition, target, facts):
        if (finding.place, finding.number) == (place, number):
            return _opened(seen, finding, facts)
    raise NoSuchThing(_("目标“%s”不考核这个单位。") % target.title)


def _opened(seen: Seen, finding: Finding, facts: Facts) -> Behind:
    numbers = [*finding.others, *finding.counted]
    counted = set(finding.counted)
    counts = finding.target.counted
    if isinstance(counts, BeltsBuilt):
        names = dict(Belt.objects.filter(pk__in=numbers).values_list("pk", "name"))
        things = [Thing(BELT, n, names[n], n in counted) for n in numbers]
    elif isinstance(counts, Areas):
        names = dict(Area.objects.filter(pk__in=numbers).values_list("pk", "name"))
        things = [Thing(AREA, n, names[n], n in counted) for n in numbers]
    else:
        things = _units(seen, finding, facts, numbers)
    beside = TwoNewOrg.objects.filter(pk__in=finding.beside).order_by("name")
    return Behind(finding, things, [Thing(ENTERPRISE, one.pk, one.name, False) for one in beside])


def _units(seen: Seen, finding: Finding, facts: Facts, numbers: Iterable[int]) -> list[Thing]:
    units: dict[int, UnitRow] = described(numbers, facts.day)
    on_belts = _belts_of(facts)
    counted, counts = set(finding.counted), finding.target.counted
    standard = counts.standard if isinstance(counts, BeltStars) else ""
    return [
        Thing(
            UNIT,
            number,
            units[number].name if number in units else "",
            number in counted,
            status=seen.definition.title_of(facts.statuses.get(number, "")),
            stars=facts.stars.get((standard, number)),
            belts="、".join(on_belts[number]),
        )
        for number in numbers
    ]


def _belts_of(facts: Facts) -> dict[int, list[str]]:
    names = dict(
        Belt.objects.filter(pk__in=[belt.number for belt in facts.belts]).values_list("pk", "name")
    )
    found: dict[int, list[str]] = defaultdict(list)
    for member in facts.members:
        if member.unit is not None:
            found[member.unit].append(names[member.belt])
    return found
