"""Rules as people read them, in the language of the page."""

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from jiceng.rules import shipped
from jiceng.rules.values import Bands, Flag, Frequency, Number, Period, Range, Ratio, Value

_NUMERALS = "零一二三四五六七八九十"
_HALF = (1, 2)
_LIMIT = {
    "hour": gettext_lazy("%d小时内"),
    "day": gettext_lazy("%d日内"),
    "workday": gettext_lazy("%d个工作日内"),
    "month": gettext_lazy("%d个月内"),
    "year": gettext_lazy("%d年内"),
}
_MINIMUM = {
    "hour": gettext_lazy("不少于%d小时"),
    "day": gettext_lazy("不少于%d日"),
    "workday": gettext_lazy("不少于%d个工作日"),
    "month": gettext_lazy("不少于%d个月"),
    "year": gettext_lazy("不少于%d年"),
}
_LEAD = {
    "hour": gettext_lazy("提前%d小时"),
    "day": gettext_lazy("提前%d日"),
    "workday": gettext_lazy("提前%d个工作日"),
    "month": gettext_lazy("提前%d个月"),
    "year": gettext_lazy("提前%d年"),
}
_PERIODS = {"limit": _LIMIT, "minimum": _MINIMUM, "lead": _LEAD}
_FREQUENCIES = {
    "month": gettext_lazy("每月%d次"),
    "quarter": gettext_lazy("每季度%d次"),
    "year": gettext_lazy("每年%d次"),
}
_BINDS = {
    "fixed": gettext_lazy("固定：本地不能另定"),
    "at_least": gettext_lazy("底线：本地只能提高"),
    "at_most": gettext_lazy("上限：本地只能缩短或降低"),
    "default": gettext_lazy("默认：本地可以另定"),
}
_BOUNDS = {
    "fixed": gettext_lazy("固定的，本地不能另定"),
    "at_least": gettext_lazy("底线，本地只能提高"),
    "at_most": gettext_lazy("上限，本地只能缩短或降低"),
}


def value_in_words(value: Value) -> str:
    """Return 到会人员过半数, 全体成员的三分之二以上, 不少于15日, 提前10日, 每季度1次 …"""
    match value:
        case Ratio():
            return _ratio(value)
        case Period(count, unit, nature):
            return _PERIODS[nature][unit] % count
        case Number(count, unit):
            return _counted(f"{count:,}", unit)
        case Frequency(times, per):
            return _FREQUENCIES[per] % times
        case Bands(floors, unit):
            return _counted(" / ".join(map(str, floors)), unit)
        case Range(low, high, unit):
            return _counted(f"{low}–{high}", unit)
        case Flag(on):
            return pgettext("rule", "可以") if on else pgettext("rule", "不可以")


def binds_in_words(binds: str) -> str:
    return str(_BINDS[binds])


def bound_in_words(binds: str) -> str:
    return str(_BOUNDS[binds])


def effect_in_words(refuses: bool) -> str:
    """Return what happens to what does not comply."""
    return _("不能继续") if refuses else _("只作提醒")


def title_of(key: str) -> str:
    matter = shipped.matter(key)
    return _(matter.title) if matter else key


def kind_in_words(kind: str) -> str:
    return _(shipped.vocabulary().kinds[kind]) if kind else ""


def place_in_words(place: str) -> str:
    return _(shipped.vocabulary().places[place]) if place else _("全国")


def topic_in_words(topic: str) -> str:
    return _(shipped.vocabulary().topics[topic])


def grade_in_words(grade: str) -> str:
    title = shipped.vocabulary().grades[grade]["title"]
    return _(title)


def grade_explained(grade: str) -> str:
    meaning = shipped.vocabulary().grades[grade]["meaning"]
    return _(meaning)


def with_source(words: str, source: str) -> str:
    return _("%(words)s（%(source)s）") % {"words": words, "source": source}


def _counted(count: str, unit: str) -> str:
    return _("%(count)s%(unit)s") % {"count": count, "unit": _(shipped.vocabulary().units[unit])}


def _ratio(ratio: Ratio) -> str:
    of = _(shipped.vocabulary().shares[ratio.of])
    if (ratio.numerator, ratio.denominator) == _HALF:
        half = _("%s过半数") if ratio.strict else _("%s半数以上")
        return half % of
    share = {"of": of, "share": _fraction(ratio)}
    if ratio.strict:
        return _("超过%(of)s的%(share)s") % share
    return _("%(of)s的%(share)s以上") % share


def _fraction(ratio: Ratio) -> str:
    """Return 三分之二, or 60% where it is written in hundredths."""
    top, bottom = ratio.numerator, ratio.denominator
    if bottom == 100:
        return f"{top}%"
    if (get_language() or "").startswith("zh") and bottom < len(_NUMERALS):
        return f"{_NUMERALS[bottom]}分之{_NUMERALS[top]}"
    return f"{top}/{bottom}"
