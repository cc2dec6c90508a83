"""Public notices: found by village, read, objected to, checked. No account; no search engine."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from jiceng.core import clock
from jiceng.notices import public
from jiceng.portal.forms import LookUpForm, ObjectionForm, PlaceForm, VerifyForm
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.repeats import no_key_needed
from jiceng.ui.requests import SiteRequest

View = Callable[..., HttpResponse]
_A_PAGE = 20


def unlisted(view: View) -> View:
    """Keep a page out of search engines: names on it are for neighbours, for some days."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answered


@login_not_required
@require_GET
@unlisted
def notices(request: SiteRequest) -> HttpResponse:
    """List what is shown now: of a village, or the newest of all."""
    today = clock.today()
    form = PlaceForm(request.GET, name_of=_name_of)
    number = form.cleaned_data["place"] if form.is_valid() else None
    place = public.place_by(number, today) if number else None
    page = page_of(request, public.current(today, place=number), per_page=_A_PAGE)
    context = {"form": form, "place": place, "page": page, "rows": public.shown(page, today)}
    return render(request, "portal/notices.html", context)


@login_not_required
@require_GET
@unlisted
def pick(request: SiteRequest) -> HttpResponse:
    """Answer the picker with the places that match what has been typed."""
    text = request.GET.get("q", "").strip()[:40]
    places = public.find_places(text, clock.today()) if text else []
    return render(request, "portal/_places.html", {"places": places})


@login_not_required
@require_GET
@unlisted
def notice(request: SiteRequest, number: str) -> HttpResponse:
    found = public.notice_by(number, clock.today())
    return render(
        request, "portal/notice.html", {"notice": found, "view": found, "foot": found.foot}
    )


@login_not_required
@never_cache
@unlisted
def object_to(request: SiteRequest, number: str) -> HttpResponse:
    """Take an objection; the answer shows its query code, once."""
    found = public.notice_by(number, clock.today())
    form = ObjectionForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            received = public.object_to(
                number, **form.cleaned_data, at=clock.now(), key=request.key
            )
            context = {"notice": found, "received": received}
            return render(request, "portal/notice_objected.html", context)
    return form_again(request, "portal/notice_object.html", {"notice": found, "form": form})


@no_key_needed
@login_not_required
@never_cache
@unlisted
@sensitive_post_parameters("code")
def objection(request: SiteRequest) -> HttpResponse:
    """Show what became of an objection. The code is posted: it stays out of addresses and logs."""
    form = LookUpForm(request.POST or None)
    if not form.is_valid():
        return form_again(request, "portal/notice_look_up.html", {"form": form})
    found = public.look_up(form.cleaned_data["code"], at=clock.now())
    return render(request, "portal/notice_answer.html", {"found": found, "day": clock.today()})


@no_key_needed
@login_not_required
@unlisted
def verify(request: SiteRequest) -> HttpResponse:
    """Say whether a text is that of a published notice, unchanged. Nothing is kept."""
    form = VerifyForm(request.POST or None)
    if not form.is_valid():
        return form_again(request, "portal/notice_verify.html", {"form": form})
    found = public.verify(**form.cleaned_data, today=clock.today())
    context = {"form": form, "found": found, "asked": True}
    return render(request, "portal/notice_verify.html", context)


def _name_of(number: str) -> str:
    return public.place_by(int(number), clock.today()).name if number.isdecimal() else ""
