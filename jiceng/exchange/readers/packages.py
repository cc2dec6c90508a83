"""The zip around a workbook: what is looked at before, and counted while, it is unpacked."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from django.utils.translation import gettext as _

from jiceng.exchange.readers.refusals import UnreadableFile
from jiceng.exchange.readers.tables import Limits

_BLOCK = 1 << 17
_LARGE = 50 << 20  # only parts larger than this are held to the ratio
_RATIO = 200  # unpacked to packed; real sheets reach 10 to 60


class Package:
    """A zip whose declared and real sizes are both held to the limits."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._left = limits.bytes_unpacked
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise broken() from error
        try:
            self._look(limits)
        except BaseException:
            self._zip.close()
            raise

    def _look(self, limits: Limits) -> None:
        parts = self._zip.infolist()
        if len(parts) > limits.members:
            raise bomb()
        if sum(part.file_size for part in parts) > limits.bytes_unpacked:
            raise bomb()
        for part in parts:
            if part.file_size > max(_LARGE, part.compress_size * _RATIO):
                raise bomb()
            if part.flag_bits & 1:
                raise UnreadableFile(_("压缩包设了密码。请取消密码后再上传。"))

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def close(self) -> None:
        self._zip.close()

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes as they are unpacked.

        Raises:
            UnreadableFile: the part is broken, or all parts together are larger than declared.
        """
        try:
            with self._zip.open(name) as part:
                while block := part.read(_BLOCK):
                    self._left -= len(block)
                    if self._left < 0:
                        raise bomb()
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as error:
            raise broken() from error

    def parse(self, name: str, parser: expat.XMLParserType) -> None:
        """Feed a whole part to `parser`; for the small ones."""
        for _block in self.feed(name, parser):
            pass

    def feed(self, name: str, parser: expat.XMLParserType) -> Iterator[None]:
        """Feed a part to `parser`, block by block. A part with a DTD is refused: none has one."""
        parser.StartDoctypeDeclHandler = _refuse_dtd
        try:
            for block in self.blocks(name):
                parser.Parse(block, False)
                yield
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError) as error:
            raise broken() from error
        yield


def _refuse_dtd(*_declaration: object) -> None:
    raise broken()


def broken() -> UnreadableFile:
    return UnreadableFile(
        _("工作簿已损坏，打不开。请在 Excel 或 WPS 中修复，另存为新的 .xlsx，再上传。")
    )


def bomb() -> UnreadableFile:
    return UnreadableFile(
        _("工作簿解压后过大，不能导入。请删去多余的工作表和格式，或另存为 CSV 再上传。")
    )
