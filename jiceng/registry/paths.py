"""Paths of the trees: six characters a step, made of the unit's internal number, never of codes.

Pure. A subtree is `path >= p AND path < end_of(p)` under binary collation. Equal in both trees:
numbers are unique, so a path never belongs to two units.
"""

from collections.abc import Sequence

WIDTH = 6
_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
LARGEST = 32**WIDTH - 1  # about a thousand million units


def key_of(unit_id: int) -> str:
    """Return the fixed-width step of a unit.

    Raises:
        ValueError: the number is negative or too large.
    """
    if not 0 <= unit_id <= LARGEST:
        raise ValueError(f"unit number {unit_id} does not fit a path key")
    digits = []
    for _ in range(WIDTH):
        unit_id, rest = divmod(unit_id, 32)
        digits.append(_DIGITS[rest])
    return "".join(reversed(digits))


def id_of(key: str) -> int:
    number = 0
    for digit in key:
        number = number * 32 + _VALUES[digit]
    return number


def ids_of(path: str) -> list[int]:
    """Return the units along a path, from the root to the unit itself."""
    return [id_of(path[at : at + WIDTH]) for at in range(0, len(path), WIDTH)]


def parent_of(path: str) -> str:
    """Return the path one step up; empty for a root."""
    return path[:-WIDTH]


def depth_of(path: str) -> int:
    return len(path) // WIDTH


def end_of(path: str) -> str:
    """Return the first text after every path of the subtree."""
    return path + "~"


def covers(ancestor: str, path: str) -> bool:
    """Say whether `path` is `ancestor` or lies below it."""
    return path.startswith(ancestor)


def common_of(paths: Sequence[str]) -> str:
    """Return the path of the nearest unit above all, or that is one of them; empty for none."""
    shortest = min(paths, default="")
    for end in range(len(shortest) // WIDTH * WIDTH, 0, -WIDTH):
        if all(covers(shortest[:end], path) for path in paths):
            return shortest[:end]
    return ""
