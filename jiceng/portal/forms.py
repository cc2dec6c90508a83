"""Forms of the public pages: short, nothing asked that is not needed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jiceng.feedback import public


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
        help_text=_("可以不填。只有答复的人看得到。"),
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
