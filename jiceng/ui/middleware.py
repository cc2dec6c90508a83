"""Refusals become pages or fragments; a form posted twice is answered once. (see below)"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jiceng.core.refusals import Refusal


class RefusalMiddleware:
    """Answer a Refusal with its sentence: a page, or for HTMX a fragment into #refusals."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        fragment = getattr(request, "htmx", False)
        page = "ui/_refusal.html" if fragment else "ui/refusal.html"
        response = render(request, page, {"refusal": exception}, status=exception.status)
        if fragment:
            response["HX-Retarget"] = "#refusals"
            response["HX-Reswap"] = "innerHTML"
        return response


class RepeatMiddleware:
    """Answer a repeated form as the first time. Filled in with the repeat mechanism of `ui`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
