"""What is asked of officers in a programme. Every form says its fields once."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.programmes.definition import Definition
from jiceng.programmes.lines import faults_of_line, line_in
from jiceng.ui.forms import choose

LINE_LIMIT = 2_000_000  # bytes of a GeoJSON file


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class BuiltForm(forms.Form):
    day = _day(gettext_lazy("建成日"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)


class ProposeForm(forms.Form):
    """A status for units picked from the tree or given by code."""

    status = forms.ChoiceField(label=gettext_lazy("状态"))
    day = _day(gettext_lazy("生效日"))
    document = forms.CharField(label=gettext_lazy("依据文件"), max_length=200, required=False)

    def __init__(self, definition: Definition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(rung.code, rung.title) for rung in definition.ladder]
        choose(self, "status", [*choices, ("none", _("取消称号"))])

    def clean_status(self) -> str:
        status = self.cleaned_data["status"]
        return "" if status == "none" else status


class CorrectForm(ReasonForm):
    status = forms.ChoiceField(label=gettext_lazy("应为"))
    field_order = ["status", "reason"]

    def __init__(self, definition: Definition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(rung.code, rung.title) for rung in definition.ladder]
        choose(self, "status", [*choices, ("none", _("没有称号"))])

    def clean_status(self) -> str:
        status = self.cleaned_data["status"]
        return "" if status == "none" else status


class BeltForm(forms.Form):
    """What describes a belt; the line is drawn on the map or comes as a GeoJSON file."""

    number = forms.CharField(label=gettext_lazy("编号"), max_length=20)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    level = forms.ChoiceField(label=gettext_lazy("级别"))
    anchor = forms.ChoiceField(label=gettext_lazy("依托"), required=False)
    anchor_road = forms.CharField(label=gettext_lazy("依托道路"), max_length=80, required=False)
    main_roads = forms.CharField(
        label=gettext_lazy("主要道路"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("几条道路之间用顿号隔开。"),
    )
    line = forms.CharField(required=False, widget=forms.HiddenInput)
    line_file = forms.FileField(
        label=gettext_lazy("走向文件（GeoJSON）"),
        required=False,
        help_text=gettext_lazy("经纬度用 WGS-84 度。给了文件就不用在图上画。"),
    )

    def __init__(self, definition: Definition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "level", [(b.code, b.title) for b in definition.belt_levels])
        anchors = [(anchor.code, anchor.title) for anchor in definition.anchors]
        choose(self, "anchor", [("", "—"), *anchors])

    def clean_main_roads(self) -> tuple[str, ...]:
        words = self.cleaned_data["main_roads"].replace("，", "、").replace(",", "、").split("、")
        return tuple(word.strip() for word in words if word.strip())

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].strip()
        if "/" in number or number in ("new", ".", ".."):
            raise forms.ValidationError(_("编号只用字母、数字和连字符。"))
        return number

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        cleaned["line"] = self._line(cleaned)
        cleaned.pop("line_file", None)
        return cleaned

    def _line(self, cleaned: Mapping[str, object]) -> object:
        upload = cleaned.get("line_file")
        if upload:
            return self._line_of_file(upload)
        drawn = str(cleaned.get("line") or "")
        if not drawn:
            return None
        line = _parsed(drawn)
        if not isinstance(line, dict) or faults_of_line(line):
            self.add_error(None, _("画的走向不能识别，请重新画。"))
            return None
        return line

    def _line_of_file(self, upload: object) -> object:
        content = upload.read(LINE_LIMIT + 1)  # type: ignore[attr-defined]  # the field gives an uploaded file
        line = None
        if len(content) <= LINE_LIMIT:
            line = line_in(_parsed(content.decode("utf-8-sig", errors="replace")))
        if line is None:
            self.add_error("line_file", _("文件里没有可用的线。请给 GeoJSON 的线，2 MB 以内。"))
        return line


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


class MembersForm(forms.Form):
    """From which day on the members stand as listed."""

    day = _day(gettext_lazy("自哪天起"))


class NearForm(forms.Form):
    metres = forms.IntegerField(
        label=gettext_lazy("距离走向（米）"),
        min_value=50,
        max_value=20_000,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )


class AreaForm(forms.Form):
    code = forms.SlugField(label=gettext_lazy("代码"), max_length=40)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("类别"))
    document = forms.CharField(label=gettext_lazy("依据文件"), max_length=200, required=False)
    day = _day(gettext_lazy("自哪天起"))

    def __init__(self, definition: Definition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", [(kind.code, kind.title) for kind in definition.area_kinds])


class CostForm(forms.Form):
    amount = forms.DecimalField(
        label=gettext_lazy("金额（元）"),
        min_value=0,
        decimal_places=2,
        max_digits=14,
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    spent_on = _day(gettext_lazy("支出日"))
    purpose = forms.CharField(label=gettext_lazy("用途"), max_length=160)
    document = forms.CharField(label=gettext_lazy("凭证"), max_length=200, required=False)
    over_cap_reason = forms.CharField(
        label=gettext_lazy("超出上限的说明"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("只在累计超过上限、钱已经支出时填写。"),
    )

    def clean_amount(self) -> int:
        """Return fen."""
        return int(self.cleaned_data["amount"] * 100)


class CostCorrectionForm(ReasonForm):
    amount = forms.DecimalField(
        label=gettext_lazy("应为（元）"),
        min_value=Decimal("0.01"),
        decimal_places=2,
        max_digits=14,
        required=False,
        widget=forms.TextInput({"inputmode": "decimal"}),
        help_text=gettext_lazy("留空表示这笔不应登记。"),
    )
    field_order = ["amount", "reason"]

    def clean_amount(self) -> int | None:
        """Return fen."""
        amount = self.cleaned_data["amount"]
        return None if amount is None else int(amount * 100)


def numbers_in(values: Iterable[str]) -> list[int]:
    """Return the numbers among posted values, each once, in their order."""
    return list(dict.fromkeys(int(value) for value in values if value.isdigit()))
