"""What is asked of who describes grids, keeps rosters and lists, and changes kinds of request."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.orders import catalogue
from jiceng.orders.duties import duties
from jiceng.registry.models import Post
from jiceng.ui.forms import Picker, choose

_PLAIN = {"autocomplete": "off"}
_PHONE = forms.TextInput({"inputmode": "tel", **_PLAIN})


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


def document_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("依据文件"),
        max_length=200,
        help_text=gettext_lazy("名称和文号。"),
        widget=forms.TextInput(_PLAIN),
    )


def _text(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, widget=forms.TextInput(_PLAIN), **options
    )


class CardForm(forms.Form):
    area = _text(
        gettext_lazy("网格范围"),
        200,
        required=False,
        help_text=gettext_lazy("写到路、河、楼栋为止，不写住户姓名。"),
    )
    complaint_phone = forms.CharField(
        label=gettext_lazy("投诉电话"),
        max_length=32,
        required=False,
        help_text=gettext_lazy("由乡镇接听，不写网格员自己的。"),
        widget=_PHONE,
    )
    many_absent = forms.BooleanField(
        label=gettext_lazy("大社区且外出的多"),
        required=False,
        help_text=gettext_lazy("户数按另一条规则核对。"),
    )


class LinesForm(forms.Form):
    lines = forms.MultipleChoiceField(
        label=gettext_lazy("工作线"), widget=forms.CheckboxSelectMultiple
    )
    document = document_field()
    valid_from = day_field(gettext_lazy("开始日"))

    def __init__(self, taken: Collection[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = catalogue.shipped().lines
        choose(self, "lines", [(code, title) for code, title in lines.items() if code not in taken])


class PointForm(forms.Form):
    name = _text(gettext_lazy("名称"), 80)
    place = _text(gettext_lazy("地点"), 120)
    hours = _text(gettext_lazy("开放时间"), 80, required=False)
    valid_from = day_field(gettext_lazy("开始日"))


class AccessForm(forms.Form):
    title = _text(gettext_lazy("准入事项"), 120, help_text=gettext_lazy("照文件里的写法。"))
    service = forms.ChoiceField(
        label=gettext_lazy("对应的诉求种类"),
        required=False,
        help_text=gettext_lazy("对应了，这种诉求才可以交给网格。"),
    )
    document = document_field()
    valid_from = day_field(gettext_lazy("开始日"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.code, one.title) for one in catalogue.services() if one.track == "duty"]
        choose(self, "service", [("", _("不对应诉求")), *kinds])


class DutyForm(forms.Form):
    item = forms.ChoiceField(label=gettext_lazy("职责项"))
    title = _text(
        gettext_lazy("清单中的写法"),
        120,
        required=False,
        help_text=gettext_lazy("与职责项的名称一样的不用填。"),
    )
    document = document_field()
    valid_from = day_field(gettext_lazy("开始日"))

    def __init__(self, taken: Collection[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [(duty.code, duty.title) for duty in duties().values() if duty.code not in taken]
        choose(self, "item", free)


WEEKDAYS = [
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
]


def _time(label: Any, help_text: Any = "") -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, "%H:%M")
    return forms.TimeField(label=label, help_text=help_text, widget=widget)


class ShiftForm(forms.Form):
    """A post, the days of the week and the hours at which it answers."""

    post = forms.ChoiceField(label=gettext_lazy("谁值班"))
    phone = forms.CharField(label=gettext_lazy("值班电话"), max_length=32, widget=_PHONE)
    days = forms.MultipleChoiceField(
        label=gettext_lazy("星期"), widget=forms.CheckboxSelectMultiple
    )
    begins = _time(gettext_lazy("开始"))
    ends = _time(gettext_lazy("结束"), gettext_lazy("不晚于开始的，算到第二天。"))
    valid_from = day_field(gettext_lazy("开始日"))

    def __init__(self, posts: Collection[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "post", [(post.pk, f"{post.person.name}（{post.title}）") for post in posts])
        choose(self, "days", [(str(n), day) for n, day in enumerate(WEEKDAYS)])

    def shift(self) -> dict[str, Any]:
        """Return what `declare_shifts` is told."""
        given = self.cleaned_data
        return {
            "post": int(given["post"]),
            "phone": given["phone"],
            "weekdays": sum(1 << int(day) for day in given["days"]),
            "from_minute": given["begins"].hour * 60 + given["begins"].minute,
            "to_minute": given["ends"].hour * 60 + given["ends"].minute,
            "valid_from": given["valid_from"],
        }


class ServiceForm(forms.Form):
    """What a place changes in a kind of request; what is left empty stays as it is."""

    offered = forms.TypedChoiceField(
        label=gettext_lazy("本地办理"),
        choices=[("1", gettext_lazy("办理")), ("", gettext_lazy("不办理"))],
        coerce=bool,
        empty_value="",
        required=False,
    )
    tier = forms.ChoiceField(label=gettext_lazy("办理时限档次"), required=False)
    direct = forms.TypedChoiceField(
        label=gettext_lazy("派单"),
        choices=[
            ("", gettext_lazy("不改")),
            ("no", gettext_lazy("由人确认后派出")),
            ("yes", gettext_lazy("不经确认直接派出")),
        ],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
    )
    handler = forms.IntegerField(
        label=gettext_lazy("承办单位"),
        required=False,
        help_text=gettext_lazy("文件写明由谁承办的，在这里指定；没有写明的留空，按职责清单找。"),
    )
    document = document_field()
    valid_from = day_field(gettext_lazy("开始日"), gettext_lazy("最早是今天。已经派出的不受影响。"))

    def __init__(
        self, tiers: Collection[tuple[str, str]], handler: str, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "tier", [("", _("不改")), *tiers])
        self.fields["handler"].widget = Picker("web:pick", shown=lambda _number: handler)

    def change(self) -> dict[str, Any]:
        """Return what `set_local_service` is told."""
        return {**self.cleaned_data, "offered": bool(self.cleaned_data["offered"])}


class EndForm(forms.Form):
    day = day_field(gettext_lazy("终止日"), gettext_lazy("从这一天起不再适用。"))
