"""Deciding by its content, not by its name, what a file is."""

from pathlib import Path

from django.utils.translation import gettext as _

from jiceng.exchange.readers import delimited, geojson, workbooks
from jiceng.exchange.readers.refusals import UnreadableFile
from jiceng.exchange.readers.tables import Limits, Table

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # xls of before 2007, and encrypted workbooks
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
)


def open_table(path: str | Path, *, limits: Limits | None = None) -> Table:
    """Open a CSV, XLSX or GeoJSON file as a table.

    Memory does not grow with the file, but for GeoJSON, which has a cap of its own. A CSV is read
    twice: once to learn its encoding, once for its rows.

    Raises:
        UnreadableFile: it is none of these, is empty, broken or too large. Faults further down
            rise while the lines are walked.
    """
    path = Path(path)
    limits = limits or Limits()
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        raise UnreadableFile(_("文件是空的。请下载模板，填好后再上传。"))
    if start.startswith(_ZIP):
        return workbooks.open_workbook(path, limits)
    if start.startswith(_OLE):
        raise UnreadableFile(_old_workbook(path))
    for magic, name in _OTHERS:
        if start.startswith(magic):
            raise UnreadableFile(
                _("这是 %s 文件，不是表格。请另存为 .xlsx 或 .csv 后再上传。") % name
            )
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        raise UnreadableFile(
            _("这是网页（HTML/XML）文件，不是表格。请在 Excel 或 WPS 中打开，另存为 .xlsx 再上传。")
        )
    if text.startswith(b"{"):
        return geojson.open_features(path, limits)
    return delimited.open_delimited(path, limits)


def _old_workbook(path: Path) -> str:
    with path.open("rb") as file:
        if _ENCRYPTED in file.read(1 << 20):
            return _("工作簿设了打开密码。请在 Excel 或 WPS 中取消密码，再上传。")
    return _("这是旧格式的工作簿（.xls）。请在 Excel 或 WPS 中另存为 .xlsx，再上传。")
