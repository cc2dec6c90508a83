"""One county's changes as they would take effect: loaded once, checked whole, ordered by day."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.db.models import F

from jiceng.core.bulk import listed, numbered
from jiceng.exchange.models import EditionPlace, EditionStep, Fate, FateHeir
from jiceng.registry.models import Placement, UnitCode, UnitName


@dataclass(frozen=True, slots=True)
class Child:
    """A division that stands below another on the edition's day."""

    unit: int
    parent: int
    code: str


@dataclass
class Draft:
    """What a step is to do, and what it rests on in the register.

    `holders` are the codes concerned and who holds them in the register; `parents` the parents of
    continuing units; `children` the divisions below units that end.
    """

    step: EditionStep
    places: dict[str, EditionPlace]
    fates: Sequence[Fate]
    founded_on: dict[int, datetime.date]  # the first day of each fate's unit
    parts: dict[int, list[FateHeir]]  # where each fate goes on, by its number
    holders: dict[str, int]
    parents: dict[int, int | None]
    names: dict[int, tuple[str, str]]
    children: list[Child]
    pending: set[str]  # rows of the edition that another county's step has yet to make
    continuing: dict[str, Fate] = field(default_factory=dict)
    ending: dict[int, Fate] = field(default_factory=dict)
    founding: dict[str, datetime.date] = field(default_factory=dict)  # code: first day

    def __post_init__(self) -> None:
        for fate in self.fates:
            if fate.outcome == Fate.Outcome.CONTINUES:
                self.continuing[self.heirs(fate)[0][0]] = fate
            else:
                self.ending[fate.unit_id] = fate
        self.founding = self._founding_days()

    def heirs(self, fate: Fate) -> list[tuple[str, Fraction]]:
        return [
            (heir.code, Fraction(heir.numerator, heir.denominator))
            for heir in self.parts.get(fate.pk, ())
        ]

    def is_here(self, code: str) -> bool:
        """Say whether the step itself makes the code's unit, or the register holds it already."""
        return code in self.places or (code in self.holders and code not in self.pending)

    def stays_at(self, code: str) -> int | None:
        """Return the unit that holds a code once the step is done; None: one to be founded."""
        if code in self.continuing:
            return self.continuing[code].unit_id
        return None if code in self.places else self.holders.get(code)

    def left_behind(self) -> list[Child]:
        """Return the children of ending units that the edition shows unchanged: they move to
        whoever holds their parent's code from then on.
        """
        decided = {fate.unit_id for fate in self.fates}
        return [child for child in self.children if child.unit not in decided]

    def _founding_days(self) -> dict[str, datetime.date]:
        """Return from when each founded place stands: not later than what goes on in it, nor
        than what stands below it.
        """
        days = {
            code: place.day for code, place in self.places.items() if code not in self.continuing
        }
        for fate in self.ending.values():
            for code, _share in self.heirs(fate):
                if code in days:
                    days[code] = min(days[code], fate.day)
        for code, place in sorted(self.places.items(), key=lambda item: -item[1].level):
            own = self.continuing[code].day if code in self.continuing else days[code]
            if place.parent_code in days:
                days[place.parent_code] = min(days[place.parent_code], own)
        return days

    def claims(self) -> Counter[str]:
        """Count how many units would go on in each row of the edition."""
        return Counter(
            self.heirs(fate)[0][0] for fate in self.fates if fate.outcome == Fate.Outcome.CONTINUES
        )


def load(step: EditionStep) -> Draft:
    """Read everything about a step. Nine statements, whatever its size."""
    places = {place.code: place for place in step.places.all()}
    fates = list(step.fates.annotate(unit_from=F("unit__valid_from")).order_by("code"))
    units = {fate.unit_id for fate in fates}
    parts: dict[int, list[FateHeir]] = defaultdict(list)
    for heir in FateHeir.objects.filter(fate__step=step).order_by("pk"):
        parts[heir.fate_id].append(heir)
    codes = {heir.code for heirs in parts.values() for heir in heirs} | places.keys()
    codes |= {place.parent_code for place in places.values()}
    children = _children(units, step.edition.day)
    codes |= {child.code for child in children}
    codes |= {fate.code for fate in fates}
    held = UnitCode.objects.on(step.edition.day).filter(code__in=listed(codes))
    names = UnitName.objects.on(step.edition.day).filter(unit__in=numbered(units))
    parents = Placement.objects.on(step.edition.day).filter(unit__in=numbered(units))
    return Draft(
        step=step,
        places=places,
        fates=fates,
        founded_on={fate.unit_id: fate.unit_from for fate in fates},
        parts=parts,
        holders=dict(held.values_list("code", "unit_id")),
        parents=dict(parents.values_list("unit_id", "parent_id")),
        names={
            unit: (name, kind) for unit, name, kind in names.values_list("unit_id", "name", "kind")
        },
        children=children,
        pending=_pending(step, codes),
    )


def _pending(step: EditionStep, codes: set[str]) -> set[str]:
    rows = EditionPlace.objects.filter(
        step__edition=step.edition_id, step__effective_at=None, code__in=listed(codes)
    )
    return set(rows.exclude(step=step).values_list("code", flat=True))


def _children(units: set[int], day: datetime.date) -> list[Child]:
    rows = Placement.objects.on(day).filter(parent__in=numbered(units))
    below = dict(rows.values_list("unit_id", "parent_id"))
    codes: dict[int, str] = defaultdict(str)
    held = UnitCode.objects.on(day).filter(unit__in=numbered(below))
    codes.update(held.values_list("unit_id", "code"))
    return [Child(unit, parent, codes[unit]) for unit, parent in below.items()]
