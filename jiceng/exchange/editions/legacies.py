"""What ended units left behind, and what each package proposes to become of it.

A package registers, in its `heirs.py`, a function from the ended units to proposals. Proposals are
computed from what still hangs on ended units, so a county's list empties as it is worked through.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.core.periods import FOREVER
from jiceng.core.refusals import Conflict, NotFound
from jiceng.exchange.models import EditionStep, Fate
from jiceng.registry.models import Succession, Unit
from jiceng.registry.queries import described


class NothingLeft(NotFound):
    """Nothing of that kind is left of the county's ended units."""


class NotApplicable(Conflict):
    """The proposal is to leave things as they are: there is nothing to carry out."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A unit that ended, from when on, and in what it goes on, the largest share first."""

    unit: int
    name: str
    day: datetime.date
    heirs: tuple[int, ...]


class Apply(Protocol):
    def __call__(
        self, *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Legacy:
    """One kind of thing left behind by a county's ended units, with what is proposed for it.

    `apply` None: it stays with the old unit, nothing is to be done.
    """

    code: str  # "registry.seats"
    title: str
    advice: str
    lines: list[str]  # one for each row concerned
    apply: Apply | None = None


Propose = Callable[[Sequence[Ended], datetime.date], "Legacy | None"]  # ended units, today
_PROPOSERS: list[Propose] = []


def register(*proposers: Propose) -> None:
    _PROPOSERS.extend(proposers)


def legacies_of(step: EditionStep, today: datetime.date) -> list[Legacy]:
    """Return what the ended units of a county that is in effect left behind."""
    return left_by(_ended(step) if step.effective_at else [], today)


def legacies_of_unit(unit: int, today: datetime.date) -> list[Legacy]:
    """Return what one ended unit left behind; nothing while it stands."""
    return left_by(_ended_unit(unit), today)


def left_by(ended: Sequence[Ended], today: datetime.date) -> list[Legacy]:
    """Return what units leave behind, or would leave if they ended so: told by every package."""
    found = [propose(ended, today) for propose in _PROPOSERS] if ended else []
    return [legacy for legacy in found if legacy is not None]


def settle(
    step: EditionStep,
    code: str,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """Carry out what is proposed for one kind of thing, by the package's own operation.

    Raises:
        NothingLeft: nothing of the kind is left.
        NotApplicable: it stays as it is.
    """
    _carry_out(legacies_of(step, day_of(at)), code, by=by, at=at, key=key)


def settle_of_unit(
    unit: int,
    code: str,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """Carry out what is proposed for one kind of thing that one unit left.

    Raises:
        NothingLeft: nothing of the kind is left.
        NotApplicable: it stays as it is.
    """
    _carry_out(legacies_of_unit(unit, day_of(at)), code, by=by, at=at, key=key)


def _carry_out(
    legacies: Sequence[Legacy],
    code: str,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
) -> None:
    legacy = next((one for one in legacies if one.code == code), None)
    if legacy is None:
        raise NothingLeft(_("这一项已经处理完，没有剩下的内容。"))
    if legacy.apply is None:
        raise NotApplicable(_("“%s”留在原单位，不需要处理。") % legacy.title)
    legacy.apply(by=by, at=at, key=key)


def _ended(step: EditionStep) -> list[Ended]:
    fates = step.fates.exclude(outcome=Fate.Outcome.CONTINUES).order_by("code")
    heirs = _heirs_of(fates.values("unit"))
    return [Ended(fate.unit_id, fate.name, fate.day, heirs[fate.unit_id]) for fate in fates]


def _ended_unit(unit: int) -> list[Ended]:
    row = Unit.objects.filter(pk=unit).exclude(valid_to=FOREVER).first()
    if row is None:
        return []
    name = described([unit], row.valid_to)[unit].name
    return [Ended(unit, name, row.valid_to, _heirs_of([unit])[unit])]


def _heirs_of(units: Any) -> dict[int, tuple[int, ...]]:
    """Return in what units go on, the largest share first."""
    shares: dict[int, list[tuple[Fraction, int]]] = defaultdict(list)
    for row in Succession.objects.filter(old__in=units).order_by("new"):
        shares[row.old_id].append((Fraction(row.numerator, row.denominator), row.new_id))
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for unit, parts in shares.items():
        found[unit] = tuple(new for _share, new in sorted(parts, reverse=True))
    return found
