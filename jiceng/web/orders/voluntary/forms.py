"""What is asked of branches and members about wishes and voluntary service."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.orders.models import MicroWish, WelfarePost, WishConsent
from jiceng.orders.operations.voluntary import claims, services, wishes
from jiceng.orders.volunteering import post_kinds, skills, wish_groups, wish_kinds
from jiceng.registry.models import Unit
from jiceng.ui.forms import Picker, choose
from jiceng.web.notices.forms import day_field

_LINE = {"autocomplete": "off"}
_HOUR = 60


def kinds_of_wishes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds in their groups, as a list to choose from."""
    return [
        (_(title), [(k.code, _(k.title)) for k in wish_kinds().values() if k.group == group])
        for group, title in wish_groups().items()
    ]


def line(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.TextInput(dict(_LINE)), **more
    )


def words(label: Any, most: int, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea({"rows": rows}), **more
    )


class EmptyForm(forms.Form):
    """Nothing is asked: one only confirms."""


class NewWishForm(forms.Form):
    """A wish written down for a resident."""

    place = forms.IntegerField(label=gettext_lazy("哪个村（社区）"))
    how = forms.ChoiceField(label=gettext_lazy("收集方式"), choices=MicroWish.How)
    kind = forms.ChoiceField(label=gettext_lazy("种类"))
    text = words(gettext_lazy("心愿"), wishes.TEXT, help_text=gettext_lazy("照本人的话写。"))
    name = line(gettext_lazy("姓名"), wishes.NAME)
    phone = line(gettext_lazy("电话"), wishes.PHONE, required=False)
    address = line(
        gettext_lazy("住址"),
        wishes.ADDRESS,
        required=False,
        help_text=gettext_lazy("电话和住址至少留一项；办结后到期删去。"),
    )
    of_minor = forms.BooleanField(
        label=gettext_lazy("这是未成年人的心愿"),
        required=False,
        help_text=gettext_lazy("不公开卡片，只由支部找人实现。"),
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("本人同意公开隐去身份的心愿卡吗"),
        choices=[
            ("", gettext_lazy("不同意，或者没有问")),
            (WishConsent.How.WRITTEN, gettext_lazy("书面同意")),
            (WishConsent.How.SPOKEN, gettext_lazy("口头同意，由我记录")),
        ],
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("不同意公开，一样帮忙实现。"),
    )

    def __init__(self, *args: Any, name_of: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].widget = Picker("web:pick", shown=name_of)
        choose(self, "how", [pair for pair in MicroWish.How.choices if pair[0] != "online"])
        choose(self, "kind", kinds_of_wishes())


class CheckForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("种类"))
    urgency = forms.ChoiceField(
        label=gettext_lazy("缓急"), choices=MicroWish.Urgency, widget=forms.RadioSelect
    )
    summary = words(
        gettext_lazy("卡片文字"),
        wishes.SUMMARY,
        3,
        help_text=gettext_lazy("用您的话写，看不出是谁：不写姓名、电话、门牌和病情。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", kinds_of_wishes())


class CardForm(forms.Form):
    summary = CheckForm.base_fields["summary"]


class ConsentForm(forms.Form):
    how = forms.ChoiceField(
        label=gettext_lazy("怎样同意的"),
        choices=[pair for pair in WishConsent.How.choices if pair[0] != "online"],
        widget=forms.RadioSelect,
    )
    given_on = day_field(gettext_lazy("同意日"))


class AnswerForm(forms.Form):
    answer = words(
        gettext_lazy("答复"), wishes.ANSWER, help_text=gettext_lazy("本人凭查询码可见。")
    )


class PassOnForm(forms.Form):
    service = forms.ChoiceField(label=gettext_lazy("转为哪种诉求"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "service", [(one.code, _(one.title)) for one in wishes.duty_services()])


class ConfirmedForm(forms.Form):
    fulfilled = forms.TypedChoiceField(
        label=gettext_lazy("本人怎么说"),
        choices=[("yes", gettext_lazy("已经实现")), ("no", gettext_lazy("没有实现"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )


class PostForm(forms.Form):
    branch = forms.TypedChoiceField(label=gettext_lazy("哪个党组织的岗位"), coerce=int)
    kind = forms.ChoiceField(widget=forms.HiddenInput)
    title = line(gettext_lazy("岗位名称"), 60)
    place_text = line(
        gettext_lazy("地点或对象"),
        80,
        required=False,
        help_text=gettext_lazy("如河段、路口、几户人家。不写居民的姓名。"),
    )
    duties = words(gettext_lazy("做什么"), 300, 3)
    hours = line(gettext_lazy("服务时间"), 80, required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("可认领人数"),
        min_value=1,
        max_value=1000,
        widget=forms.TextInput({"inputmode": "numeric", **_LINE}),
    )
    licence = line(
        gettext_lazy("所需资格"),
        60,
        required=False,
        help_text=gettext_lazy("依法要有执业资格的写明；医务救助、法律维权已预填。"),
    )
    dangerous = forms.BooleanField(
        label=gettext_lazy("有人身危险"),
        required=False,
        help_text=gettext_lazy("如河道、路口、应急：先投保，再上岗。"),
    )
    insurance = line(gettext_lazy("由谁投什么保险"), 120, required=False)

    def __init__(self, *args: Any, branches: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "branch", [(unit.pk, unit.name) for unit in branches])
        choose(self, "kind", [(kind.code, _(kind.title)) for kind in post_kinds().values()])


class CapacityForm(forms.Form):
    capacity = PostForm.base_fields["capacity"]


class ConfirmClaimForm(forms.Form):
    """What was looked at, where the post asks for it."""

    licence_seen = line(gettext_lazy("核对的资格证件"), claims.SEEN, required=False)
    insured = line(gettext_lazy("投保情况"), claims.SEEN, required=False)

    def __init__(self, *args: Any, post: WelfarePost | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if post is None or not post.licence:
            del self.fields["licence_seen"]
        if post is None or not post.dangerous:
            del self.fields["insured"]


class TurnDownForm(forms.Form):
    words = words(
        gettext_lazy("说明"), claims.WORDS, 3, help_text=gettext_lazy("认领的党员看得到。")
    )


class ServedForm(forms.Form):
    """One service, in hours and minutes as people say it."""

    day = day_field(gettext_lazy("服务日"))
    hours = forms.IntegerField(
        label=gettext_lazy("小时"),
        min_value=0,
        max_value=24,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", **_LINE}),
    )
    more = forms.IntegerField(
        label=gettext_lazy("分钟"),
        min_value=0,
        max_value=59,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", **_LINE}),
    )
    words = words(gettext_lazy("做了什么、结果怎样"), services.WORDS, 3)

    def served(self) -> services.Served:
        given = self.cleaned_data
        minutes = (given["hours"] or 0) * _HOUR + (given["more"] or 0)
        return services.Served(given["day"], minutes, given["words"])


class CorrectionForm(ServedForm):
    reason = line(gettext_lazy("更正原因"), services.REASON)
    none = forms.BooleanField(label=gettext_lazy("没有这次服务，整条作废"), required=False)
    field_order = ("none", "day", "hours", "more", "words", "reason")


class SkillsForm(forms.Form):
    codes = forms.MultipleChoiceField(
        label=gettext_lazy("专长"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("自愿填写，随时可改；只有您的支部找人时看得到。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "codes", [(code, _(title)) for code, title in skills().items()])


class CommunityForm(forms.Form):
    """With which village or community to register."""

    place = forms.IntegerField(label=gettext_lazy("哪个村（社区）"))

    def __init__(self, *args: Any, name_of: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].widget = Picker("portal:notice_pick", shown=name_of)


class CertificateForm(forms.Form):
    since = day_field(gettext_lazy("从"))
    until = day_field(gettext_lazy("到"))
