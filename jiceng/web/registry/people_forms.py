"""What is asked of an officer who records people, posts, members, bodies and facts."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.access.queries.people import people_for
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.core.periods import FOREVER, Month
from jiceng.registry.models import Body, Membership, Post, VillageFact
from jiceng.registry.models.units import Tree
from jiceng.registry.operations import PersonRow
from jiceng.registry.posts import PostRole
from jiceng.ui.forms import choose
from jiceng.web.registry.fields import DayField, PersonField, UnitField

_TYPED = {"autocomplete": "off"}
_LARGEST = 9_999_999


class BirthMonthField(forms.CharField):
    """A month of birth, 1970-05: its first day stands for it."""

    widget = forms.TextInput({"type": "month", **_TYPED})

    def clean(self, value: Any) -> datetime.date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            month = Month.parse(text)
        except ValueError as error:
            raise ValidationError(_("请按 1970-05 这样填写出生年月。")) from error
        if month.first > clock.today():
            raise ValidationError(_("出生年月不能在今天之后。"))
        return month.first


class SomebodyForm(forms.Form):
    """Somebody in the register, or somebody new."""

    name = forms.CharField(
        label=gettext_lazy("姓名"),
        max_length=40,
        required=False,
        widget=forms.TextInput(_TYPED),
    )
    birth_month = BirthMonthField(label=gettext_lazy("出生年月"), required=False)
    office_phone = forms.CharField(
        label=gettext_lazy("办公电话"),
        max_length=32,
        required=False,
        widget=forms.TextInput(_TYPED),
    )
    another = forms.BooleanField(
        label=gettext_lazy("名录里的同名者不是他，另行登记"), required=False
    )
    newcomer = ["name", "birth_month", "office_phone", "another"]

    def __init__(self, data: Any, *, user: User, **initial: object) -> None:
        super().__init__(data, initial={"since": clock.today(), **initial})
        self.user = user
        self.fields["person"] = PersonField(
            user,
            label=_("名录里的人"),
            required=False,
            help_text=_("输入完整的姓名或人员编号。"),
        )
        self.order_fields(["person", *self.newcomer])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if bool(given.get("person")) == bool(given.get("name")) and "person" not in self.errors:
            raise ValidationError(_("请选一个名录里的人，或写新登记的人的姓名：两者取一。"))
        if given.get("name") and not given.get("another"):
            self._refuse_namesakes(given["name"], given.get("birth_month"))
        return given

    def _refuse_namesakes(self, name: str, born: datetime.date | None) -> None:
        known = [
            one
            for one in people_for(self.user, name, clock.today())
            if not (born and one.person.birth_month and one.person.birth_month != born)
        ]
        if known:
            where = _("、").join(one.unit.name for one in known[:5])
            self.add_error(
                "name",
                _("名录里已有同名的人（%s）。是他的，请在上面选；不是的，请勾选“另行登记”。")
                % where,
            )

    def somebody(self) -> int | PersonRow:
        given = self.cleaned_data
        if given["person"]:
            return int(given["person"].pk)
        return PersonRow(
            given["name"],
            birth_month=given["birth_month"],
            office_phone=given["office_phone"],
        )


class AppointForm(SomebodyForm):
    role = forms.ChoiceField(label=gettext_lazy("职务"))
    title = forms.CharField(
        label=gettext_lazy("职务名称"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("当地另有叫法的才填。"),
        widget=forms.TextInput(_TYPED),
    )
    deputises = forms.TypedChoiceField(
        label=gettext_lazy("代理"), coerce=int, empty_value=None, required=False
    )
    since = DayField(label=gettext_lazy("任职日"))
    until = DayField(
        label=gettext_lazy("到期日"),
        past=False,
        required=False,
        help_text=gettext_lazy("代理或有任期的，写最后一天；没有的不填。"),
    )

    def __init__(self, data: Any, *, user: User, offered: list[PostRole], held: list[Post]) -> None:
        super().__init__(data, user=user)
        choose(self, "role", [(post.code, post.title) for post in offered])
        nobody = ("", _("不是代理"))
        held = [post for post in held if post.deputises_id is None]
        choose(self, "deputises", [nobody, *((p.pk, f"{p.title} {p.person.name}") for p in held)])
        last = ["deputises", "since", "until"]
        self.order_fields(["role", "title", "person", *self.newcomer, *last])

    def clean(self) -> dict[str, Any]:
        return _in_order(self, super().clean())


def _in_order(form: forms.Form, given: dict[str, Any]) -> dict[str, Any]:
    """Turn the last day into the first that no longer counts; it must not come before the first."""
    until, since = given.get("until"), given.get("since")
    if until and since and until < since:
        form.add_error("until", _("最后一天不能早于第一天。"))
    given["ends"] = until + datetime.timedelta(days=1) if until else FOREVER
    return given


class LeaveForm(forms.Form):
    day = DayField(
        label=gettext_lazy("自哪一天起不再担任"), help_text=gettext_lazy("这一天起已经不算。")
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"day": clock.today()})


class EnrolForm(SomebodyForm):
    standing = forms.ChoiceField(label=gettext_lazy("类别"), choices=Membership.Standing.choices)
    since = DayField(label=gettext_lazy("接收日"))


class LeaveOrganisationForm(forms.Form):
    day = DayField(
        label=gettext_lazy("转出或终止日"), help_text=gettext_lazy("这一天起不再在这个组织。")
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data, initial={"day": clock.today()})
        self.fields["to"] = UnitField(
            user,
            "registry.edit",
            tree=Tree.ORGANISATION,
            label=_("转到哪个组织"),
            required=False,
            help_text=_("转到您管不到的组织，由上级办理；不再有党籍关系的，不填。"),
        )
        self.order_fields(["to", "day"])


class BodyForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("村级组织"), choices=Body.Kind.choices)
    term = forms.CharField(
        label=gettext_lazy("届次"),
        max_length=20,
        help_text=gettext_lazy("例如：第十一届。"),
        widget=forms.TextInput(_TYPED),
    )
    since = DayField(label=gettext_lazy("届期起"))
    until = DayField(
        label=gettext_lazy("届满日"),
        past=False,
        required=False,
        help_text=gettext_lazy("届期的最后一天；没有定的不填。"),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"since": clock.today()})

    def clean(self) -> dict[str, Any]:
        return _in_order(self, self.cleaned_data)


class BodySeatForm(SomebodyForm):
    role = forms.CharField(
        label=gettext_lazy("职务"),
        max_length=40,
        help_text=gettext_lazy("例如：主任、委员、代表。"),
        widget=forms.TextInput(_TYPED),
    )
    since = DayField(label=gettext_lazy("任职日"))

    def __init__(self, data: Any, *, user: User, body: Body) -> None:
        super().__init__(data, user=user, since=body.valid_from)
        self.order_fields(["role", "person", *self.newcomer, "since"])


class FactForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("项目"), choices=VillageFact.Kind.choices)
    value = forms.IntegerField(
        label=gettext_lazy("数值"),
        min_value=0,
        max_value=_LARGEST,
        widget=forms.TextInput({"inputmode": "numeric", **_TYPED}),
    )
    day = DayField(label=gettext_lazy("数据日期"), help_text=gettext_lazy("这个数反映的是哪一天。"))
    reason = forms.CharField(
        label=gettext_lazy("更正原因"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("同一天已登记过别的数的才填：原来的数留着，注明被更正。"),
        widget=forms.TextInput(_TYPED),
    )

    def __init__(self, data: Any, *, kind: str) -> None:
        super().__init__(data, initial={"day": clock.today(), "kind": kind})
