"""What is asked when something is put forward, delegated or corrected."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.periods import DAY
from jiceng.decisions.models import Delegation, Motion
from jiceng.ui.forms import choose


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **options
    )


class Yuan(forms.DecimalField):
    """An amount in yuan as people write it; the value is whole fen."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=14, decimal_places=2, min_value=0, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        amount = super().clean(value)
        return None if amount is None else int(amount * 100)


class MotionForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("议题"),
        max_length=160,
        help_text=gettext_lazy("一句话写明要决定什么。"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=gettext_lazy("内容"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    amount = Yuan(label=gettext_lazy("涉及金额（元）"), required=False)
    raised_by = forms.ChoiceField(label=gettext_lazy("谁提出"), choices=Motion.Raiser)
    signatures = forms.IntegerField(
        label=gettext_lazy("联名人数"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("村民或者村民代表联名提出的才填。"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    raised_on = _day(gettext_lazy("提出日"))


class WishForm(forms.Form):
    """The body that the proposer would take it to; asked by the address."""

    body = forms.ChoiceField(label=gettext_lazy("想开的会议"), required=False)

    def __init__(self, bodies: Iterable[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "body", [("", _("不指定")), *bodies])


class RedirectForm(forms.Form):
    matter = forms.ChoiceField(label=gettext_lazy("应当是哪一项"))
    body = forms.ChoiceField(label=gettext_lazy("由哪个会议决定"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("纠正原因"), max_length=200, widget=forms.Textarea({"rows": 3})
    )

    def __init__(
        self,
        matters: Iterable[tuple[str, Any]],
        bodies: Iterable[tuple[str, str]],
        *args: Any,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        choose(self, "matter", matters)
        choose(self, "body", [("", _("按规定确定")), *bodies])


class DelegationForm(forms.Form):
    matter = forms.ChoiceField(label=gettext_lazy("授权事项"))
    way = forms.ChoiceField(label=gettext_lazy("怎样授权"), choices=Delegation.Way)
    decided_on = _day(gettext_lazy("决定日"))
    document = forms.CharField(
        label=gettext_lazy("依据文件"),
        max_length=200,
        help_text=gettext_lazy("例如：村民会议决议的名称和编号，或者章程的条款。"),
    )
    valid_from = _day(gettext_lazy("生效日"))
    last_day = _day(gettext_lazy("到哪一天为止"), help_text=gettext_lazy("这一天还算在内。"))

    def __init__(self, matters: Iterable[tuple[str, Any]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "matter", matters)

    @property
    def granted(self) -> dict[str, Any]:
        """Return the fields of a Mandate: its end is the first day that no longer counts."""
        asked = {**self.cleaned_data}
        asked["valid_to"] = asked.pop("last_day") + DAY
        return asked


class EndForm(forms.Form):
    on = _day(gettext_lazy("从哪一天起不再有效"))
    reason = forms.CharField(
        label=gettext_lazy("原因"), max_length=200, widget=forms.Textarea({"rows": 3})
    )


class OpenForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("事项"), max_length=160, widget=forms.TextInput({"autocomplete": "off"})
    )
    opened_on = _day(gettext_lazy("提出日"))
