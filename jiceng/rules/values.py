"""What a rule sets: ratios, periods, numbers, frequencies, bands, ranges, flags. Pure.

Ratios are compared in whole numbers. 以上 includes the number, 超过 and 过 do not.
Source: Civil Code, art. 1259.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, get_args

Binds = Literal["fixed", "at_least", "at_most", "default"]
Nature = Literal["limit", "minimum", "lead"]  # within n · at least n full · n before an event
PeriodUnit = Literal["hour", "day", "workday", "month", "year"]
Per = Literal["month", "quarter", "year"]

BINDS: tuple[str, ...] = get_args(Binds)
NATURES: tuple[str, ...] = get_args(Nature)
PERIOD_UNITS: tuple[str, ...] = get_args(PeriodUnit)
_TIMES_A_YEAR = {"month": 12, "quarter": 4, "year": 1}


class NoValue(ValueError):
    """What was written is no value; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share of something: `at least` it, or with `strict` more than it."""

    numerator: int
    denominator: int
    strict: bool
    of: str  # present, entitled, all, households …: what `words` calls them

    def __post_init__(self) -> None:
        if not 0 < self.numerator <= self.denominator:
            raise NoValue("比例应当大于 0、不超过 1。")
        if self.strict and self.numerator == self.denominator:
            raise NoValue("比例不能超过全部。")

    def met(self, n: int, of: int) -> bool:
        """Say whether `n` of `of` is enough. Of nobody nothing is."""
        if of <= 0:
            return False
        reached, asked = n * self.denominator, self.numerator * of
        return reached > asked if self.strict else reached >= asked

    def needed(self, of: int) -> int:
        """Return the least number out of `of` that is enough; 1 of nobody, which cannot be."""
        asked = self.numerator * of
        least = asked // self.denominator + 1 if self.strict else -(-asked // self.denominator)
        return max(1, least)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time; what it does to days is in `jiceng.core.clocks`."""

    count: int
    unit: PeriodUnit
    nature: Nature

    def __post_init__(self) -> None:
        _check_count(self.count)
        if self.unit not in PERIOD_UNITS:
            raise NoValue(f"期间的单位“{self.unit}”没有定义，可用的有：{'、'.join(PERIOD_UNITS)}。")
        if self.nature not in NATURES:
            raise NoValue(f"期间的性质“{self.nature}”没有定义，可用的有：{'、'.join(NATURES)}。")


@dataclass(frozen=True, slots=True)
class Number:
    count: int
    unit: str

    def __post_init__(self) -> None:
        _check_count(self.count)


@dataclass(frozen=True, slots=True)
class Frequency:
    times: int
    per: Per

    def __post_init__(self) -> None:
        _check_count(self.times)
        if self.per not in _TIMES_A_YEAR:
            raise NoValue(f"频次的周期“{self.per}”没有定义，可用的有：{'、'.join(_TIMES_A_YEAR)}。")

    @property
    def times_a_year(self) -> int:
        return self.times * _TIMES_A_YEAR[self.per]


@dataclass(frozen=True, slots=True)
class Bands:
    """Where each band begins, from the highest down: 90, 80, 70, 60."""

    floors: tuple[int, ...]
    unit: str

    def __post_init__(self) -> None:
        if not self.floors or list(self.floors) != sorted(set(self.floors), reverse=True):
            raise NoValue("各档起点应当由高到低，各不相同。")


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included."""

    low: int
    high: int
    unit: str

    def __post_init__(self) -> None:
        _check_count(self.low)
        if self.low >= self.high:
            raise NoValue("范围的下限应当小于上限。")


@dataclass(frozen=True, slots=True)
class Flag:
    on: bool


Value = Ratio | Period | Number | Frequency | Bands | Range | Flag


def _check_count(count: int) -> None:
    if count < 1:
        raise NoValue("数量应当是不小于 1 的整数。")


def value_of(written: Mapping[str, Any]) -> Value:
    """Read a value as the files and the rows write it.

    `{at_least: 2/3, of: present}` · `{more_than: 1/2, of: all}` · `{count: 10, unit: day,
    nature: lead}` · `{number: 50, unit: person}` · `{times: 1, per: quarter}` · `{floors: [90, 80],
    unit: point}` · `{low: 300, high: 500, unit: household}` · `{flag: true}`

    Raises:
        NoValue: it is none of these.
    """
    for mark, read in _READERS.items():
        if mark in written:
            try:
                return read(written)
            except KeyError as missing:
                raise NoValue(f"数值缺少“{missing.args[0]}”。") from missing
    raise NoValue(f"数值要写明一项：{'、'.join(_READERS)}。")


def as_written(value: Value) -> dict[str, Any]:
    """Return a value as `value_of` reads it, ready for JSON."""
    match value:
        case Ratio(numerator, denominator, strict, of):
            mark = "more_than" if strict else "at_least"
            return {mark: f"{numerator}/{denominator}", "of": of}
        case Period(count, unit, nature):
            return {"count": count, "unit": unit, "nature": nature}
        case Number(count, unit):
            return {"number": count, "unit": unit}
        case Frequency(times, per):
            return {"times": times, "per": per}
        case Bands(floors, unit):
            return {"floors": list(floors), "unit": unit}
        case Range(low, high, unit):
            return {"low": low, "high": high, "unit": unit}
        case Flag(on):
            return {"flag": on}


def keeps(value: Value, bound: Value, binds: str) -> bool:
    """Say whether `value` stays within what `bound` leaves open. Values that cannot be held
    against each other (days and working days, shares of different things) do not.
    """
    if binds == "default":
        return True
    if binds == "fixed":
        return value == bound
    low, high = (bound, value) if binds == "at_least" else (value, bound)
    return _not_below(high, low)


def is_like(value: Value, other: Value) -> bool:
    """Say whether two values measure the same thing in the same unit."""
    return _measured(value) == _measured(other)


def _not_below(high: Value, low: Value) -> bool:
    if not is_like(high, low):
        return False
    tops, floors = _sizes(high), _sizes(low)
    return len(tops) == len(floors) and all(map(operator.ge, tops, floors))


def _measured(value: Value) -> tuple[object, ...]:
    match value:
        case Ratio(of=of):
            return (Ratio, of)
        case Period(unit=unit, nature=nature):
            return (Period, unit, nature)
        case Number(unit=unit) | Bands(unit=unit) | Range(unit=unit):
            return (type(value), unit)
        case _:
            return (type(value),)


def _sizes(value: Value) -> tuple[Any, ...]:
    """Return what is compared, part by part."""
    match value:
        case Ratio(numerator, denominator, strict):
            return ((Fraction(numerator, denominator), strict),)
        case Period(count=count) | Number(count=count):
            return (count,)
        case Frequency():
            return (value.times_a_year,)
        case Bands(floors=floors):
            return floors
        case Range(low=low, high=high):
            return (low, high)
        case Flag(on=on):
            return (on,)


def _whole(written: Mapping[str, Any], name: str) -> int:
    value = written[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise NoValue(f"“{name}”应当是整数。")
    return value


def _ratio(written: Mapping[str, Any], mark: str) -> Ratio:
    top, slash, bottom = str(written[mark]).partition("/")
    if not (slash and top.isdecimal() and bottom.isdecimal() and int(bottom)):
        raise NoValue(f"比例“{written[mark]}”应当写成分数，如 2/3。")
    return Ratio(int(top), int(bottom), mark == "more_than", written["of"])


def _bands(written: Mapping[str, Any]) -> Bands:
    floors = written["floors"]
    if not isinstance(floors, list) or not all(type(one) is int for one in floors):
        raise NoValue("各档起点应当是整数。")
    return Bands(tuple(floors), written["unit"])


def _flag(written: Mapping[str, Any]) -> Flag:
    if not isinstance(written["flag"], bool):
        raise NoValue("“flag”应当是 true 或 false。")
    return Flag(written["flag"])


_READERS: dict[str, Callable[[Mapping[str, Any]], Value]] = {
    "at_least": lambda w: _ratio(w, "at_least"),
    "more_than": lambda w: _ratio(w, "more_than"),
    "count": lambda w: Period(_whole(w, "count"), w["unit"], w["nature"]),
    "number": lambda w: Number(_whole(w, "number"), w["unit"]),
    "times": lambda w: Frequency(_whole(w, "times"), w["per"]),
    "floors": _bands,
    "low": lambda w: Range(_whole(w, "low"), _whole(w, "high"), w["unit"]),
    "flag": _flag,
}
