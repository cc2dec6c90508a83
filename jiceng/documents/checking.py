"""Whether a file is taken: its content against its name; what is wrong, in words."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.refusals import Invalid
from jiceng.documents import content, packages, papers, pictures
from jiceng.documents.content import Faulty
from jiceng.documents.refusals import (
    Broken,
    CarriesProgram,
    EmptyFile,
    KindNotTaken,
    NotWhatItSays,
    Protected,
    TooLarge,
)

TITLES = {
    content.PDF: "PDF",
    content.JPEG: gettext_lazy("JPEG 图片"),
    content.PNG: gettext_lazy("PNG 图片"),
    content.DOCX: gettext_lazy("Word 文档（.docx）"),
    content.XLSX: gettext_lazy("Excel 工作簿（.xlsx）"),
    content.TXT: gettext_lazy("文本"),
    content.CSV: gettext_lazy("CSV 表格"),
}
_PHONE_PICTURES = {".heic", ".heif", ".webp", ".avif"}
_OLD_OFFICE = {".doc", ".xls", ".wps", ".et", ".docm", ".xlsm", ".rtf"}
_MEGABYTE = 1 << 20


def check(path: Path, name: str) -> str:
    """Return the media type of a file whose content is what its name says. Of a picture, what the
    camera wrote about place, time and device is removed from the file.

    Raises:
        Invalid: a sentence that says what to do instead.
    """
    type_ = _promised(name)
    with path.open("rb") as file:
        head = file.read(content.HEAD)
    if not head.strip():
        raise EmptyFile(_("文件是空的。请打开看一看，保存后再上传。"))
    if content.media_type_of(head, name) is None:
        raise _other(type_)
    try:
        _look(path, type_)
    except Faulty as fault:
        raise _in_words(fault.kind, type_) from fault
    return type_.media_type


def too_large() -> TooLarge:
    return TooLarge(
        _("文件超过 %d 兆字节。请降低扫描分辨率、压缩图片，或拆成几个文件分别上传。")
        % (settings.UPLOAD_LIMIT_BYTES // _MEGABYTE)
    )


def _promised(name: str) -> content.Type:
    type_ = content.type_by_name(name)
    if type_ is not None:
        return type_
    ending = content.ending_of(name)
    if ending in _PHONE_PICTURES:
        raise KindNotTaken(
            _("不收“%s”图片。请在手机相机设置里改为 JPEG（“兼容性最佳”），或转成 .jpg 再上传。")
            % ending
        )
    if ending in _OLD_OFFICE:
        raise KindNotTaken(
            _("不收“%s”文件。请在 Word、Excel 或 WPS 中另存为 .docx、.xlsx 或 PDF，再上传。")
            % ending
        )
    if not ending:
        raise KindNotTaken(_("文件名没有后缀，看不出是什么文件。请加上 .pdf 等后缀再上传。"))
    raise KindNotTaken(
        _("不收“%s”文件。请另存为 PDF、.docx、.xlsx、.jpg、.png、.csv 或 .txt 再上传。")
        % ending[:12]
    )


def _look(path: Path, type_: content.Type) -> None:
    if type_ in (content.JPEG, content.PNG):
        path.write_bytes(pictures.stripped(path.read_bytes()))
    elif type_ in (content.DOCX, content.XLSX):
        packages.check(path, type_.media_type)
    elif type_ is content.PDF:
        papers.check_pdf(path)
    else:
        papers.check_text(path)


def _other(type_: content.Type) -> NotWhatItSays:
    return NotWhatItSays(
        _("文件名说是%s，内容却不是。请用原来的程序打开，另存为这种格式再上传，不要只改文件名。")
        % TITLES[type_]
    )


def _in_words(kind: str, type_: content.Type) -> Invalid:
    match kind:
        case content.OTHER:
            return _other(type_)
        case content.LOCKED:
            return Protected(_("文件设了密码或限制，日后会打不开。请取消后再上传。"))
        case content.MACROS:
            return CarriesProgram(
                _("文件里带有宏。请另存为不带宏的 .docx 或 .xlsx，或导出为 PDF，再上传。")
            )
        case content.ACTIVE:
            return CarriesProgram(_("PDF 里带有脚本。请用“打印成 PDF”另存一份，再上传。"))
        case content.SWELLS:
            return TooLarge(
                _("文件解压后过大，不能保存。请删去多余的图片和工作表，或导出为 PDF 再上传。")
            )
        case content.TOO_MANY_PIXELS:
            return TooLarge(
                _("图片超过 %d 万像素。请缩小尺寸或降低扫描分辨率，再上传。")
                % (pictures.PIXELS // 10_000)
            )
        case content.UNREADABLE:
            return Broken(_("文本里有认不出的字符。请用记事本打开，另存为 UTF-8 编码，再上传。"))
        case _:
            return Broken(
                _("%s文件不完整，可能没有传完或已损坏。请打开核对，重新导出或扫描后再上传。")
                % TITLES[type_]
            )
