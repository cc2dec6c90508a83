"""How each kind of target is judged from the facts of a day."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from jiceng.programmes.definition.declarations import (
    LEVELS,
    Areas,
    BeltFloor,
    BeltMembers,
    BeltsBuilt,
    BeltStars,
    Coverage,
    Definition,
    Points,
    PointShare,
    Target,
    VillageStatus,
)
from jiceng.programmes.judging.facts import Belt, Facts
from jiceng.programmes.judging.findings import AREA, BELT, UNIT, Finding

TWO_NEW = ("private_enterprise", "social_organisation")


def judge(definition: Definition, facts: Facts) -> list[Finding]:
    """Return what every target comes to at every unit, belt and area it is asked of."""
    return [
        finding for target in definition.targets for finding in judge_one(definition, target, facts)
    ]


def judge_one(definition: Definition, target: Target, facts: Facts) -> Iterator[Finding]:
    """Yield what one target comes to at every place it is asked of."""
    yield from _JUDGES[type(target.counted)](definition, target, facts)


def stands(definition: Definition, belt: Belt, facts: Facts) -> bool:
    """Say whether a belt's own conditions hold."""
    return not shortfalls(definition, belt, facts)


def shortfalls(definition: Definition, belt: Belt, facts: Facts) -> list[Finding]:
    """Return the conditions that keep a belt from counting as built.

    A condition that does not apply (no two-new organisation on a main road) does not.
    """
    return [
        finding
        for target in definition.conditions_of(belt.level)
        for finding in (_of_belt(definition, target, belt, facts),)
        if finding.gap
    ]


def _split(
    target: Target, place: str, number: int, whole: Iterable[int], counts: Callable[[int], bool]
) -> Finding:
    counted: list[int] = []
    others: list[int] = []
    for one in whole:
        (counted if counts(one) else others).append(one)
    return Finding(target, place, number, tuple(counted), tuple(others))


def _belts_built(definition: Definition, target: Target, facts: Facts) -> Iterator[Finding]:
    asked: BeltsBuilt = target.counted  # type: ignore[assignment]  # its kind says which
    belts = {belt.number: belt for belt in facts.belts if belt.level == asked.belt_level}

    def is_built(number: int) -> bool:
        return belts[number].confirmed and stands(definition, belts[number], facts)

    yield _split(target, UNIT, facts.root.number, belts, is_built)


def _each_belt(definition: Definition, target: Target, facts: Facts) -> Iterator[Finding]:
    for belt in facts.belts:
        if belt.level == target.belt_level:
            yield _of_belt(definition, target, belt, facts)


def _of_belt(definition: Definition, target: Target, belt: Belt, facts: Facts) -> Finding:
    if isinstance(target.counted, BeltStars):
        return _stars(target, target.counted, belt, facts)
    asked = target.counted
    if not isinstance(asked, BeltMembers | BeltFloor):
        raise TypeError(f"{target.kind} is not asked of a belt")
    units = _units_on(belt, asked.kinds, facts)
    rank = partial(_rank, definition, facts)
    least = definition.rank(asked.status)
    if isinstance(asked, BeltFloor):
        return _split(target, BELT, belt.number, units, lambda unit: rank(unit) >= least)
    exact = [unit for unit in units if rank(unit) == least]
    higher = [unit for unit in units if rank(unit) > least]
    spare = higher[asked.higher_reserved :] if asked.higher_counts else []
    return _split(target, BELT, belt.number, units, {*exact, *spare}.__contains__)


def _rank(definition: Definition, facts: Facts, unit: int) -> int:
    return definition.rank(facts.statuses.get(unit, ""))


def _units_on(belt: Belt, kinds: tuple[str, ...], facts: Facts) -> list[int]:
    """Return the units of a belt, in order, each once; only of some kinds where named."""
    found = dict.fromkeys(
        member.unit for member in facts.members_of[belt.number] if member.unit in facts.units
    )
    return [n for n in found if n is not None and (not kinds or facts.units[n].kind in kinds)]


def _stars(target: Target, asked: BeltStars, belt: Belt, facts: Facts) -> Finding:
    """Judge the party organisations of two-new organisations on a belt's main roads.

    Unrated is not met; enterprises without a party organisation are counted beside it.
    """
    organisations: dict[int, None] = {}
    without = []
    for member in facts.members_of[belt.number]:
        if not member.on_main_road:
            continue
        if member.two_new is not None:
            own = facts.party_of.get(member.two_new, ())
            organisations.update(dict.fromkeys(own))
            without += [] if own else [member.two_new]
        elif member.unit is not None and _is_two_new(facts, member.unit):
            organisations[member.unit] = None

    def starred(organisation: int) -> bool:
        return facts.stars.get((asked.standard, organisation), 0) >= asked.stars

    finding = _split(target, BELT, belt.number, organisations, starred)
    return Finding(
        target, BELT, belt.number, finding.counted, finding.others, tuple(dict.fromkeys(without))
    )


def _is_two_new(facts: Facts, unit: int) -> bool:
    return unit in facts.units and facts.units[unit].domain in TWO_NEW


def _coverage(definition: Definition, target: Target, facts: Facts) -> Iterator[Finding]:
    asked: Coverage = target.counted  # type: ignore[assignment]  # its kind says which
    counting = {
        belt.number
        for belt in facts.belts
        if belt.level in asked.belt_levels
        and (not asked.built_only or (belt.confirmed and stands(definition, belt, facts)))
    }
    on_belts = {member.unit for member in facts.members if member.belt in counting}
    for place, number, villages in _places(asked, facts):
        yield _split(target, place, number, villages, on_belts.__contains__)


def _village_status(definition: Definition, target: Target, facts: Facts) -> Iterator[Finding]:
    asked: VillageStatus = target.counted  # type: ignore[assignment]  # its kind says which
    least = definition.rank(asked.status)
    rank = partial(_rank, definition, facts)

    def holds(village: int) -> bool:
        return max(map(rank, (village, *facts.seated.get(village, ())))) >= least

    for place, number, villages in _places(asked, facts):
        yield _split(target, place, number, villages, holds)


def _places(
    asked: Coverage | VillageStatus, facts: Facts
) -> Iterator[tuple[str, int, dict[int, None]]]:
    """Yield each unit or area asked of, with its villages; a village counts once."""
    if asked.level:
        for unit in facts.below(facts.root.path):
            if unit.level == LEVELS[asked.level] and not unit.domain:
                yield UNIT, unit.number, _villages([unit.path], asked.kinds, facts)
        return
    for area in facts.areas:
        if area.kind == asked.area_kind:
            yield AREA, area.number, _villages(area.paths, asked.kinds, facts)


def _villages(paths: Iterable[str], kinds: tuple[str, ...], facts: Facts) -> dict[int, None]:
    return {unit.number: None for path in paths for unit in facts.below(path) if unit.kind in kinds}


def _points(definition: Definition, target: Target, facts: Facts) -> Iterator[Finding]:
    asked: Points | PointShare = target.counted  # type: ignore[assignment]  # its kind says which
    points = [
        point.unit
        for point in facts.points
        if point.path.startswith(facts.root.path)
        and (not asked.domains or point.domain in asked.domains)
        and _is_point(definition, facts, point.unit)
    ]
    least = definition.rank(asked.status)
    rank = partial(_rank, definition, facts)
    yield _split(target, UNIT, facts.root.number, points, lambda unit: rank(unit) >= least)


def _is_point(definition: Definition, facts: Facts, unit: int) -> bool:
    rung = definition.rung(facts.statuses.get(unit, ""))
    return rung is not None and rung.point


def _areas(definition: Definition, target: Target, facts: Facts) -> Iterator[Finding]:
    asked: Areas = target.counted  # type: ignore[assignment]  # its kind says which
    areas = [area.number for area in facts.areas if area.kind == asked.area_kind]
    yield Finding(target, UNIT, facts.root.number, tuple(areas), ())


_JUDGES: dict[type, Callable[[Definition, Target, Facts], Iterator[Finding]]] = {
    BeltsBuilt: _belts_built,
    BeltMembers: _each_belt,
    BeltFloor: _each_belt,
    BeltStars: _each_belt,
    Coverage: _coverage,
    VillageStatus: _village_status,
    PointShare: _points,
    Points: _points,
    Areas: _areas,
}
