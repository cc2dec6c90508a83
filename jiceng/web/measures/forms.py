"""The form that closes a month."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jiceng.core.periods import Month


class MonthField(forms.CharField):
    """A month, written 2017-12."""

    widget = forms.TextInput(attrs={"type": "month", "autocomplete": "off"})

    def clean(self, value: str) -> Month:
        text = super().clean(value)
        try:
            return Month.parse(text)
        except ValueError as error:
            raise forms.ValidationError(_("请按 2017-12 这样填写月份。")) from error


class CloseForm(forms.Form):
    month = MonthField(
        label=_("月份"),
        help_text=_("关账后，这个月的数照此刻保存；之后的登记和更正另列，不改已关账的数。"),
    )
