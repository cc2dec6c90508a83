"""Complaints and suggestions about this software: no account, no trace but what is written."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from jiceng.core import clock
from jiceng.feedback import public
from jiceng.portal.forms import ComplaintForm, LookUpForm
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.repeats import no_key_needed
from jiceng.ui.requests import SiteRequest


@login_not_required
@never_cache
def complain(request: SiteRequest) -> HttpResponse:
    """Take a complaint; the answer shows number and query code, once."""
    form = ComplaintForm(
        request.POST or None, initial={"page": _page_before(request), "kind": "complaint"}
    )
    if form.is_valid():
        with shown_on(form):
            received = public.submit(**form.cleaned_data, at=clock.now(), key=request.key)
            return render(request, "portal/thanks.html", {"received": received})
    context = {"form": form, "working_days": public.ANSWER_WITHIN}
    return form_again(request, "portal/complain.html", context)


@no_key_needed
@login_not_required
@never_cache
@sensitive_post_parameters("code")
def look_up(request: SiteRequest) -> HttpResponse:
    """Show what became of a complaint. The code is posted: it stays out of addresses and logs."""
    form = LookUpForm(request.POST or None)
    if not form.is_valid():
        return form_again(request, "portal/look_up.html", {"form": form})
    found = public.look_up(form.cleaned_data["code"], at=clock.now())
    return render(request, "portal/answer.html", {"found": found, "day": clock.today()})


@login_not_required
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    months = public.statistics(clock.today())
    context = {"months": months, "working_days": public.ANSWER_WITHIN}
    return render(request, "portal/statistics.html", context)


def _page_before(request: HttpRequest) -> str:
    """Return the path of our own page from which the link was followed, without its query."""
    address = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()})
    return urlsplit(address).path[:200] if address and ours else ""
