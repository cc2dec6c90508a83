"""Refusals become pages or fragments; a form posted twice is answered once."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from jiceng.audit import receipts
from jiceng.core import clock
from jiceng.core.refusals import Invalid, Refusal
from jiceng.ui import carried, refusals, repeats
from jiceng.ui.requests import SiteRequest

Answer = Callable[[SiteRequest], HttpResponse]


class NoText(Invalid):
    """An address asks with a character that no text holds; PostgreSQL would not take it."""


class RefusalMiddleware:
    """Answer a Refusal with its sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: SiteRequest, *_view: Any) -> HttpResponse | None:
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            return refusals.answer(request, NoText(_("地址里有不能用的字符。请重新输入。")))
        return None

    def process_exception(self, request: SiteRequest, exception: Exception) -> HttpResponse | None:
        return refusals.answer(request, exception) if isinstance(exception, Refusal) else None


class RepeatMiddleware:
    """Claim the key of a posted form before its view; settle or release it by the answer.

    Views find the key as `request.key`. An answer below 400 settles: a repeat is answered the
    same. Any other (a refusal, a faulty form at 422, a defect) releases the key, so that the form
    can be mended and sent again.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "key_claimed", False):
            self._close(request, response)
        return response

    def process_view(
        self, request: SiteRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not repeats.needs_key(request, view):
            return None
        try:
            return self._claim(request)
        except Refusal as refusal:
            return refusals.answer(request, refusal)

    def _claim(self, request: SiteRequest) -> HttpResponse | None:
        request.key = repeats.key_of(request)
        given = receipts.claim(
            key=request.key,
            user_id=request.user.pk,
            digest=repeats.digest_of(request),
            at=clock.now(),
        )
        if given is not None:
            return repeats.answer_again(request, given)
        request.key_claimed = True
        return None

    def _close(self, request: SiteRequest, response: HttpResponse) -> None:
        if response.status_code >= 400:
            receipts.release(key=request.key)
            return
        receipts.settle(
            key=request.key,
            status=response.status_code,
            location=repeats.location_of(request, response),
            sentence=repeats.sentence_of(request),
        )
        carried.forget(request)
