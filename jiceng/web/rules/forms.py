"""What is asked of who looks up, records, adopts or ends a rule."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from jiceng.registry.models import Unit
from jiceng.rules import shipped, words
from jiceng.rules.declarations import Matter, ShippedRule
from jiceng.rules.values import (
    Bands,
    Flag,
    Frequency,
    NoValue,
    Number,
    Period,
    Range,
    Ratio,
    Value,
    is_like,
    value_of,
)
from jiceng.ui.forms import Picker, choose

# What `rules.values` says of values that a form can hold; it knows no translation itself.
_SAID_OF_VALUES = (
    gettext_noop("比例应当大于 0、不超过 1。"),
    gettext_noop("比例不能超过全部。"),
    gettext_noop("各档起点应当由高到低，各不相同。"),
    gettext_noop("各档起点应当是整数。"),
    gettext_noop("范围的下限应当小于上限。"),
)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


def _whole(label: Any, **options: Any) -> forms.IntegerField:
    widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=1, max_value=10**9, widget=widget, **options)


class PlaceForm(forms.Form):
    """For which place, on which day."""

    unit = forms.CharField(label=gettext_lazy("地方"))
    day = _day(gettext_lazy("按哪一天的情况看"))

    def __init__(self, *args: Any, place: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget = Picker("web:pick", shown=lambda _number: place.name)


class RulesForm(PlaceForm):
    topic = forms.ChoiceField(label=gettext_lazy("类目"), required=False)
    q = forms.CharField(
        label=gettext_lazy("规则、数值或依据"),
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [(code, words.topic_in_words(code)) for code in shipped.vocabulary().topics]
        choose(self, "topic", [("", _("全部")), *topics])


class _Documented(forms.Form):
    valid_from = _day(gettext_lazy("开始日"), gettext_lazy("最早是今天。已经过去的日子不能改。"))
    document = forms.CharField(
        label=gettext_lazy("依据文件"),
        max_length=200,
        help_text=gettext_lazy("名称和文号。"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class AdoptForm(_Documented):
    """Which practice, from when, on what document."""

    practice = forms.ChoiceField(label=gettext_lazy("做法"), widget=forms.RadioSelect)
    field_order = ["practice", "valid_from", "document", "reason"]

    def __init__(self, practices: list[ShippedRule], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practices = {str(number): rule for number, rule in enumerate(practices)}
        choose(self, "practice", [(n, _practice(rule)) for n, rule in self.practices.items()])
        if len(practices) == 1:
            self.initial.setdefault("practice", "0")

    @property
    def chosen(self) -> ShippedRule:
        return self.practices[self.cleaned_data["practice"]]


def _practice(rule: ShippedRule) -> str:
    about = words.kind_in_words(rule.kind)
    value = words.value_in_words(rule.value)
    said = words.with_source(f"{about} {value}".strip(), rule.source)
    return _("%(place)s：%(rule)s") % {"place": words.place_in_words(rule.place), "rule": said}


class RecordForm(_Documented):
    """A place's own value of one matter: of the sort its rules have."""

    def __init__(self, matter: Matter, now: Value | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, **_filled_in(now)}
        self.sorts = _sorts(matter)
        self.fields["kind"] = forms.ChoiceField(
            label=_("情形"), required=False, choices=_kinds(matter)
        )
        if len(self.sorts) > 1:
            self.fields["sort"] = forms.ChoiceField(
                label=_("计法"),
                choices=[(str(n), _sort_in_words(sort)) for n, sort in enumerate(self.sorts)],
            )
        self.fields |= _FIELDS[type(self.sorts[0])]()
        self.order_fields(["kind", "sort", *_NAMES, "valid_from", "document", "reason"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors:
            sort = self.sorts[int(given.get("sort", 0))]
            try:
                given["value"] = value_of(_WRITTEN[type(sort)](sort, given))
            except NoValue as fault:
                self.add_error(None, _(str(fault)))
        return given


class EndForm(forms.Form):
    day = _day(gettext_lazy("终止日"), gettext_lazy("从这一天起不再适用。"))
    document = forms.CharField(
        label=gettext_lazy("依据文件"),
        max_length=200,
        help_text=gettext_lazy("名称和文号。"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def _kinds(matter: Matter) -> list[tuple[str, str]]:
    """Return the cases a value can be for: those of the matter, else villages or communities."""
    own = dict.fromkeys(rule.kind for rule in matter.rules)
    kinds = own if any(own) else dict.fromkeys(["", "village", "community"])
    return [(kind, words.kind_in_words(kind) or _("一般情形")) for kind in kinds]


def _sorts(matter: Matter) -> list[Value]:
    """Return one value of each sort that the matter's rules have: hours here, days there."""
    found: list[Value] = []
    for rule in matter.rules:
        if not any(is_like(rule.value, one) for one in found):
            found.append(rule.value)
    return found


def _filled_in(now: Value | None) -> dict[str, Any]:
    """Return the value in force as the fields show it: to be made stricter."""
    match now:
        case Ratio(numerator, denominator, strict):
            return {"numerator": numerator, "denominator": denominator, "strict": strict and "on"}
        case Period(count=count) | Number(count=count):
            return {"number": count}
        case Frequency(times, per):
            return {"times": times, "per": per}
        case Bands(floors=floors):
            return {"floors": "、".join(map(str, floors))}
        case Range(low, high):
            return {"low": low, "high": high}
        case Flag(on):
            return {"flag": "on" if on else ""}
    return {}


def _sort_in_words(sort: Value) -> str:
    return _("如“%s”") % words.value_in_words(sort)


_NAMES = (
    "numerator",
    "denominator",
    "strict",
    "number",
    "times",
    "per",
    "floors",
    "low",
    "high",
    "flag",
)
_Fields = dict[str, forms.Field]


def _ratio_fields() -> _Fields:
    return {
        "numerator": _whole(_("分子")),
        "denominator": _whole(_("分母"), help_text=_("三分之二：分子填 2，分母填 3。")),
        "strict": forms.ChoiceField(
            label=_("正好这个数"),
            choices=[("", _("算达到（以上）")), ("on", _("不算达到（超过、过半数）"))],
            required=False,
        ),
    }


def _frequency_fields() -> _Fields:
    pers = [("month", _("每月")), ("quarter", _("每季度")), ("year", _("每年"))]
    return {
        "times": _whole(_("次数")),
        "per": forms.ChoiceField(label=_("周期"), choices=pers),
    }


def _bands_fields() -> _Fields:
    help_text = _("由高到低，用顿号或空格隔开，如 90、80、70、60。")
    return {"floors": forms.CharField(label=_("各档起点"), max_length=60, help_text=help_text)}


def _flag_fields() -> _Fields:
    answers = [("on", _("可以")), ("", _("不可以"))]
    return {"flag": forms.ChoiceField(label=_("数值"), choices=answers, required=False)}


_FIELDS: dict[type, Callable[[], _Fields]] = {
    Ratio: _ratio_fields,
    Period: lambda: {"number": _whole(_("数值"))},
    Number: lambda: {"number": _whole(_("数值"))},
    Frequency: _frequency_fields,
    Bands: _bands_fields,
    Range: lambda: {"low": _whole(_("从")), "high": _whole(_("到"))},
    Flag: _flag_fields,
}


def _written_ratio(sort: Any, given: dict[str, Any]) -> dict[str, Any]:
    mark = "more_than" if given["strict"] else "at_least"
    return {mark: f"{given['numerator']}/{given['denominator']}", "of": sort.of}


def _written_bands(sort: Any, given: dict[str, Any]) -> dict[str, Any]:
    parts = given["floors"].replace("、", " ").replace("，", " ").replace(",", " ").split()
    floors = [int(part) if part.isdecimal() else part for part in parts]
    return {"floors": floors, "unit": sort.unit}


_WRITTEN: dict[type, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    Ratio: _written_ratio,
    Period: lambda sort, g: {"count": g["number"], "unit": sort.unit, "nature": sort.nature},
    Number: lambda sort, g: {"number": g["number"], "unit": sort.unit},
    Frequency: lambda sort, g: {"times": g["times"], "per": g["per"]},
    Bands: _written_bands,
    Range: lambda sort, g: {"low": g["low"], "high": g["high"], "unit": sort.unit},
    Flag: lambda sort, g: {"flag": bool(g["flag"])},
}
