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
from typing import Protocol

from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.core.refusals import Conflict, NotFound
from jiceng.exchange.models import EditionStep, Fate
from jiceng.registry.models import Succession


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
    ended = _ended(step) if step.effective_at else []
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
    legacy = next((one for one in legacies_of(step, day_of(at)) if one.code == code), None)
    if legacy is None:
        raise NothingLeft(_("这一项已经处理完，没有剩下的内容。"))
    if legacy.apply is None:
        raise NotApplicable(_("“%s”留在原单位，不需要处理。") % legacy.title)
    legacy.apply(by=by, at=at, key=key)


def _ended(step: EditionStep) -> list[Ended]:
    fates = step.fates.exclude(outcome=Fate.Outcome.CONTINUES).order_by("code")
    shares: dict[int, list[tuple[Fraction, int]]] = defaultdict(list)
    rows = Succession.objects.filter(old__in=fates.values("unit")).order_by("new")
    for row in rows:
        shares[row.old_id].append((Fraction(row.numerator, row.denominator), row.new_id))
    return [
        Ended(
            fate.unit_id,
            fate.name,
            fate.day,
            tuple(new for _share, new in sorted(shares[fate.unit_id], reverse=True)),
        )
        for fate in fates
    ]
