"""From the text of the rule files to matters, or to the list of their faults in words. Pure.

A file lists `matters`; a rule names the `law` it stands in and the `article`, and takes grade and
first day from there, or brings its own `source`, `grade` and `from`. Where a law was changed and
its new text is not at hand, `carried_over` says from which day its old values go on, and what to
think of them: the rule becomes two.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jiceng.core.periods import FOREVER
from jiceng.rules.declarations import UNKNOWN, Matter, ShippedRule, is_place
from jiceng.rules.values import NoValue, Value, value_of

_NAMES = {"value", "binds", "law", "article", "source", "grade", "note", "place", "kind"}
_DAYS = {"from", "to"}


@dataclass(slots=True)
class Reading:
    """What was read so far, and what was wrong with it."""

    laws: Mapping[str, Mapping[str, Any]]
    matters: list[Matter] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(laws: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> Reading:
    """Return the matters of the files, and every fault of their form, by key."""
    reading = Reading(laws)
    for written in files:
        for matter in written.get("matters") or []:
            reading.matters.append(_matter(matter, reading))
    return reading


def _matter(written: Mapping[str, Any], reading: Reading) -> Matter:
    key = str(written.get("key", ""))
    for name in ("key", "title", "topic", "rules"):
        if not written.get(name):
            reading.faults.append(f"规则“{key}”缺少“{name}”。")
    rules = [
        rule
        for one in written.get("rules") or []
        if (found := _rule(key, one, reading)) is not None
        for rule in _carried_over(found, reading.laws.get(one.get("law", ""), {}))
    ]
    return Matter(key, str(written.get("title", "")), str(written.get("topic", "")), tuple(rules))


def _rule(key: str, written: Mapping[str, Any], reading: Reading) -> ShippedRule | None:
    law = _law(key, written, reading)
    value = _value(key, written, reading)
    days = _days(key, written, law, reading)
    for name in written.keys() - _NAMES - _DAYS:
        reading.faults.append(f"规则“{key}”有不认识的项“{name}”。")
    place = str(written.get("place", ""))
    if not is_place(place):
        reading.faults.append(f"规则“{key}”的地方“{place}”应当是区划代码的前 2、4、6、9 或 12 位。")
        return None
    if value is None or days is None:
        return None
    return ShippedRule(
        key=key,
        value=value,
        binds=str(written.get("binds", "")),
        grade=str(written.get("grade", law.get("grade", ""))),
        source=_source(written, law),
        note=_joined(written.get("note", ""), law.get("note", "")),
        place=place,
        kind=str(written.get("kind", "")),
        valid_from=days[0],
        valid_to=days[1],
    )


def _law(key: str, written: Mapping[str, Any], reading: Reading) -> Mapping[str, Any]:
    name = written.get("law", "")
    if name and name not in reading.laws:
        reading.faults.append(f"规则“{key}”引用的法规“{name}”没有列出。")
    if name and not written.get("article"):
        reading.faults.append(f"规则“{key}”没有写明“{name}”的哪一条。")
    return reading.laws.get(name, {})


def _source(written: Mapping[str, Any], law: Mapping[str, Any]) -> str:
    article = f"{law['title']}{written.get('article', '')}" if law else ""
    return "；".join(filter(None, (article, str(written.get("source", "")).strip())))


def _value(key: str, written: Mapping[str, Any], reading: Reading) -> Value | None:
    try:
        return value_of(written.get("value") or {})
    except NoValue as fault:
        reading.faults.append(f"规则“{key}”：{fault}")
        return None


def _days(
    key: str, written: Mapping[str, Any], law: Mapping[str, Any], reading: Reading
) -> tuple[datetime.date, datetime.date] | None:
    start = written.get("from", law.get("from"))
    end = written.get("to", FOREVER)
    if start == "unknown":
        start = UNKNOWN
    if not isinstance(start, datetime.date) or not isinstance(end, datetime.date):
        reading.faults.append(f"规则“{key}”缺少生效日（from），或日期写得不对。")
        return None
    if end <= start:
        reading.faults.append(f"规则“{key}”的失效日不在生效日之后。")
        return None
    return start, end


def _carried_over(rule: ShippedRule, law: Mapping[str, Any]) -> Iterator[ShippedRule]:
    """Yield the rule as it was, and as its old value goes on under the changed law."""
    change = law.get("carried_over")
    if change is None or not rule.holds_on(change["from"]) or rule.valid_from == change["from"]:
        yield rule
        return
    yield replace(rule, valid_to=change["from"])
    note = _joined(change["note"], rule.note)
    yield replace(rule, valid_from=change["from"], note=note, carried_over=True)


def _joined(*sentences: str) -> str:
    return "".join(sentence.strip() for sentence in sentences)
