"""Forms of the public pages: short, nothing asked that is not needed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiceng.feedback import public
from jiceng.notices import public as notices
from jiceng.ui.forms import Picker


class ComplaintForm(forms.Form):
    text = forms.CharField(
        label=_("您的意见"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("说说哪里不好用、哪张表重复要、哪里不合规定。请勿填写身份证号和银行卡号。"),
    )
    kind = forms.ChoiceField(label=_("类别"), choices=public.KINDS, widget=forms.RadioSelect)
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=80,
        required=False,
        help_text=_("可以不填。只有答复的人看得到，答复之后到期删去。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    page = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)


class LookUpForm(forms.Form):
    code = forms.CharField(
        label=_("查询码"),
        max_length=40,
        help_text=_("提交时给您的三组字母和数字，大小写、空格、横线都不要紧。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class PlaceForm(forms.Form):
    """Whose notices to look at."""

    place = forms.IntegerField(label=_("哪个村（社区）"), required=False)

    def __init__(self, *args: Any, name_of: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].widget = Picker("portal:notice_pick", shown=name_of)


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=_("您的异议"),
        max_length=notices.TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("写明哪里不对、为什么。请勿填写身份证号和银行卡号。"),
    )
    name = forms.CharField(
        label=_("姓名"),
        max_length=notices.NAME,
        required=False,
        help_text=_("可以不填。只有办理的人看得到，从不公开，答复之后到期删去。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=notices.CONTACT,
        required=False,
        help_text=_("可以不填。只有办理的人看得到，从不公开，答复之后到期删去。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class VerifyForm(forms.Form):
    text = forms.CharField(
        label=_("公示的文字"),
        max_length=notices.TEXT_TO_CHECK,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "从标题到有编号的最后一行，整段粘贴。多粘了前后的文字、换行和空格不同，都不要紧。"
        ),
    )
