"""What is asked of staff about notices. A draft's form is made of the fields of its kind."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.notices.entries import LENGTHS, TITLE_LENGTH
from jiceng.notices.kinds import COLUMNS, Field, Kind, kinds
from jiceng.notices.models import Objection, ScanDecision
from jiceng.notices.people import MINOR, Unreadable, people_from, text_of
from jiceng.notices.redaction import Finding
from jiceng.ui.forms import Picker, choose

_YUAN = 100


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **more
    )


class NewForm(forms.Form):
    """Which place, and what kind of notice."""

    unit = forms.IntegerField(label=gettext_lazy("哪个村（社区）或乡镇"))
    kind = forms.ChoiceField(label=gettext_lazy("种类"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, name_of: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget = Picker("web:pick", shown=name_of)
        choose(self, "kind", [(kind.code, _(kind.title)) for kind in kinds().values()])


class PeopleField(forms.CharField):
    """A list of people, one a line."""

    def __init__(self, field: Field, **kwargs: Any) -> None:
        self.of = field
        super().__init__(widget=forms.Textarea({"rows": 6}), strip=True, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return text_of(value, self.of) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        try:
            return people_from(super().clean(value), self.of)
        except Unreadable as error:
            raise ValidationError(error.faults) from error


class MoneyField(forms.DecimalField):
    """Yuan on the page, fen inside."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, min_value=0, max_digits=14, decimal_places=2, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / _YUAN:.2f}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        yuan = super().clean(value)
        return None if yuan is None else int(yuan * _YUAN)


class DraftForm(forms.Form):
    """Title and fields of one kind of notice."""

    title = forms.CharField(
        label=gettext_lazy("标题"),
        max_length=TITLE_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in kind.fields:
            self.fields[field.code] = _field_of(field)

    @property
    def body(self) -> dict[str, Any]:
        """What the operation takes: the fields that were filled."""
        given = {code: value for code, value in self.cleaned_data.items() if code != "title"}
        return {code: value for code, value in given.items() if value not in ("", None, [])}


def initial_of(title: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, **body}


def _field_of(field: Field) -> forms.Field:
    given: dict[str, Any] = {"label": _(field.label), "required": field.required}
    if field.type == "people":
        return PeopleField(field, help_text=_help_of(field), **given)
    if field.type == "amount":
        return MoneyField(help_text=_("单位：元。"), **given)
    if field.type == "count":
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        return forms.IntegerField(min_value=0, widget=widget, **given)
    if field.type == "day":
        return day_field(given.pop("label"), **given)
    if field.type == "choice":
        choices = [(choice, choice) for choice in field.choices]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **given)
    given["max_length"] = LENGTHS[field.type]
    if field.type == "text":
        return forms.CharField(widget=forms.Textarea({"rows": 6}), **given)
    return forms.CharField(widget=forms.TextInput({"autocomplete": "off"}), **given)


def _help_of(field: Field) -> str:
    columns = "，".join(str(COLUMNS[column]) for column in field.columns)
    words = _("每行一人：%s。可以从表格里直接粘贴。") % columns
    if field.role == "beneficiary":
        words += (
            _("公开时姓名自动写成“张*明、李*”；未成年人在姓名后写%s，公开时不出现姓名。") % MINOR
        )
    return words


class DecisionsForm(forms.Form):
    """For each find: hide it, or keep it with a reason."""

    def __init__(self, findings: Iterable[Finding], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings = list(findings)
        for finding in self.findings:
            self.fields[f"decision-{finding.key}"] = forms.ChoiceField(
                choices=ScanDecision.Outcome.choices, required=False
            )
            self.fields[f"reason-{finding.key}"] = forms.CharField(max_length=200, required=False)

    @property
    def kept(self) -> set[str]:
        """The keys of what is to be kept, as far as is chosen so far."""
        return {
            finding.key
            for finding in self.findings
            if self.data.get(f"decision-{finding.key}") == ScanDecision.Outcome.NOT_PERSONAL
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)


class PostForm(forms.Form):
    """Who put it where, and when. No photo."""

    board = forms.CharField(
        label=gettext_lazy("张贴在"), max_length=80, initial=gettext_lazy("村务公开栏")
    )
    posted_on = day_field(gettext_lazy("张贴日"))
    posted_by = forms.CharField(label=gettext_lazy("张贴人"), max_length=40)


class TakeDownForm(forms.Form):
    taken_down_on = day_field(gettext_lazy("撤下日"))
    taken_down_by = forms.CharField(label=gettext_lazy("撤下人"), max_length=40)


class ObjectionForm(forms.Form):
    """What somebody said or brought on paper."""

    how = forms.ChoiceField(
        label=gettext_lazy("怎样提出的"),
        widget=forms.RadioSelect,
        choices=[(how.value, how.label) for how in (Objection.How.ORAL, Objection.How.PAPER)],
    )
    received_on = day_field(gettext_lazy("收到日期"))
    text = forms.CharField(
        label=gettext_lazy("异议内容"), max_length=2000, widget=forms.Textarea({"rows": 6})
    )
    name = forms.CharField(
        label=gettext_lazy("提出人"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("可以不填，从不公开。"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("联系方式"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("可以不填，从不公开。"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("处理结果"),
        widget=forms.RadioSelect,
        choices=Objection.Outcome.choices,
    )
    answer = forms.CharField(
        label=gettext_lazy("答复"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("提出人凭查询码看到；不写提出人的姓名、电话。答复后不能更改。"),
    )
