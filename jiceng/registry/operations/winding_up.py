"""A unit wound up in one act: who stood below it moves on, it ends, and others take its place."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.journal import Journal
from jiceng.registry.models import Unit
from jiceng.registry.operations.ending import Inheritance, end_units, succeed
from jiceng.registry.operations.entries import leave_entry, own_or_given
from jiceng.registry.operations.locking import lock_trees
from jiceng.registry.operations.placing import move_units
from jiceng.registry.refusals import SharesDoNotAddUp, WrongTree


@dataclass(frozen=True, slots=True)
class WindingUp:
    """That a unit ends: merged into one heir, split among several, or abolished without any."""

    unit: int
    heirs: tuple[tuple[int, Fraction], ...] = ()  # number, share; shares sum to one
    below: Mapping[int, int] = field(default_factory=dict)  # child: where it stands from then on
    day_is_latest: bool = False
    document: str = ""

    @property
    def ending(self) -> Unit.Ending:
        if not self.heirs:
            return Unit.Ending.ABOLITION
        return Unit.Ending.MERGER if len(self.heirs) == 1 else Unit.Ending.SPLIT


@transaction.atomic
def wind_up(
    rows: Sequence[WindingUp],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
) -> None:
    """End units on `day`, the first day on which they no longer exist, and say what follows.

    Raises:
        NoSuchUnit: a unit does not exist on the day before, or an heir on `day`.
        WrongTree: an heir belongs to the other tree.
        HasChildren: something stands below a unit and is not moved.
        EndedBefore, ChangedLater: the end, or something later, is recorded already.
        SharesDoNotAddUp: the shares of a unit do not sum to one.
    """
    if not rows:
        return
    own, journal = own_or_given(journal)
    done: dict[str, Any] = {"day": day, "by": by, "at": at, "journal": journal}
    lock_trees()
    _refuse_heirs(rows)
    moves: dict[int, int | None] = {child: to for row in rows for child, to in row.below.items()}
    if moves:
        move_units(moves, **done)
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        alike[row.ending, row.document].append(row.unit)
    for (ending, document), units in alike.items():
        end_units(units, ending=ending, document=document, **done)
    succeed(
        [
            Inheritance(row.unit, heir, share, row.document, row.day_is_latest)
            for row in rows
            for heir, share in row.heirs
        ],
        **done,
    )
    if own:
        leave_entry(
            "registry.unit.wound_up",
            [row.unit for row in rows],
            journal,
            by=by,
            at=at,
            key=key,
            day=day,
            ending=rows[0].ending,
            heirs={str(heir): str(share) for heir, share in rows[0].heirs},
            document=rows[0].document,
        )


def _refuse_heirs(rows: Sequence[WindingUp]) -> None:
    if any(len(dict(row.heirs)) != len(row.heirs) for row in rows):
        raise SharesDoNotAddUp(_("同一承继单位写了两次，请合并为一项。"))
    if any(share <= 0 for row in rows for _heir, share in row.heirs):
        raise SharesDoNotAddUp(_("每个承继单位的份额都须大于零。"))
    wanted = {row.unit for row in rows} | {heir for row in rows for heir, _share in row.heirs}
    trees = dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "tree"))
    for row in rows:
        if any(trees.get(heir) not in (None, trees.get(row.unit)) for heir, _share in row.heirs):
            raise WrongTree(_("区划只能由区划承继，组织只能由组织承继。"))
