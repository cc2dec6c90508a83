"""Forms of the wishes: what whoever fulfils one needs, and nothing else."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiceng.orders import public_wishes as public
from jiceng.ui.forms import Picker, choose

_LINE = {"autocomplete": "off"}


class WallForm(forms.Form):
    """Whose wishes to look at."""

    place = forms.IntegerField(label=_("哪个村（社区）"), required=False)

    def __init__(self, *args: Any, name_of: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].widget = Picker("portal:notice_pick", shown=name_of)


class WishForm(forms.Form):
    place = forms.IntegerField(label=_("您住在哪个村（社区）"))
    kind = forms.ChoiceField(label=_("种类"))
    text = forms.CharField(
        label=_("您的心愿"),
        max_length=public.TEXT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("只有村（社区）党组织和帮您实现的人看得到。请勿填写身份证号和银行卡号。"),
    )
    name = forms.CharField(
        label=_("姓名"), max_length=public.NAME, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("电话"),
        max_length=public.PHONE,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    address = forms.CharField(
        label=_("住址"),
        max_length=public.ADDRESS,
        required=False,
        widget=forms.TextInput(dict(_LINE)),
        help_text=_("电话和住址至少留一项，好找到您。办结后到期删去，从不公开。"),
    )
    of_minor = forms.BooleanField(
        label=_("这是未成年人的心愿"), required=False, help_text=_("不公开，只在内部找人实现。")
    )
    consent = forms.BooleanField(
        label=_("同意把心愿做成卡片公开"),
        required=False,
        help_text=_(
            "卡片由工作人员另写，看不出是谁，另一人审核后才公开。不同意，一样帮忙；同意了，随时可以收回。"
        ),
    )

    def __init__(self, *args: Any, name_of: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].widget = Picker("portal:notice_pick", shown=name_of)
        choose(self, "kind", public.kinds())
