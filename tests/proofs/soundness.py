"""What must hold of the register whatever happened at once."""

from collections import Counter, defaultdict
from fractions import Fraction
from itertools import groupby, pairwise

from django.db import models, transaction

from jiceng.core.models import Dated
from jiceng.registry import paths
from jiceng.registry.models import (
    Heir,
    Membership,
    Placement,
    Position,
    Post,
    Seat,
    Succession,
    Unit,
    UnitCode,
    UnitName,
    UnitPath,
)
from jiceng.registry.operations import rebuild_paths
from jiceng.registry.operations.ending import refresh_heirs

ONE_A_DAY: list[tuple[type[Dated], tuple[str, ...]]] = [
    (UnitName, ("unit_id",)),
    (UnitCode, ("unit_id",)),
    (UnitCode, ("code",)),
    (Placement, ("unit_id",)),
    (UnitPath, ("unit_id",)),
    (Seat, ("organisation_id",)),
    (Position, ("unit_id",)),
    (Post, ("unit_id", "person_id", "role")),
    (Membership, ("person_id",)),
]


def assert_sound() -> None:
    """Fail with the first thing in the register that cannot be."""
    for model, key in ONE_A_DAY:
        assert _overlaps(model, key) == [], f"{model.__name__} by {key}"
    assert _outside_parent() == []
    assert _taken_over_by_the_dead() == []
    _assert_paths_follow_placements()
    _assert_heirs_follow_successions()
    assert set(_shares().values()) <= {Fraction(1)}


def _overlaps(model: type[Dated], key: tuple[str, ...]) -> list[tuple]:
    rows = model.objects.order_by(*key, "valid_from").values_list(*key, "valid_from", "valid_to")
    return [
        (first, second)
        for _key, same in groupby(rows, lambda row: row[: len(key)])
        for first, second in pairwise(same)
        if second[-2] < first[-1]
    ]


def _outside_parent() -> list[int]:
    """Return units that stand, on some day, under a unit that does not exist."""
    placed = Placement.objects.exclude(parent=None)
    early = models.Q(valid_from__lt=models.F("parent__valid_from"))
    late = models.Q(valid_to__gt=models.F("parent__valid_to"))
    return list(placed.filter(early | late).values_list("unit_id", flat=True))


def _taken_over_by_the_dead() -> list[int]:
    """Return successions on whose day the new unit does not exist."""
    unborn = models.Q(day__lt=models.F("new__valid_from"))
    dead = models.Q(day__gte=models.F("new__valid_to"))
    return list(Succession.objects.filter(unborn | dead).values_list("pk", flat=True))


def _assert_paths_follow_placements() -> None:
    kept = _kept(UnitPath, "unit_id", "valid_from", "valid_to", "path")
    for path in (row[-1] for row in kept):
        steps = paths.ids_of(path)
        assert len(set(steps)) == len(steps), f"a circle: {steps}"
    with transaction.atomic():
        rebuild_paths(Unit.objects.values_list("pk", flat=True))
        rebuilt = _kept(UnitPath, "unit_id", "valid_from", "valid_to", "path")
        transaction.set_rollback(True)
    assert rebuilt == kept


def _assert_heirs_follow_successions() -> None:
    kept = _kept(Heir, "unit_id", "heir_id")
    with transaction.atomic():
        refresh_heirs(Unit.objects.values_list("pk", flat=True))
        refreshed = _kept(Heir, "unit_id", "heir_id")
        transaction.set_rollback(True)
    assert refreshed == kept


def _kept(model: type[models.Model], *fields: str) -> Counter:
    return Counter(model.objects.values_list(*fields))


def _shares() -> dict[int, Fraction]:
    sums: dict[int, Fraction] = defaultdict(Fraction)
    for row in Succession.objects.all():
        sums[row.old_id] += Fraction(row.numerator, row.denominator)
    return sums
