"""The wall of wishes, placing one, and following it by its code. No account; no search engine."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from jiceng.core import clock
from jiceng.notices import public as notices
from jiceng.orders import public_wishes as public
from jiceng.portal.forms import LookUpForm
from jiceng.portal.notices import unlisted
from jiceng.portal.wish_forms import WallForm, WishForm
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.repeats import no_key_needed
from jiceng.ui.requests import SiteRequest

_A_PAGE = 24


@login_not_required
@require_GET
@unlisted
def wall(request: SiteRequest) -> HttpResponse:
    """Show the cards of a village, or of all: open ones first."""
    today = clock.today()
    form = WallForm(request.GET, name_of=_name_of)
    number = form.cleaned_data["place"] if form.is_valid() else None
    place = notices.place_by(number, today) if number else None
    page = page_of(request, public.cards(place=number), per_page=_A_PAGE)
    context = {"form": form, "place": place, "page": page, "cards": public.shown(page, today)}
    return render(request, "portal/wishes.html", context)


@login_not_required
@never_cache
def place(request: SiteRequest) -> HttpResponse:
    """Take a wish; the answer shows its query code, once."""
    form = WishForm(
        request.POST or None, name_of=_name_of, initial={"place": request.GET.get("place", "")}
    )
    if form.is_valid():
        with shown_on(form):
            received = public.place_wish(**form.cleaned_data, at=clock.now(), key=request.key)
            return render(request, "portal/wish_taken.html", {"received": received})
    return form_again(request, "portal/wish_new.html", {"form": form})


@no_key_needed
@login_not_required
@never_cache
@unlisted
@sensitive_post_parameters("code")
def look_up(request: SiteRequest) -> HttpResponse:
    """Show where a wish stands. The code is posted: it stays out of addresses and logs."""
    form = LookUpForm(request.POST or None)
    if not form.is_valid():
        return form_again(request, "portal/wish_look_up.html", {"form": form})
    code = form.cleaned_data["code"]
    found = public.look_up(code, at=clock.now())
    return render(request, "portal/wish_status.html", {"found": found, "code": code})


@login_not_required
@never_cache
@unlisted
@require_POST
@sensitive_post_parameters("code")
def say(request: SiteRequest) -> HttpResponse:
    """Take what the resident says of his wish by its code, and show where it stands now."""
    code, what, at = request.POST.get("code", ""), request.POST.get("what", ""), clock.now()
    public.say(code, what, at=at, key=request.key)
    found = public.look_up(code, at=at)
    return render(request, "portal/wish_status.html", {"found": found, "code": code, "said": what})


def _name_of(number: str) -> str:
    return notices.place_by(int(number), clock.today()).name if number.isdecimal() else ""
