"""Finding what must not be published by chance: numbers of persons, plates, addresses, health. Pure.

What is found is shown to a person who decides; so a doubtful number is found rather than missed.
Any eleven figures in a row are found, whatever they are; numbers written with spaces, dashes,
full-width or Chinese figures in between only when they pass their own checks.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

WORDS = yaml.safe_load((Path(__file__).parent / "data" / "words.yaml").read_text("utf-8"))

_CHINESE = dict(
    zip("〇○零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789", strict=True)
)
_LONG = 11  # figures in a row that nothing public needs: amounts and years are shorter
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_YEARS = range(1900, 2100)

_GROUP = re.compile(r"\d+X(?!\d)|\d+|X")
_BETWEEN = re.compile(r"(?:[^\S\r\n]|[._\-\u2010-\u2015\u2212~/|·・•()\[\]]){0,3}")
_MASKED = re.compile(r"\d{3,}[*×●•#X]{3,}\d*X?")
_PLATE = re.compile(
    rf"[{WORDS['plate_places']}][A-Z][\s·•.\-]?(?=[A-Z]{{0,5}}\d)"
    r"[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳领](?![A-Z0-9])"
)
_ADDRESS = re.compile(r"\d*[路街巷弄道村组区]\s?第?\d+(?:-\d+)*(?:号|弄|幢|栋|单元|室)")
_SPOKEN = {
    kind: re.compile("|".join(map(re.escape, WORDS[kind]))) for kind in ("health", "complainant")
}


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Something in a text from `start` to before `end`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text as it is read: one form of each figure and letter, nothing invisible."""

    text: str
    places: tuple[int, ...]  # where in the original each character stands

    def found(self, start: int, end: int, kind: str) -> Found:
        return Found(self.places[start], self.places[end - 1] + 1, kind)


@dataclass(frozen=True, slots=True)
class _Group:
    start: int
    end: int
    figures: str


def scan(text: str) -> list[Found]:
    """Return what was found, from the first to the last; none overlaps another."""
    plain = _plain(text)
    kept: list[Found] = []
    for found in _all(plain):
        if not any(found.start < other.end and other.start < found.end for other in kept):
            kept.append(found)
    return sorted(kept)


def _all(plain: _Plain) -> Iterator[Found]:
    """Yield finds, those that win over what they overlap first."""
    for match in _MASKED.finditer(plain.text):
        yield plain.found(match.start(), match.end(), "masked")
    for kind, pattern in (("plate", _PLATE), ("address", _ADDRESS), *_SPOKEN.items()):
        for match in pattern.finditer(plain.text):
            yield plain.found(match.start(), match.end(), kind)
    yield from _numbers(plain)


def _plain(text: str) -> _Plain:
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKC", letter):
            if unicodedata.category(part) in {"Cf", "Mn"}:
                continue
            figure = unicodedata.digit(part, None)
            plain = _CHINESE.get(part, part) if figure is None else str(figure)
            letters.append(plain if len(plain.upper()) != 1 else plain.upper())
            places.append(place)
    return _Plain("".join(letters), tuple(places))


def _numbers(plain: _Plain) -> Iterator[Found]:
    for run in _runs(plain.text):
        for group in run:
            if len(group.figures) >= _LONG:
                yield plain.found(group.start, group.end, _kind_of(group.figures))
        yield from _joined(plain, [group for group in run if len(group.figures) < _LONG])


def _runs(text: str) -> Iterator[list[_Group]]:
    """Yield groups of figures that stand together, with no more than marks between them."""
    run: list[_Group] = []
    for match in _GROUP.finditer(text):
        if run and not _BETWEEN.fullmatch(text, run[-1].end, match.start()):
            yield run
            run = []
        run.append(_Group(match.start(), match.end(), match.group()))
    if run:
        yield run


def _joined(plain: _Plain, run: list[_Group]) -> Iterator[Found]:
    """Yield the numbers that several groups make together, the longest from each place."""
    first = 0
    while first < len(run):
        taken = _longest(run, first)
        if taken:
            last, kind = taken
            yield plain.found(run[first].start, run[last].end, kind)
            first = last
        first += 1


def _longest(run: list[_Group], first: int) -> tuple[int, str] | None:
    best, figures = None, run[first].figures
    for last in range(first + 1, len(run)):
        figures += run[last].figures
        if len(figures) > 19:
            break
        sizes = [len(group.figures) for group in run[first:last]]
        kind = _checked(figures, sizes) or _checked(figures.removesuffix("X"), sizes)
        if kind:
            best = (last, kind)
    return best


def _checked(figures: str, sizes: list[int]) -> str:
    """Say which number groups make together, if they pass its checks.

    Args:
        sizes: how long the groups are, without the last. Years and hours stand in groups, too:
            what begins with 0, 1 or 2 is no card (none of ours does).
    """
    if _is_identity(figures):
        return "id"
    if re.fullmatch(r"(?:(?:00)?86)?1[3-9]\d{9}", figures):
        return "phone"
    if re.fullmatch(r"0\d{2,3}[2-8]\d{6,7}", figures) and sizes[0] in {3, 4}:
        return "landline"
    if _is_card(figures) and figures[0] not in "012":
        return "card"
    return "number" if _is_written_like_one(figures, sizes) else ""


def _is_written_like_one(figures: str, sizes: list[int]) -> bool:
    """Say whether groups look like an identity or a card that was mistyped."""
    if re.fullmatch(r"[1-9]\d{16}[\dX]", figures):
        return _is_day(figures[6:14])
    return set(sizes) == {4} and 16 <= len(figures) <= 19 and figures[0] not in "012"


def _kind_of(figures: str) -> str:
    """Name a long row of figures, as well as its checks allow."""
    if _is_identity(figures):
        return "id"
    if re.fullmatch(r"(?:(?:00)?86)?1[3-9]\d{9}", figures):
        return "phone"
    if re.fullmatch(r"0[1-9]\d{1,2}[2-8]\d{6,7}", figures):
        return "landline"
    return "card" if _is_card(figures) else "number"


def _is_identity(figures: str) -> bool:
    """Say whether these are the 18 places of an identity with their check, or the 15 of old."""
    if re.fullmatch(r"[1-9]\d{16}[\dX]", figures):
        total = sum(int(one) * weight for one, weight in zip(figures, _WEIGHTS, strict=False))
        return _CHECKS[total % 11] == figures[17] and _is_day(figures[6:14])
    return bool(re.fullmatch(r"[1-9]\d{14}", figures)) and _is_day("19" + figures[6:12])


def _is_day(figures: str) -> bool:
    year, month, day = int(figures[:4]), int(figures[4:6]), int(figures[6:])
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return year in _YEARS


def _is_card(figures: str) -> bool:
    """Say whether 16 to 19 figures pass the check of bank cards (Luhn)."""
    if not re.fullmatch(r"\d{16,19}", figures):
        return False
    doubled = [int(one) * (1 + place % 2) for place, one in enumerate(reversed(figures))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0
