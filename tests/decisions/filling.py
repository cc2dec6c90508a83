"""Filling in the form of a step as a worked case tells it: by the labels people read."""

from jiceng.procedures import timing
from jiceng.procedures.kinds import kind_of
from tests.decisions.stage import ROLL_CODES

_NUMBERS = {"handed_out": 100, "returned": 90, "content": 80, "fairly": 8, "discontent": 2}
_SAID = {"是": True, "否": False}
_TELLERS = {"teller_one": "计票人甲", "teller_two": "监票人乙"}


def filled_in(about, told, entitled, *, defaults=True):
    """Return what is sent: what a case tells by label, and for the rest what makes it lawful."""
    fields = {field.label: field for field in kind_of(about.step.kind).fields(about.step, about)}
    unknown = set(told) - set(fields)
    assert not unknown, f"“{about.step.title}”没有这些栏目：{unknown}，有的是：{list(fields)}"
    given = {fields[label].code: _read(fields[label], value) for label, value in told.items()}
    if defaults:
        for field in fields.values():
            if field.code not in given:
                given[field.code] = _default(field, given, about, entitled)
    return given


def filled_out(data):
    """Return what was sent, from what was kept of it."""
    given = {code: value for code, value in data.items() if code != "rolls"}
    for code, roll in data.get("rolls", {}).items():
        given |= {f"roll_{code}": roll["count"], f"roll_{code}_reason": roll["reason"]}
    return given


def _read(field, value):
    if field.kind == "flag":
        return _SAID[value]
    if field.kind == "choice":
        titles = {str(title): code for code, title in field.choices}
        return titles.get(value, value)
    return value


def _default(field, given, about, entitled):
    if field.code in _TELLERS:
        return _TELLERS[field.code]
    if field.code.startswith("roll_") and field.kind == "number":
        return field.initial or _entitled(field.code.removeprefix("roll_"), entitled)
    if field.kind == "number":
        return _number(field, given, about)
    if field.kind == "choice":
        return field.initial or field.choices[0][0]
    if field.kind == "day":
        return _day(field, about)
    if not field.required:
        return None
    return "照实填写" if field.kind in ("text", "long") else None


def _entitled(code, entitled):
    return next(count for title, count in entitled.items() if ROLL_CODES[title] == code)


def _number(field, given, about):
    """Everybody is there and in favour; sheets come back as they usually do."""
    if field.code == "present":
        return _on_the_roll(given, about)
    if field.code == "for":
        return given.get("present") or about.data_of(about.step.options.get("meeting", "")).get(
            "present", 0
        )
    return _NUMBERS.get(field.code, None if not field.required else 0)


def _on_the_roll(given, about):
    options = about.step.options
    if "convened_by" in options:
        rolls = about.data_of(options["convened_by"]).get("rolls", {})
        counts = {code: roll["count"] for code, roll in rolls.items()}
    else:
        counts = {code: given[f"roll_{code}"] for code in options["rolls"]}
    chosen = given.get("counted_by")
    return counts.get(chosen) or next(iter(counts.values()), 1)


def _day(field, about):
    lead = about.step.options.get("notice", "")
    if field.code != "meets_on" or not lead:
        return about.day
    return timing.earliest_event(about.day, about.period(lead))
