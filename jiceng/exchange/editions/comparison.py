"""An edition compared with the register as of its day: what changed, and a proposal for each. Pure.

Classes: unchanged, renamed, kind_changed, recoded, moved, code_reassigned, vanished of the old
units, which add up to all of them; appeared of the rows that continue no unit.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from jiceng.exchange.editions.matching import Matching, Standing, change_of, match_level
from jiceng.exchange.editions.merging import Guess, guess_above, guess_village
from jiceng.exchange.editions.rows import Row

_VILLAGE = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """What probably became of a unit. `row` None: it was abolished."""

    old: Standing
    change: str
    outcome: str
    row: Row | None
    sure: bool
    score: int
    reason: str
    shared: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    proposals: list[Proposal]
    places: list[Row]  # rows that do not stand in the register as they are written
    counts: dict[str, int]


def compare(olds: Sequence[Standing], new: Sequence[Row]) -> Comparison:
    """Compare the units of one subtree on a day with the rows of an edition of it."""
    found = Matching(new)
    levels = defaultdict(list)
    below = defaultdict(list)
    for old in olds:
        levels[old.level].append(old)
        below[old.parent].append(old)
    guesses: list[tuple[Standing, Guess]] = []
    for level in sorted(levels):
        for old in match_level(levels[level], level, found):
            guess = _guess(old, below[old.unit], found)
            found.ended(old, [guess.row.code] if guess.row else [])
            guesses.append((old, guess))
    return _gathered(olds, found, guesses)


def _guess(old: Standing, below: Sequence[Standing], found: Matching) -> Guess:
    return guess_village(old, found) if old.level == _VILLAGE else guess_above(old, below, found)


def _gathered(
    olds: Sequence[Standing], found: Matching, guesses: list[tuple[Standing, Guess]]
) -> Comparison:
    codes = {old.unit: old.code for old in olds if old.unit in found.unchanged}
    codes |= {unit: match.row.code for unit, match in found.matches.items()}
    proposals = [
        Proposal(
            old,
            change_of(old, match, found, codes.get(old.parent or 0, "")),
            "continues",
            match.row,
            match.sure,
            match.score,
            match.reason,
        )
        for old in olds
        if (match := found.matches.get(old.unit))
    ]
    proposals += [_ended(old, guess, found) for old, guess in guesses]
    standing = {old.code for old in olds if old.unit in found.unchanged}
    places = [row for row in found.new if row.code not in standing]
    counts = Counter(proposal.change for proposal in proposals)
    counts["unchanged"] = len(found.unchanged)
    counts["appeared"] = sum(row.code not in found.taken for row in found.new)
    return Comparison(proposals, places, dict(counts))


def _ended(old: Standing, guess: Guess, found: Matching) -> Proposal:
    return Proposal(
        old,
        "code_reassigned" if old.code in found.by_code else "vanished",
        "succeeded" if guess.row else "abolished",
        guess.row,
        False,
        guess.score,
        guess.reason,
        guess.shared,
    )
