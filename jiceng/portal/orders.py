"""Residents' orders: placed, followed, added to, withdrawn and judged without an account."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from jiceng.core import clock
from jiceng.orders import public
from jiceng.portal.forms import LookUpForm
from jiceng.portal.order_forms import AddForm, JudgeForm, OrderForm, SearchForm, WithdrawForm
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.repeats import no_key_needed
from jiceng.ui.requests import SiteRequest

Act = Callable[[SiteRequest, str, dict[str, Any]], object]


@login_not_required
@require_GET
def choose(request: SiteRequest) -> HttpResponse:
    """Show the kinds of service, or those that some words speak of; and where else to go."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    context = {
        "form": form,
        "words": words,
        "found": public.find_services(words) if words else [],
        "reminders": public.reminders(words) if words else [],
        "groups": public.groups(),
        "exclusions": public.exclusions(),
    }
    return render(request, "portal/orders/choose.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters("text", "name", "phone")
def place(request: SiteRequest, kind: str) -> HttpResponse:
    """Take an order; the answer shows number and query code, once. Where its words speak of what
    is dealt with elsewhere, the page says so first, and takes it all the same.
    """
    service = public.service(kind)
    if service.track == "voluntary":
        return redirect("portal:wish_new")
    form = OrderForm(request.POST or None, request.FILES or None, kind=service, name_of=_name_of)
    reminders = []
    if form.is_valid():
        if not form.cleaned_data["reminded"]:
            reminders = public.reminders(form.cleaned_data["text"])
        if not reminders:
            with shown_on(form, public.TooManyAtOnce):
                received = public.place(form.told, at=clock.now(), key=request.key)
                return render(request, "portal/orders/placed.html", {"received": received})
    context = {
        "form": form,
        "service": service,
        "reminders": reminders,
        "sent_photo": _sent(request),
    }
    return form_again(request, "portal/orders/place.html", context)


@login_not_required
@require_GET
def pick(request: SiteRequest) -> HttpResponse:
    """Answer the picker with the villages and townships that match what has been typed."""
    return _options(request, counties=False)


@login_not_required
@require_GET
def pick_any(request: SiteRequest) -> HttpResponse:
    """Answer the picker with villages, townships and counties."""
    return _options(request, counties=True)


@no_key_needed
@login_not_required
@never_cache
@sensitive_post_parameters("code")
def follow(request: SiteRequest) -> HttpResponse:
    """Show where an order stands. The code is posted: it stays out of addresses and logs."""
    form = LookUpForm(request.POST or None)
    if not form.is_valid():
        return form_again(request, "portal/orders/look_up.html", {"form": form})
    return _shown(request, form.cleaned_data["code"])


@login_not_required
@never_cache
@require_POST
@sensitive_post_parameters("code", "note")
def judge(request: SiteRequest) -> HttpResponse:
    return _act(
        request,
        JudgeForm,
        lambda code, form: public.judge(code, **form.said, at=clock.now(), key=request.key),
    )


@login_not_required
@never_cache
@require_POST
@sensitive_post_parameters("code", "text")
def add(request: SiteRequest) -> HttpResponse:
    return _act(
        request,
        AddForm,
        lambda code, form: public.add(code, **form.cleaned_data, at=clock.now(), key=request.key),
    )


@login_not_required
@never_cache
@require_POST
@sensitive_post_parameters("code")
def withdraw(request: SiteRequest) -> HttpResponse:
    return _act(
        request,
        WithdrawForm,
        lambda code, form: public.withdraw(code, at=clock.now(), key=request.key),
    )


def _act(request: SiteRequest, kind: type[Any], act: Callable[[str, Any], object]) -> HttpResponse:
    """Do one thing with the order of the code that is posted along; show where it then stands."""
    asked = LookUpForm(request.POST)
    if not asked.is_valid():
        return form_again(request, "portal/orders/look_up.html", {"form": asked})
    code, form = asked.cleaned_data["code"], kind(request.POST)
    if form.is_valid():
        with shown_on(form):
            act(code, form)
            return _shown(request, code, done=True)
    return _shown(request, code, form=form)


def _shown(
    request: SiteRequest, code: str, *, form: Any = None, done: bool = False
) -> HttpResponse:
    """Show where an order stands, with what may be done; `form` is one that came back faulty."""
    found = public.follow(code, at=clock.now())
    forms = {"judge": JudgeForm(), "add": AddForm(), "withdraw": WithdrawForm()}
    for name, one in forms.items():
        if type(form) is type(one):
            forms[name] = form
    context = {"found": found, "code": code, "done": done, "forms": forms, "faulty": form}
    return render(request, "portal/orders/followed.html", context, status=422 if form else 200)


def _options(request: HttpRequest, *, counties: bool) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:40]
    places = public.find_places(text, clock.today(), counties=counties) if text else []
    return render(request, "portal/orders/_places.html", {"places": places})


def _name_of(number: str) -> str:
    found = public.place_named(int(number), clock.today()) if number.isdecimal() else None
    return found.name if found else ""


def _sent(request: HttpRequest) -> str:
    """Return the name of a photo that was sent along and must be chosen again."""
    photo = request.FILES.get("photo")
    return photo.name or "" if photo else ""
