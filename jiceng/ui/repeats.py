"""A form posted twice: its key, the digest of what was sent, and the answer given again."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from jiceng.audit.models import Receipt
from jiceng.core.refusals import Conflict, Invalid
from jiceng.ui.carried import page_of_form
from jiceng.ui.requests import SiteRequest

View = TypeVar("View", bound=Callable[..., Any])
READING = {"GET", "HEAD", "OPTIONS"}
_NOT_SENT_BY_HAND = {"csrfmiddlewaretoken", "key"}


class NoKey(Invalid):
    """A writing form without its hidden key."""


class ShownOnce(Conflict):
    """Done before, with an answer that is not shown a second time."""


def no_key_needed(view: View) -> View:
    """Let a view take posts without a key: only where a repeat cannot do harm."""
    view.key_needed = False  # type: ignore[attr-defined]  # a mark on the view itself
    return view


def needs_key(request: SiteRequest, view: Callable[..., Any]) -> bool:
    return request.method not in READING and getattr(view, "key_needed", True)


def key_of(request: SiteRequest) -> uuid.UUID:
    """Return the key of the posted form.

    Raises:
        NoKey: there is none, or it is no UUID.
    """
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise NoKey(_("这张表单缺少编号，没有办理。请刷新页面后重新填写。")) from error


def digest_of(request: SiteRequest) -> str:
    """Return the digest of where a form was sent and all it held, files to the last byte.

    It is keyed: what was typed, a password among it, cannot be guessed from it.
    """
    digest = salted_hmac("jiceng.ui.repeats", request.get_full_path(), algorithm="sha256")
    for name, values in sorted(request.POST.lists()):
        if name not in _NOT_SENT_BY_HAND:
            digest.update(repr((name, values)).encode())
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            digest.update(repr((name, upload.name, upload.size)).encode())
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.hexdigest()


def location_of(request: SiteRequest, response: HttpResponse) -> str:
    """Return where an answer leads: its redirect, else the page whose fragment it replaced."""
    for header in ("Location", "HX-Redirect"):
        if header in response:
            return response[header]
    return page_of_form(request) if request.htmx else ""


def sentence_of(request: SiteRequest) -> str:
    """Return the messages that wait to be shown, and leave them waiting."""
    waiting = cast(BaseStorage, messages.get_messages(request))
    sentences = [str(message) for message in waiting]
    waiting.used = False
    return "\n".join(sentences)


def answer_again(request: SiteRequest, receipt: Receipt) -> HttpResponse:
    """Return the answer that the first of two equal forms was given.

    Raises:
        ShownOnce: it was a page of its own, such as a list of one-time codes.
    """
    if not receipt.location:
        raise ShownOnce(_("这张表单已经办好，结果页只显示一次，没有重复办理。"))
    for sentence in filter(None, receipt.sentence.split("\n")):
        messages.success(request, sentence)
    if request.htmx:
        return HttpResponseClientRedirect(receipt.location)
    return redirect(receipt.location)
