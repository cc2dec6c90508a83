"""What is asked of a file that is kept; other pages may use the form within their own."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiceng.documents.content import TAKEN
from jiceng.documents.models import Document
from jiceng.documents.retention import TERMS

_ENDINGS = ",".join(ending for type_ in TAKEN for ending in type_.endings)


def _terms() -> list[tuple[str, str]]:
    return [("", "———"), *((term.code, term.shown) for term in TERMS.values())]


class DocumentForm(forms.Form):
    file = forms.FileField(
        label=_("文件"),
        help_text=_(
            "PDF、Word（.docx）、Excel（.xlsx）、JPEG、PNG、CSV 或文本。不得上传涉密文件。"
        ),
        widget=forms.FileInput({"accept": _ENDINGS}),
        allow_empty_file=True,  # the operation says what to do about one
    )
    title = forms.CharField(
        label=_("标题"), max_length=120, required=False, help_text=_("不填就用文件名。")
    )
    klass = forms.ChoiceField(
        label=_("内容类别"),
        choices=Document.Class,
        initial=Document.Class.INTERNAL,
        help_text=_(
            "有姓名、电话、住址的是“含个人信息”；有身份证号、银行卡号、病残、入党情况的是“含敏感个人信息”。"
        ),
    )
    retention = forms.ChoiceField(
        label=_("保管期限"),
        choices=_terms,
        help_text=_("按县档案部门的保管期限表选；拿不准时选长的。"),
    )

    def kept(self) -> dict[str, Any]:
        """Return what `documents.operations.keep` asks of the sender, the file first."""
        given = self.cleaned_data
        return {
            "upload": given["file"],
            "name": given["file"].name,
            "title": given["title"] or PurePath(given["file"].name).stem[:120],
            "klass": given["klass"],
            "retention": given["retention"],
        }


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("撤回原因"), max_length=200, help_text=_("撤回后打不开，列表里仍留着这一行和原因。")
    )


class OpenForm(forms.Form):
    reason = forms.CharField(
        label=_("为办什么事打开"),
        max_length=200,
        help_text=_("谁、什么时候、为什么打开，记入审计。不要写当事人的姓名和号码。"),
    )


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=_("暂不删除的原因"),
        max_length=200,
        help_text=_("有争议、要作凭据的，登记之后系统不会自动删去。"),
    )


class EraseForm(forms.Form):
    reason = forms.CharField(
        label=_("删去的依据"),
        max_length=200,
        help_text=_("保管期满的，写鉴定和批准文件；撤回的，写为什么不再需要。删去以后不能恢复。"),
    )
