"""Telling members of a wish or a post: those who said they can do it first, all by name."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core import clock
from jiceng.core.refusals import Denied
from jiceng.orders.matching import Proposal
from jiceng.orders.models import MicroWish, WelfarePost
from jiceng.orders.operations import voluntary
from jiceng.orders.queries.voluntary import (
    post_for,
    proposals_for,
    require_at,
    skills_for,
    wish_for,
)
from jiceng.orders.volunteering import skills
from jiceng.ui.forms import choose
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest


class OfferForm(forms.Form):
    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("推荐给谁"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请选择党员。")},
    )

    def __init__(self, *args: Any, proposals: list[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "people", [(one.volunteer.person, one.volunteer.name) for one in proposals])


def offer_wish(request: StaffRequest, number: str) -> HttpResponse:
    today = clock.today()
    wish = wish_for(request.user, number, today)
    require_at(request.user, "orders.offer", wish.branch_id, today)
    return _offer(request, wish, wish.summary, reverse("web:wish", args=[number]))


def offer_post(request: StaffRequest, number: int) -> HttpResponse:
    post = post_for(request.user, number, clock.today())
    return _offer(request, post, post.title, reverse("web:welfare_post", args=[number]))


def _offer(
    request: StaffRequest, thing: MicroWish | WelfarePost, title: str, back: str
) -> HttpResponse:
    proposed = proposals_for(thing, clock.today())
    form = OfferForm(request.POST or None, proposals=proposed)
    if form.is_valid():
        with shown_on(form, Denied):
            made = voluntary.offer(
                thing, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            messages.success(request, _("已推荐给 %s 人；接不接由本人决定。") % len(made))
            return redirect(back)
    known = skills()
    context = {
        "form": form,
        "title": title,
        "back": back,
        "wanted": [known[code] for code in skills_for(thing)],
        "rows": [
            (one.volunteer, [known[code] for code in one.fits], str(one.volunteer.person))
            for one in proposed
        ],
        "ticked": request.POST.getlist("people"),
    }
    return form_again(request, "web/orders/voluntary/offer.html", context)
