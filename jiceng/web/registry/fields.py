"""Fields that ask for a day that has come, a unit within the reader's rights, somebody known."""

import datetime
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.access.queries import unit_for
from jiceng.access.queries.people import person_for
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.core.refusals import Denied, NotFound
from jiceng.registry.models import Person, Unit
from jiceng.ui.forms import Picker

_FIRST, _LAST = datetime.date(1900, 1, 1), datetime.date(3000, 1, 1)
_LARGEST = 2**63 - 1  # what the databases take as a number


class DayField(forms.DateField):
    """A day; with `past` one that has come: the register holds what has happened."""

    widget = forms.DateInput({"type": "date", "autocomplete": "off"}, "%Y-%m-%d")

    def __init__(self, *, past: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self.past = past

    def clean(self, value: Any) -> datetime.date | None:
        day = super().clean(value)
        if day and not _FIRST <= day < _LAST:
            raise ValidationError(_("请填 1900 年到 2999 年之间的日期。"))
        if day and self.past and day > clock.today():
            raise ValidationError(_("这一天还没有到。请在当天或以后登记。"))
        return day


class AskedPicker(Picker):
    """A picker that narrows what is offered, by `asked` in its address."""

    def __init__(self, *args: Any, asked: Mapping[str, object], **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["address"] += f"?{urlencode(self.asked, doseq=True)}"
        return context


class UnitField(forms.IntegerField):
    """A unit for which `user` holds `permission`; cleaned to the unit as of today."""

    default_error_messages = {
        "required": gettext_lazy("请输入名称或代码，再从列出的单位里选一个。"),
        "invalid": gettext_lazy("请从列出的单位里选一个。"),
    }

    def __init__(self, user: User, permission: str, *, tree: str, **options: Any) -> None:
        picker = AskedPicker("web:pick", self._name_of, asked={"tree": tree})
        super().__init__(widget=picker, max_value=_LARGEST, **options)
        self.user, self.permission, self.tree = user, permission, tree

    def clean(self, value: Any) -> Unit | None:  # type: ignore[override]  # a unit, not its number
        number = super().clean(value)
        return None if number is None else self._unit(number)

    def _unit(self, number: int) -> Unit:
        try:
            unit = unit_for(self.user, self.permission, number=number)
        except (NotFound, Denied) as refusal:
            raise ValidationError(refusal.sentence) from refusal
        if unit.tree != self.tree:
            raise ValidationError(_("“%s”不属于这一体系，请另选。") % unit.name)
        return unit

    def _name_of(self, value: str) -> str:
        try:
            return unit_for(self.user, "registry.view", number=int(value)).name
        except (NotFound, ValueError, OverflowError):
            return ""


class PersonField(forms.IntegerField):
    """Somebody in the register whom `user` may see; cleaned to the person."""

    def __init__(self, user: User, **options: Any) -> None:
        picker = Picker("web:pick_person", self._name_of)
        super().__init__(widget=picker, max_value=_LARGEST, **options)
        self.user = user

    def clean(self, value: Any) -> Person | None:  # type: ignore[override]  # somebody, not a number
        number = super().clean(value)
        if number is None:
            return None
        try:
            return person_for(self.user, number, clock.today())
        except NotFound as refusal:
            raise ValidationError(refusal.sentence) from refusal

    def _name_of(self, value: str) -> str:
        try:
            return person_for(self.user, int(value), clock.today()).name
        except (NotFound, ValueError, OverflowError):
            return ""
