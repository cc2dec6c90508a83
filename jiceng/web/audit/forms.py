"""What the auditor looks for."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiceng.audit.queries import Search
from jiceng.audit.words import actions
from jiceng.core.periods import DAY
from jiceng.ui.forms import choose

_DAY = {"type": "date"}


class SearchForm(forms.Form):
    actor = forms.CharField(label=_("操作者"), max_length=96, required=False)
    action = forms.ChoiceField(label=_("操作"), required=False)
    subject = forms.CharField(label=_("对象"), max_length=64, required=False)
    unit = forms.IntegerField(label=_("单位编号"), min_value=1, required=False)
    first = forms.DateField(label=_("自"), required=False, widget=forms.DateInput(attrs=_DAY))
    last = forms.DateField(label=_("至"), required=False, widget=forms.DateInput(attrs=_DAY))
    key = forms.UUIDField(label=_("请求编号"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "action", [("", _("全部")), *actions().items()])

    def search(self) -> Search:
        """Return what is looked for; a field that cannot be read does not narrow."""
        given = getattr(self, "cleaned_data", {})
        last = given.get("last")
        return Search(
            actor=given.get("actor", ""),
            action=given.get("action", ""),
            subject=given.get("subject", ""),
            unit=given.get("unit"),
            first=_midnight(given.get("first")),
            end=_midnight(last + DAY) if last else None,
            key=given.get("key"),
        )


def _midnight(day: datetime.date | None) -> datetime.datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
