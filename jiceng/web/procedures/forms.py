"""Forms of steps: their fields come from the step's kind, which also cleans them."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.procedures.kinds.base import Field, Wrong
from jiceng.procedures.operations.taking import How

AS_FACT, DESPITE = "as_fact", "despite"


class StepForm(forms.Form):
    """The day of the event, the version that was seen, and what the kind asks."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    happened_on = forms.DateField(
        label=gettext_lazy("发生日期"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("实际办理的那一天，不是登记的日期。"),
    )

    def __init__(self, fields: Iterable[Field], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = [field.code for field in fields]
        for field in fields:
            self.fields[field.code] = _drawn(field)

    def offer(self, name: str) -> None:
        """Add the box by which a person goes on although something is missing."""
        labels = {
            AS_FACT: _("只登记事实：照实保存，没有效力，事项留在原处"),
            DESPITE: _("知悉并继续"),
        }
        self.fields[name] = forms.BooleanField(label=labels[name], required=False)

    @property
    def given(self) -> dict[str, Any]:
        return {code: self.cleaned_data[code] for code in self.asked}

    @property
    def happened(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["happened_on"]
        return day

    @property
    def how(self) -> How:
        return How(
            as_fact=bool(self.data.get(AS_FACT)),
            despite=bool(self.data.get(DESPITE)),
        )

    def put(self, wrong: Wrong) -> None:
        """Put each fault at its field."""
        for name, sentence in wrong.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class CorrectionForm(StepForm):
    reason = forms.CharField(
        label=gettext_lazy("更正原因"),
        max_length=300,
        help_text=gettext_lazy("原来的记录保留，原因一并存档。"),
    )


class ReasonForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(ReasonForm):
    step = forms.ChoiceField(label=gettext_lazy("退回到"))

    field_order = ("seen", "step", "reason")


def _drawn(field: Field) -> forms.Field:
    common: dict[str, Any] = {
        "label": field.label,
        "required": field.required and field.kind != "flag",
        "help_text": field.help,
        "initial": field.initial,
    }
    if field.kind == "flag":
        return forms.BooleanField(**common)
    if field.kind == "choice":
        radio = len(field.choices) <= 3
        widget: forms.Widget = forms.RadioSelect() if radio else forms.Select()
        return forms.ChoiceField(choices=field.choices, widget=widget, **common)
    return forms.CharField(widget=_widget(field), **common)


def _widget(field: Field) -> forms.Widget:
    if field.kind == "long":
        return forms.Textarea(attrs={"rows": 6})
    if field.kind == "day":
        return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    if field.kind in ("number", "money"):
        return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.TextInput(attrs={"autocomplete": "off"})
