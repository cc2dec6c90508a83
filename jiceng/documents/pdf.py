"""HTML to PDF, with the fonts of the machine and nothing from a network."""

import functools
import logging
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from jiceng.core.refusals import Conflict

_HOUSE = "house:///"  # stands before relative addresses; no other scheme is answered


class PdfNotAvailable(Conflict):
    """This machine lacks what draws a PDF."""


def render(html: str, *, title: str) -> bytes:
    """Return a page or a whole document as PDF; fonts are embedded. The same HTML gives the same
    bytes.

    Addresses in `html` may name static files of the house and pictures given in the text itself
    (`data:image/…`); any other is left out, and nothing is asked of a network.

    Raises:
        PdfNotAvailable: Pango is not installed; the sentence says what to install.
    """
    weasyprint = _weasyprint()
    document = weasyprint.HTML(
        string=html, base_url=_HOUSE, url_fetcher=_fetcher_of(weasyprint)
    ).render()
    document.metadata.title = title
    return bytes(document.write_pdf())


@functools.cache
def _weasyprint() -> ModuleType:
    try:
        import weasyprint
    except OSError as error:  # a library that it loads is not there
        raise PdfNotAvailable(
            _("这台服务器缺少生成 PDF 的组件，请系统管理员安装 Pango 和思源（Noto CJK）字体。")
        ) from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint


def _fetcher_of(weasyprint: ModuleType) -> object:
    base = weasyprint.urls.URLFetcher

    class OwnFiles(base):  # type: ignore[valid-type,misc]  # known only when Pango is there
        """Answers for static files of the house; refuses what would leave it."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            path = static_file(url)
            if path is None:
                raise ValueError(f"not of the house: {url[:80]}")
            return super().fetch(path.as_uri(), headers)

    return OwnFiles(allowed_protocols={"data", "file"}, allow_redirects=False)


def static_file(url: str) -> Path | None:
    """Return the static file that an address within the site names, if it is one."""
    parts = urlsplit(url)
    prefix = "/" + settings.STATIC_URL.strip("/") + "/"
    of_the_site = parts.scheme in {"", "house"} and not parts.netloc  # urljoin leaves "/…" as it is
    if not of_the_site or not parts.path.startswith(prefix):
        return None
    name = unquote(parts.path.removeprefix(prefix))
    if ".." in Path(name).parts:
        return None
    collected = Path(settings.STATIC_ROOT) / name
    if collected.is_file():
        return collected
    found = finders.find(name)
    return Path(found) if found else None
