"""Forms of what is done with an order; each gives what its operation asks for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.access.queries import unit_for
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.core.refusals import Denied, NotFound
from jiceng.orders import catalogue
from jiceng.orders.limits import CONTACT, NAME, TEXT, WHERE
from jiceng.orders.models import Order
from jiceng.orders.pauses import REASONS
from jiceng.orders.queries.giving import departments_for
from jiceng.procedures.kinds import Wrong
from jiceng.registry.models import Unit
from jiceng.ui.forms import Picker, choose
from jiceng.web.registry.fields import AskedPicker, UnitField

REASON, REPLY = 300, 2000
_ROWS = {"rows": 3, "autocomplete": "off"}
YES_NO = (("yes", gettext_lazy("是")), ("no", gettext_lazy("否")))


class HandlerField(UnitField):
    """A unit to which orders may be given: a place or an organisation in the reader's area."""

    def __init__(self, user: User, **options: Any) -> None:
        super().__init__(user, "orders.dispatch", tree="", **options)
        self.widget = Picker("web:pick", self._name_of)

    def _unit(self, number: int) -> Unit:
        try:
            return unit_for(self.user, self.permission, number=number)
        except (NotFound, Denied) as refusal:
            raise ValidationError(refusal.sentence) from refusal


class PlaceField(UnitField):
    """A division at which somebody may enter orders."""

    def __init__(self, user: User, **options: Any) -> None:
        super().__init__(user, "orders.enter", tree="division", **options)
        self.widget = AskedPicker(
            "web:pick", self._name_of, asked={"tree": "division", "level": [4, 5, 6, 7]}
        )


class ActForm(forms.Form):
    """What somebody says who takes an order on; `seen` is the version that he saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, user: User, order: Order, *args: Any, **options: Any) -> None:
        options["initial"] = {"seen": order.case.version, **options.get("initial", {})}
        super().__init__(*args, **options)
        self.user, self.order = user, order
        self.offered = bool(self.data.get("despite"))
        self.prepare()

    def prepare(self) -> None:
        """Complete the fields by the order and the user."""

    def offer(self) -> None:
        """Add the box by which a person goes on although something is missing."""
        self.fields["despite"] = forms.BooleanField(label=_("知悉并继续"), required=False)

    @property
    def given(self) -> dict[str, Any]:
        """Return what the operation asks for beside the order."""
        return {**self.cleaned_data, **({"despite": True} if self.offered else {})}

    def put(self, wrong: Wrong) -> None:
        for name, sentence in wrong.fields.items():
            self.add_error(name if name in self.fields else None, sentence)


class ReasonForm(ActForm):
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=REASON, widget=forms.Textarea(attrs=_ROWS)
    )


class DispatchForm(ActForm):
    reason = forms.CharField(
        label=gettext_lazy("交代的话"),
        max_length=REASON,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("seen", "handler", "reason")

    def prepare(self) -> None:
        self.fields["handler"] = HandlerField(
            self.user, label=_("承办单位"), help_text=_("输入名称，从列出的单位里选。")
        )
        self.order_fields(self.field_order)

    @property
    def given(self) -> dict[str, Any]:
        given = super().given
        return {**given, "handler": given["handler"].pk}


class ExcludeForm(ActForm):
    exclusion = forms.ChoiceField(
        label=gettext_lazy("属于哪种情形"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("群众凭查询码会看到该去哪里办。"),
    )
    reason = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=REASON,
        required=False,
        widget=forms.Textarea(attrs=_ROWS),
    )

    def prepare(self) -> None:
        choose(self, "exclusion", [(one.code, one.title) for one in catalogue.exclusions()])


class AcceptForm(ActForm):
    contacted = forms.BooleanField(
        label=gettext_lazy("已经和群众联系过"),
        required=False,
        help_text=gettext_lazy("首接负责：接单后先联系群众。"),
    )


class ReviewForm(ActForm):
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=REASON, widget=forms.Textarea(attrs=_ROWS)
    )
    field_order = ("seen", "handler", "reason")

    def prepare(self) -> None:
        self.fields["handler"] = HandlerField(
            self.user,
            label=_("改派给"),
            required=False,
            help_text=_("不改派的留空，仍由原单位办。"),
        )
        self.order_fields(self.field_order)

    @property
    def given(self) -> dict[str, Any]:
        given = super().given
        return {**given, "handler": given["handler"].pk if given["handler"] else None}


class FinishForm(ActForm):
    reply = forms.CharField(
        label=gettext_lazy("给群众的答复"),
        max_length=REPLY,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        help_text=gettext_lazy("群众凭查询码看得到。不要写姓名、电话和住址。"),
    )
    contacted = forms.BooleanField(
        label=gettext_lazy("已经和群众联系过"), required=False, initial=True
    )


class EndingForm(ReasonForm):
    ended = forms.ChoiceField(
        label=gettext_lazy("是否终止"),
        choices=(("yes", gettext_lazy("同意终止")), ("no", gettext_lazy("不同意，继续办理"))),
        widget=forms.RadioSelect,
    )
    field_order = ("seen", "ended", "reason")

    @property
    def given(self) -> dict[str, Any]:
        return {**super().given, "ended": self.cleaned_data["ended"] == "yes"}


class CallBackForm(ActForm):
    reached = forms.ChoiceField(
        label=gettext_lazy("是否联系上"), choices=YES_NO, widget=forms.RadioSelect
    )
    solved = forms.ChoiceField(
        label=gettext_lazy("是否解决"), choices=YES_NO, widget=forms.RadioSelect, required=False
    )
    satisfied = forms.ChoiceField(
        label=gettext_lazy("是否满意"), choices=YES_NO, widget=forms.RadioSelect, required=False
    )
    note = forms.CharField(
        label=gettext_lazy("群众怎么说"),
        max_length=REPLY,
        required=False,
        widget=forms.Textarea(attrs=_ROWS),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("solved", "satisfied"):
            if cleaned.get("reached") == "yes" and not cleaned.get(name):
                self.add_error(name, _("联系上了的，请选“是”或“否”。"))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        said = {"yes": True, "no": False, "": None}
        answers = ("reached", "solved", "satisfied")
        given = super().given
        reached = given["reached"] == "yes"
        told = {name: said[given[name]] if reached else None for name in answers}
        return {**given, **told, "reached": reached}


class MergeForm(ActForm):
    into = forms.CharField(
        label=gettext_lazy("并入哪一件"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("写编号。须是同一个地方、同一种类、还在办的。"),
    )


class PauseForm(ActForm):
    reason = forms.ChoiceField(label=gettext_lazy("原因"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=REASON,
        widget=forms.Textarea(attrs=_ROWS),
        help_text=gettext_lazy("请群众补充的，写明要补充什么，群众看得到。"),
    )

    def prepare(self) -> None:
        choose(self, "reason", [(one.code, one.title) for one in REASONS.values()])


class WhyForm(ActForm):
    why = forms.CharField(
        label=gettext_lazy("理由"), max_length=REASON, widget=forms.Textarea(attrs=_ROWS)
    )


class ExtensionForm(WhyForm):
    granted = forms.ChoiceField(
        label=gettext_lazy("是否同意"), choices=YES_NO, widget=forms.RadioSelect
    )
    field_order = ("seen", "granted", "why")

    @property
    def given(self) -> dict[str, Any]:
        return {**super().given, "granted": self.cleaned_data["granted"] == "yes"}


class CallInForm(ActForm):
    units = forms.MultipleChoiceField(
        label=gettext_lazy("请哪些部门"), widget=forms.CheckboxSelectMultiple
    )
    asks = forms.CharField(
        label=gettext_lazy("要办什么"), max_length=REASON, widget=forms.Textarea(attrs=_ROWS)
    )

    def prepare(self) -> None:
        found = departments_for(self.order, clock.today())
        choose(self, "units", [(str(unit.pk), unit.name) for unit in found])
        if not found:
            self.fields["units"].help_text = _("这里还没有开户的部门联络员，请先在“账号”开户。")

    @property
    def given(self) -> dict[str, Any]:
        given = super().given
        return {**given, "units": [int(unit) for unit in given["units"]]}


class AssistForm(ActForm):
    asks = forms.CharField(
        label=gettext_lazy("要办什么"), max_length=REASON, widget=forms.Textarea(attrs=_ROWS)
    )
    field_order = ("seen", "unit", "asks")

    def prepare(self) -> None:
        self.fields["unit"] = HandlerField(self.user, label=_("协办单位"))
        self.order_fields(self.field_order)

    @property
    def given(self) -> dict[str, Any]:
        given = super().given
        return {**given, "unit": given["unit"].pk}


class ReleaseForm(ActForm):
    summary = forms.CharField(
        label=gettext_lazy("摘要"),
        max_length=REASON,
        widget=forms.Textarea(attrs=_ROWS),
        help_text=gettext_lazy("例：村口一盏路灯不亮。"),
    )


class AnswerForm(ActForm):
    reply = forms.CharField(
        label=gettext_lazy("办了什么"), max_length=REPLY, widget=forms.Textarea(attrs=_ROWS)
    )


class JudgeForm(ActForm):
    accepted = forms.ChoiceField(
        label=gettext_lazy("答复行不行"), choices=YES_NO, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=REASON,
        required=False,
        widget=forms.Textarea(attrs=_ROWS),
        help_text=gettext_lazy("不行的，必须写明理由。"),
    )

    @property
    def given(self) -> dict[str, Any]:
        return {**super().given, "accepted": self.cleaned_data["accepted"] == "yes"}


class EntryForm(forms.Form):
    """What somebody tells at the counter, on the telephone or at a visit."""

    kind = forms.ChoiceField(label=gettext_lazy("什么事"))
    text = forms.CharField(
        label=gettext_lazy("内容"),
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        help_text=gettext_lazy("照群众的话写。姓名、电话写在下面，不写在这里。"),
    )
    where = forms.CharField(
        label=gettext_lazy("具体地点"),
        max_length=WHERE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    channel = forms.ChoiceField(label=gettext_lazy("怎么来的"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("称呼"),
        max_length=NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        max_length=CONTACT,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("可以不留。只有首接单位和承办单位看得到，结案后按规定删除。"),
    )
    field_order = ("kind", "place", "where", "text", "channel", "name", "phone")

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        grouped = catalogue.grouped()
        groups = catalogue.shipped().groups
        kinds = [
            (groups[group], [(one.code, one.title) for one in services])
            for group, services in grouped.items()
            if services
        ]
        choose(self, "kind", [("", _("请选择")), *kinds])
        staffed = ("counter", "phone", "visit")
        choose(self, "channel", [(one, Order.Channel(one).label) for one in staffed])
        self.fields["place"] = PlaceField(user, label=_("在哪个村（社区）"))
        self.order_fields(self.field_order)
