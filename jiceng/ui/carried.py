"""A filled form kept while its owner logs in again or mends what was refused.

It is offered on the page that the form stood on, asked for by `?carried=`. Passwords and files
are never kept.
"""

import secrets
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode, urlsplit

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

_SALT = "jiceng.ui.carried"
_A_DAY = 24 * 60 * 60
_NEVER = ("password", "csrfmiddlewaretoken")


@dataclass(frozen=True, slots=True)
class Carried:
    path: str  # where the form was sent
    page: str  # where it was filled in
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # their names only


def carried_of(request: HttpRequest) -> Carried:
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not any(word in name for word in _NEVER)
        for value in values
    ]
    files = [upload.name or "" for _, uploads in request.FILES.lists() for upload in uploads]
    return Carried(request.path, page_of_form(request), fields, files)


def page_of_form(request: HttpRequest) -> str:
    """Return the page within this site on which the posted form stood, else the first page."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return "/"
    parts = urlsplit(came_from)
    query = QueryDict(parts.query, mutable=True)
    query.pop("carried", None)
    return parts.path + (f"?{query.urlencode()}" if query else "")


def sealed(carried: Carried) -> str:
    """Return it as one signed text for a hidden field of the log-in form."""
    return signing.dumps(asdict(carried), salt=_SALT, compress=True)


def opened(text: str) -> Carried | None:
    """Return what `sealed` made; None if it was changed or is older than a day."""
    try:
        kept = signing.loads(text, salt=_SALT, max_age=_A_DAY)
    except signing.BadSignature:
        return None
    return _read(kept)


def keep(request: HttpRequest, carried: Carried) -> str:
    """Keep it in the session and return the address of the page that offers it again."""
    token = secrets.token_urlsafe(8)
    request.session["carried"] = {"token": token, **asdict(carried)}
    joint = "&" if "?" in carried.page else "?"
    return f"{carried.page}{joint}{urlencode({'carried': token})}"


def carried_to(request: HttpRequest) -> Carried | None:
    """Return the kept form that this page is asked to offer."""
    token = request.GET.get("carried")
    kept = request.session.get("carried") if token else None
    return _read(kept) if kept and kept["token"] == token else None


def forget(request: HttpRequest) -> None:
    request.session.pop("carried", None)


def _read(kept: dict) -> Carried:
    fields = [(name, value) for name, value in kept["fields"]]
    return Carried(kept["path"], kept["page"], fields, kept["files"])
