"""Forms of residents' orders: short, nothing asked that is not needed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jiceng.orders import public
from jiceng.ui.forms import Picker

_MICRO = 1_000_000
_YES_NO = [("yes", _("是")), ("no", _("否"))]
_PLAIN = {"autocomplete": "off"}


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("什么事？用平常的话写几个字"),
        max_length=60,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "enterkeyhint": "search", "type": "search"}
        ),
    )


class OrderForm(forms.Form):
    """What somebody tells. What is too long or wrong is refused where the order is placed."""

    text = forms.CharField(
        label=_("什么事"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("写清楚就行，不用写客套话。请勿填写身份证号和银行卡号。"),
    )
    place = forms.IntegerField(label=_("在哪个村（社区）或乡镇（街道）"), required=False)
    where = forms.CharField(
        label=_("具体在哪里"),
        required=False,
        help_text=_("比如：村口小卖部对面、某某路和某某路的路口。不知道是哪个村的，只写这里也行。"),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    photo = forms.FileField(
        label=_("照片"),
        required=False,
        help_text=_("可以不传。照片里的拍摄地点、时间、手机型号会自动去掉，只有办理的人看得到。"),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
    )
    name = forms.CharField(
        label=_("怎么称呼您"),
        required=False,
        help_text=_("可以不填。"),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    phone = forms.CharField(
        label=_("电话"),
        required=False,
        help_text=_(
            "可以不填，凭查询码一样能看结果。填了，只有先收到的单位和正在办的单位看得到，办完到期删去。"
        ),
        widget=forms.TextInput(attrs=_PLAIN | {"inputmode": "tel"}),
    )
    reminded = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kind: public.Service, name_of: Callable[[str], str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        picker = "portal:order_pick_any" if self.conduct else "portal:order_pick"
        self.fields["place"].widget = Picker(picker, shown=name_of)
        if self.conduct:
            self.fields["place"].label = _("被反映的人在哪个村、乡镇或县里")
            self.fields["place"].help_text = _(
                "由县级办理（反映县级的由上一级），不会转给这个单位和他本人。"
            )
            for needless in ("where", "latitude", "longitude"):
                del self.fields[needless]
        elif kind.placed_at == "none":
            self.fields["place"].label = _("您在哪个村（社区）或乡镇（街道）")
            for needless in ("where", "latitude", "longitude"):
                del self.fields[needless]

    @property
    def conduct(self) -> bool:
        return self.kind.track == "conduct"

    @property
    def told(self) -> public.Told:
        """Return what was told, once the form is valid."""
        given = self.cleaned_data
        return public.Told(
            kind=self.kind.code,
            text=given["text"],
            place=given["place"],
            where=given.get("where", ""),
            latitude=_micro(given.get("latitude")),
            longitude=_micro(given.get("longitude")),
            name=given["name"],
            phone=given["phone"],
            photo=_photo(given["photo"]),
        )


class JudgeForm(forms.Form):
    solved = forms.ChoiceField(label=_("解决了吗"), choices=_YES_NO, widget=forms.RadioSelect)
    satisfied = forms.ChoiceField(label=_("满意吗"), choices=_YES_NO, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("还想说什么"),
        max_length=public.TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {name: given[name] == "yes" for name in ("solved", "satisfied")} | {
            "note": given["note"]
        }


class AddForm(forms.Form):
    text = forms.CharField(
        label=_("补充的内容"),
        max_length=public.TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WithdrawForm(forms.Form):
    """Nothing is asked: whoever holds the code need give no reason."""


def _micro(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * _MICRO)


def _photo(file: UploadedFile | None) -> public.Photo | None:
    if file is None:
        return None
    return public.Photo(file, file.name or "", file.size or 0)  # type: ignore[arg-type]  # reads as a file
