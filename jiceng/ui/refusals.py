"""How a refusal is answered: a page, or for HTMX a fragment into #refusals."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiceng.core.refusals import Conflict, Invalid, Refusal
from jiceng.ui.carried import carried_of, keep, page_of_form


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the sentence with its status; the way back of a mendable form leads to it, filled."""
    if getattr(request, "htmx", False):
        response = render(request, "ui/_refusal.html", {"refusal": refusal}, status=refusal.status)
        response["HX-Retarget"] = "#refusals"
        response["HX-Reswap"] = "innerHTML"
        return response
    context = {
        "refusal": refusal,
        "title": _("没有办成") if request.method == "POST" else _("看不到这一页"),
        "base": _base(request),
        "back": _way_back(request, refusal),
    }
    return render(request, "ui/refusal.html", context, status=refusal.status)


@contextmanager
def shown_on(form: forms.BaseForm, *also: type[Refusal]) -> Iterator[None]:
    """Put what an operation refuses on the form, so that the page is shown again, filled.

    Args:
        also: further refusals that another day or choice in the form would mend.
    """
    mendable: tuple[type[Refusal], ...] = (Invalid, Conflict, *also)
    try:
        yield
    except mendable as refusal:
        form.add_error(None, [refusal.sentence, *refusal.details])


def form_again(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """Return the page with its form: 200 when first asked for, 422 when it came back faulty.

    The status tells RepeatMiddleware that nothing was done, so that the form may be sent again.
    """
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _way_back(request: HttpRequest, refusal: Refusal) -> str:
    mendable = isinstance(refusal, Invalid | Conflict) and request.method == "POST"
    if mendable and request.user.is_authenticated:
        return keep(request, carried_of(request))
    return page_of_form(request)


def _base(request: HttpRequest) -> str:
    match = request.resolver_match
    public = match is not None and match.app_name == "portal"
    return "ui/public_base.html" if public else "ui/base.html"
