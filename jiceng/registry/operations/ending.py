"""Merger, split and abolition: units end, and what they were goes on in others by shares."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.bulk import insert, reserve_ids
from jiceng.core.changes import report
from jiceng.core.journal import Journal
from jiceng.core.models import Dated
from jiceng.core.periods import FOREVER
from jiceng.registry.dated import ChangedLater, close_at
from jiceng.registry.models import (
    Heir,
    Placement,
    Seat,
    Succession,
    Unit,
    UnitCode,
    UnitName,
    UnitPath,
)
from jiceng.registry.operations.entries import leave_entry, own_or_given
from jiceng.registry.operations.locking import lock_trees, lock_units
from jiceng.registry.refusals import (
    AlreadySucceeded,
    EndedBefore,
    HasChildren,
    NoSuchUnit,
    SharesDoNotAddUp,
)


@dataclass(frozen=True, slots=True)
class Inheritance:
    """That `old` goes on in `new` by a share. Shares of one old unit sum to one."""

    old: int
    new: int
    share: Fraction = Fraction(1)
    document: str = ""
    day_is_latest: bool = False


@transaction.atomic
def end_units(
    units: Sequence[int],
    *,
    ending: str,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
    document: str = "",
) -> None:
    """End units on `day`: the first day on which they no longer exist.

    Raises:
        NoSuchUnit: a unit does not exist on the day before `day`.
        HasChildren: a unit outside the call still stands below one of them.
        EndedBefore: the end of a unit is recorded already.
        ChangedLater: something about a unit was recorded from `day` or later on.
    """
    if not units:
        return
    own, journal = own_or_given(journal)
    lock_trees()
    rows = lock_units(units, day - datetime.timedelta(days=1))
    _refuse_ended(rows.values())
    _refuse_children(list(units), day)
    _refuse_later_legacies(list(units), day)
    for model, owner in _HANGS_ON:
        if model.objects.filter(**{f"{owner}__in": units}, valid_from__gte=day).exists():
            raise ChangedLater(_changed_later(day))
        close_at(model, owner, list(units), day=day, journal=journal)
    # Paths follow from the placements and are in no journal: one that would only begin later,
    # because something above moves then, goes.
    paths = UnitPath.objects.filter(unit__in=units)
    paths.filter(valid_from__gte=day).delete()
    paths.filter(valid_to__gt=day).update(valid_to=day)
    for unit in rows.values():
        before = {"valid_to": unit.valid_to, "ending": unit.ending, "ending_document": ""}
        after = {"valid_to": day, "ending": ending, "ending_document": document}
        journal.changed(Unit, unit.pk, before, after)
    Unit.objects.filter(pk__in=units).update(valid_to=day, ending=ending, ending_document=document)
    report(["registry.UnitPath"], [day], at)
    refresh_heirs(units)  # what went on in them has no living heir in them any more
    if own:
        leave_entry(
            "registry.unit.ended",
            units,
            journal,
            by=by,
            at=at,
            key=key,
            day=day,
            ending=ending,
            document=document,
        )


_HANGS_ON: list[tuple[type[Dated], str]] = [
    (UnitName, "unit_id"),
    (UnitCode, "unit_id"),
    (Placement, "unit_id"),
    (Seat, "organisation_id"),
]


def _refuse_ended(units: Iterable[Unit]) -> None:
    ended = next((unit for unit in units if unit.valid_to != FOREVER), None)
    if ended is not None:
        raise EndedBefore(_("有单位已定于%s终止。请先撤回原来的终止。") % ended.valid_to)


def _refuse_later_legacies(units: list[int], day: datetime.date) -> None:
    """What is taken over on the very day, or later, cannot be by a unit that has ended."""
    if Succession.objects.filter(new__in=units, day__gte=day).exists():
        raise ChangedLater(_changed_later(day))


def _changed_later(day: datetime.date) -> str:
    return _("有单位在%s当日或之后另有变更记录，请先更正。") % day


def _refuse_children(units: list[int], day: datetime.date) -> None:
    child = (
        Placement.objects.filter(parent__in=units, valid_to__gt=day)
        .exclude(unit__in=units)
        .order_by("pk")
        .first()
    )
    if child is not None:
        name = UnitName.objects.filter(unit=child.unit_id).order_by("-valid_from").first()
        raise HasChildren(
            _("终止之日其下仍有单位（如“%s”）。请先移走或一并终止其下级。")
            % (name.name if name else child.unit_id)
        )


@transaction.atomic
def succeed(
    inheritances: Sequence[Inheritance],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
) -> None:
    """Record in what units ended ones go on. The old units end on `day` by `end_units`.

    Raises:
        NoSuchUnit: a new unit does not exist on `day`.
        SharesDoNotAddUp: the shares of one old unit do not sum to one.
        AlreadySucceeded: in what an old unit goes on is recorded already.
    """
    if not inheritances:
        return
    own, journal = own_or_given(journal)
    lock_trees()
    _check_shares(inheritances)
    lock_units([one.new for one in inheritances], day)
    ids = reserve_ids(Succession, len(inheritances))
    insert(
        Succession,
        [
            "id",
            "old_id",
            "new_id",
            "day",
            "day_is_latest",
            "numerator",
            "denominator",
            "document",
            "recorded_at",
        ],
        [
            (pk, one.old, one.new, day, one.day_is_latest, *_fraction(one), one.document, at)
            for pk, one in zip(ids, inheritances, strict=True)
        ],
    )
    journal.created(Succession, ids)
    refresh_heirs([one.old for one in inheritances])
    report(["registry.Succession"], [day], at)
    if own:
        leave_entry(
            "registry.unit.succeeded",
            [one.old for one in inheritances],
            journal,
            by=by,
            at=at,
            key=key,
            day=day,
        )


def _fraction(one: Inheritance) -> tuple[int, int]:
    return one.share.numerator, one.share.denominator


def _check_shares(inheritances: Sequence[Inheritance]) -> None:
    sums: dict[int, Fraction] = defaultdict(Fraction)
    for one in inheritances:
        sums[one.old] += one.share
    if len(Unit.objects.filter(pk__in=list(sums)).values_list("pk")) != len(sums):
        raise NoSuchUnit(_("要承继的原单位不存在。"))
    if any(total != 1 for total in sums.values()):
        raise SharesDoNotAddUp(_("同一原单位的承继份额相加必须等于一。"))
    if Succession.objects.filter(old__in=list(sums)).exists():
        raise AlreadySucceeded(_("原单位的承继关系已登记。如要更改，请先撤回原来的登记。"))


def refresh_heirs(units: Sequence[int]) -> None:
    """Follow successions anew for units, and for all that ever went on in them.

    Inside the caller's transaction. Also to be called when a succession has been undone.
    """
    touched = _gone_on_in(set(units))
    links = _links_from(touched)
    living = _living({new for news in links.values() for new in news})
    Heir.objects.filter(unit__in=touched).delete()
    Heir.objects.bulk_create(
        Heir(unit_id=unit, heir_id=heir)
        for unit in sorted(touched)
        for heir in sorted(_ends_of(unit, links) & living)
    )


def _gone_on_in(units: set[int]) -> set[int]:
    """Return the units and all that went on in them, over however many steps."""
    found, front = set(units), set(units)
    while front:
        olds = Succession.objects.filter(new__in=front).values_list("old_id", flat=True)
        front = set(olds) - found
        found |= front
    return found


def _links_from(units: set[int]) -> dict[int, set[int]]:
    links: dict[int, set[int]] = defaultdict(set)
    front = set(units)
    while front:
        rows = list(Succession.objects.filter(old__in=front).values_list("old_id", "new_id"))
        front = {new for _old, new in rows} - links.keys()
        for old, new in rows:
            links[old].add(new)
    return links


def _living(units: set[int]) -> set[int]:
    return set(Unit.objects.open().filter(pk__in=units).values_list("pk", flat=True))


def _ends_of(unit: int, links: dict[int, set[int]]) -> set[int]:
    """Return all units reached from `unit`, without itself."""
    found: set[int] = set()
    front = set(links.get(unit, ()))
    while front:
        found |= front
        front = {new for old in front for new in links.get(old, ())} - found
    return found
