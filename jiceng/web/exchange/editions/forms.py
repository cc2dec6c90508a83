"""Forms of the review of editions."""

from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.shares import share_in
from jiceng.exchange.models import Edition, Fate
from jiceng.ui.forms import Picker

_PARTS = 3  # more by spreadsheet
_DAY = forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d")


class EditionForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    day = forms.DateField(
        label=gettext_lazy("截至日"),
        widget=_DAY,
        help_text=gettext_lazy("这份区划反映的是哪一天的情况。"),
    )
    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("CSV 或 XLSX，表头为 level、code、name（级别、代码、名称）。"),
    )
    first = forms.BooleanField(
        label=gettext_lazy("首个版本：登记册还没有这些区划，自截至日起建立"), required=False
    )


class AnswersForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("填好的审核表"))


class UndoForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("撤回原因"), max_length=200)


class _RowPicker(Picker):
    """Picks a row of one edition."""

    def __init__(self, edition: Edition, names: dict[str, str], **options: Any) -> None:
        super().__init__("web:edition_pick", lambda code: names.get(code, code), **options)
        self.edition = edition

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = forms.Widget.get_context(self, name, value, attrs)
        context["widget"]["address"] = reverse(self.address, args=[self.edition.pk])
        context["widget"]["shown"] = self.shown(str(value)) if value else ""
        return context


class FateForm(forms.Form):
    outcome = forms.ChoiceField(label=gettext_lazy("去向"), choices=Fate.Outcome.choices)
    day = forms.DateField(label=gettext_lazy("生效日"), widget=_DAY)
    day_is_latest = forms.BooleanField(label=gettext_lazy("只知道不迟于这一天"), required=False)
    document = forms.CharField(label=gettext_lazy("依据文件"), max_length=200, required=False)

    def __init__(self, data: Any, *, fate: Fate, edition: Edition) -> None:
        heirs = list(fate.heirs.all())
        first = {
            "outcome": fate.outcome,
            "day": fate.day,
            "day_is_latest": fate.day_is_latest,
            "document": fate.document,
        }
        for number, heir in enumerate(heirs[:_PARTS], start=1):
            first[f"code_{number}"] = heir.code
            first[f"share_{number}"] = str(Fraction(heir.numerator, heir.denominator))
        super().__init__(data, initial=first)
        names = {heir.code: f"{heir.name}（{heir.code}）" for heir in heirs}
        for number in range(1, _PARTS + 1):
            self.fields[f"code_{number}"] = forms.CharField(
                label=_("去向单位 %d") % number,
                required=False,
                widget=_RowPicker(edition, names),
            )
            self.fields[f"share_{number}"] = forms.CharField(
                label=_("份额 %d") % number,
                required=False,
                help_text=_("分数，例如 1/2；只有一个去向的不用填。"),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        for number in range(1, _PARTS + 1):
            try:
                share_in(self.cleaned_data.get(f"share_{number}") or "1")
            except ValueError:
                self.add_error(f"share_{number}", ValidationError(_("请写成分数，例如 1/2。")))
        return self.cleaned_data

    def heirs(self) -> tuple[tuple[str, Fraction], ...]:
        """Return the codes given, each with its share."""
        given = self.cleaned_data
        return tuple(
            (given[f"code_{number}"], share_in(given[f"share_{number}"] or "1"))
            for number in range(1, _PARTS + 1)
            if given[f"code_{number}"]
        )
