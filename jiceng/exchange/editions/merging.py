"""Into what a unit that no longer appears was probably merged: a proposal, never sure. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jiceng.exchange.editions.kinds import WIDTHS, base_of
from jiceng.exchange.editions.matching import Matching, Standing
from jiceng.exchange.editions.rows import Row

_HIGHEST = 95  # a merger is never sure
_NEAR = 20  # codes that lie no farther apart count as neighbours


@dataclass(frozen=True, slots=True)
class Guess:
    """Where a unit probably went, and why; no row when nothing at all was found."""

    row: Row | None
    reason: str
    score: int
    shared: str = ""  # the characters that speak for it


def guess_village(old: Standing, found: Matching) -> Guess:
    """Look among the villages where the old town has gone, else in its county."""
    near = _villages(found, found.near(old))
    candidates = near or _villages(found, [code[: WIDTHS[3]] for code in found.near(old)])
    if not candidates:
        return Guess(None, "nothing_near", 0)
    return max((_judge(old, row, found) for row in candidates), key=_rank)


def _rank(guess: Guess) -> tuple[int, str]:
    return guess.score, guess.row.code if guess.row else ""


def _villages(found: Matching, prefixes: Iterable[str]) -> list[Row]:
    within = tuple(prefixes)
    return [row for row in found.new if row.level == 5 and row.code.startswith(within)]


def _judge(old: Standing, row: Row, found: Matching) -> Guess:
    base = base_of(row.level, row.name)
    shared = "".join(character for character in old.base if character in base)
    score = _alike(old.base, base, shared)
    score += 15 if row.code not in found.taken else 0
    score += _neighbourhood(old.code, row.code)
    reason = "name_contained" if old.base in base or base in old.base else "characters_shared"
    return Guess(row, reason if shared else "nearest_code", min(score, _HIGHEST), shared)


def _alike(old: str, new: str, shared: str) -> int:
    if old in new or new in old:
        return 60
    if not shared:
        return 0
    return 15 + 25 * len(shared) // len(old) + (5 if shared[0] == new[0] else 0)


def _neighbourhood(old: str, new: str) -> int:
    if old[: WIDTHS[4]] != new[: WIDTHS[4]]:
        return 0
    return max(0, _NEAR - abs(int(old[WIDTHS[4] :]) - int(new[WIDTHS[4] :])))


def guess_above(old: Standing, below: Sequence[Standing], found: Matching) -> Guess:
    """Look for a town or county that took the old one's name, else most of what stood below."""
    promoted = [
        row
        for row in found.new
        if row.level in (3, 4)
        and row.level != old.level
        and row.code not in found.taken
        and base_of(row.level, row.name) == old.base
    ]
    if len(promoted) == 1:
        return Guess(promoted[0], "same_base_other_level", 85, old.base)
    return _by_those_below(old, below, found)


def _by_those_below(old: Standing, below: Sequence[Standing], found: Matching) -> Guess:
    names = {one.name for one in below}
    homes = Counter(
        row.code[: WIDTHS[old.level]]
        for row in found.new
        if row.level == old.level + 1 and row.name in names
    )
    for prefix, number in homes.most_common(1):
        row = found.by_code.get(prefix.ljust(12, "0"))
        if row is not None:
            return Guess(row, "most_below_went_there", min(_HIGHEST, 100 * number // len(names)))
    return Guess(None, "nothing_near", 0)
