"""Which unit of the register is which row of an edition. Pure.

Level by level from the top, so that a village is looked for where its town has gone. A unit keeps
its identity through a new name, kind, code or parent; docs/methods/editions.md tells the rounds.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jiceng.core.names import readings
from jiceng.exchange.editions.kinds import WIDTHS, base_of, kind_of
from jiceng.exchange.editions.rows import Row

_TELLING = 2  # characters that a name must keep to be told beyond its own town


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit as it stands in the register on the edition's day."""

    unit: int
    level: int
    code: str
    name: str
    parent: int | None

    @property
    def base(self) -> str:
        return base_of(self.level, self.name)


@dataclass(frozen=True, slots=True)
class Match:
    """That a unit goes on in a row of the edition; `reason` is a code told in words elsewhere."""

    row: Row
    reason: str
    sure: bool
    score: int  # 0 … 100


@dataclass
class Matching:
    """What has been found so far, and where each unit has gone."""

    new: Sequence[Row]
    unchanged: set[int] = field(default_factory=set)
    matches: dict[int, Match] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)  # codes of the edition that have their unit
    goes: dict[int, tuple[str, ...]] = field(default_factory=dict)  # unit: prefixes of codes
    by_code: dict[str, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_code = {row.code: row for row in self.new}

    def stays(self, old: Standing) -> None:
        self.unchanged.add(old.unit)
        self._settle(old, old.code)

    def found(self, old: Standing, match: Match) -> None:
        self.matches[old.unit] = match
        self._settle(old, match.row.code)

    def ended(self, old: Standing, codes: Iterable[str]) -> None:
        """Note where what stood below an ended unit is to be looked for."""
        self.goes[old.unit] = tuple(prefix_of(code) for code in codes)

    def _settle(self, old: Standing, code: str) -> None:
        self.taken.add(code)
        self.goes[old.unit] = (prefix_of(code),)

    def near(self, old: Standing) -> tuple[str, ...]:
        """Return where the unit's parent has gone, as prefixes of codes."""
        return self.goes.get(old.parent, ("",)) if old.parent is not None else ("",)

    def open_rows(self, level: int) -> list[Row]:
        return [row for row in self.new if row.level == level and row.code not in self.taken]


def prefix_of(code: str) -> str:
    """Return the digits of a padded code that count: what the codes below it begin with."""
    for width in WIDTHS.values():
        if not code[width:].strip("0"):
            return code[:width]
    return code


def match_level(olds: Sequence[Standing], level: int, found: Matching) -> list[Standing]:
    """Match the units of one level; return those that go on in no row of their level."""
    left = _by_code(olds, found)
    for reach, exact, sure, score in _ROUNDS:
        if reach != _ANYWHERE or level < _VILLAGE:
            left = _by_name(left, level, found, reach=reach, exact=exact, sure=sure, score=score)
    return _by_code_alone(left, found)


_PARENT, _COUNTY, _ANYWHERE = "parent", "county", "anywhere"
_ROUNDS = (  # reach, whole name or its base, sure, score
    (_PARENT, True, True, 98),
    (_PARENT, False, True, 95),
    (_COUNTY, True, False, 75),  # merged villages often take a name another town had
    (_COUNTY, False, False, 70),
    (_ANYWHERE, True, True, 90),
)
_VILLAGE = 5  # never looked for in another county: too many bear one name


def _by_code(olds: Sequence[Standing], found: Matching) -> list[Standing]:
    left = []
    for old in olds:
        row = found.by_code.get(old.code)
        if row is None or row.level != old.level:
            left.append(old)
        elif row.name == old.name:
            found.stays(old)
        elif base_of(row.level, row.name) == old.base:
            found.found(old, Match(row, "same_code_same_base", True, 100))
        else:
            left.append(old)
    return left


def _by_name(
    olds: Sequence[Standing],
    level: int,
    found: Matching,
    *,
    reach: str,
    exact: bool,
    sure: bool,
    score: int,
) -> list[Standing]:
    """Match where a name is the only one of its kind on both sides."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in found.open_rows(level):
        rows[row.name if exact else base_of(level, row.name)].append(row)
    candidates: dict[int, Row] = {}
    claims: dict[str, int] = defaultdict(int)
    for old in olds:
        prefixes = _reached(found.near(old), reach)
        name = old.name if exact else old.base
        near = [row for row in rows[name] if row.code.startswith(prefixes)]
        for row in near:
            claims[row.code] += 1
        if len(near) == 1 and (reach == _PARENT or len(old.base) >= _TELLING):
            candidates[old.unit] = near[0]
    left = []
    for old in olds:
        chosen = candidates.get(old.unit)
        if chosen is None or claims[chosen.code] > 1:
            left.append(old)
            continue
        reason = f"{'name' if exact else 'base'}_in_{reach}"
        found.found(old, Match(chosen, reason, sure, score))
    return left


def _reached(prefixes: tuple[str, ...], reach: str) -> tuple[str, ...]:
    if reach == _PARENT:
        return prefixes
    return tuple(prefix[: WIDTHS[3]] for prefix in prefixes) if reach == _COUNTY else ("",)


def _by_code_alone(olds: Sequence[Standing], found: Matching) -> list[Standing]:
    left = []
    for old in olds:
        row = found.by_code.get(old.code)
        if row is None or row.level != old.level or row.code in found.taken:
            left.append(old)
            continue
        found.found(old, _same_code(old, row))
    return left


def _same_code(old: Standing, row: Row) -> Match:
    """Judge one code with two names: read alike, written alike in part, or not alike at all."""
    base = base_of(row.level, row.name)
    if readings(base)[0] == readings(old.base)[0]:
        return Match(row, "same_code_same_sound", True, 90)
    if set(base) & set(old.base):
        return Match(row, "same_code_shared_characters", False, 70)
    return Match(row, "same_code_only", False, 40)


def change_of(old: Standing, match: Match, found: Matching, parent: str) -> str:
    """Return the class of a continuing unit's change (a value of Fate.Change).

    Args:
        parent: the code under which its old parent goes on; empty when that has ended.
    """
    row = match.row
    if old.parent is not None and row.parent != parent:
        return "moved"
    if row.code != old.code and old.code in found.by_code:
        return "code_reassigned"
    if row.kind != kind_of(old.level, old.code, old.name):
        return "kind_changed"
    return "renamed" if row.code == old.code else "recoded"
