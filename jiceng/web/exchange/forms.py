"""What is asked of those who send files in, and take them out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiceng.exchange.declarations import Kind


def _day(label: Any, help_text: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text)


def _offer(form: forms.Form, kinds: Sequence[Kind]) -> None:
    field = form.fields["kind"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(kind.code, kind.title) for kind in kinds]


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"))
    day = _day(_("数据日期"), _("表中没有另写日期的行，都按这一天生效。"))
    file = forms.FileField(
        label=_("文件"),
        help_text=_("XLSX 或 CSV（UTF-8、GBK 均可）；位置也可用 GeoJSON。"),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt,.json,.geojson"}),
        error_messages={"empty": _("文件是空的。请下载模板，填好后再上传。")},
    )

    def __init__(self, kinds: Sequence[Kind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, kinds)


class ApplyForm(forms.Form):
    skip_faulty = forms.BooleanField(
        label=_("有误和未认定的行不导入，只导入无误的行"), required=False
    )


class UndoForm(forms.Form):
    reason = forms.CharField(label=_("撤销原因"), max_length=200)


class ExportForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"))
    day = _day(_("截至"), _("导出这一天的情况。"))
    form = forms.ChoiceField(label=_("格式"), choices=[("xlsx", "XLSX"), ("csv", "CSV")])

    def __init__(self, kinds: Sequence[Kind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, kinds)
