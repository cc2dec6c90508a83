"""What I may do, and handing over: drawn up when a post ends, confirmed by the successor."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiceng.access import operations
from jiceng.access.models import Grant
from jiceng.access.public import calendar_token
from jiceng.access.queries import permissions_of
from jiceng.access.queries.accounts import grants_of, rights_as_member
from jiceng.access.queries.hand_overs import (
    ended_posts_for,
    hand_over_for,
    hand_overs_waiting_for,
    post_for,
)
from jiceng.core import clock
from jiceng.registry.queries import described, unit_on
from jiceng.ui.lists import page_of
from jiceng.ui.requests import StaffRequest


def my_permissions(request: StaffRequest) -> HttpResponse:
    today = clock.today()
    held = grants_of(request.user, today)
    context = {
        "held": [(row, _calendar(request, row.grant)) for row in held],
        "as_member": rights_as_member(request.user, today),
        "waiting": hand_overs_waiting_for(request.user, today),
    }
    return render(request, "web/access/my_permissions.html", context)


def _calendar(request: StaffRequest, grant: Grant) -> str:
    """Return the address of the post's deadlines as a calendar."""
    return request.build_absolute_uri(reverse("api_calendar", args=[calendar_token(grant)]))


def ended_posts(request: StaffRequest) -> HttpResponse:
    """Show posts that ended lately and what became of their hand-over."""
    today = clock.today()
    page = page_of(request, ended_posts_for(request.user, today))
    units = described({post.unit_id for post in page}, today)
    context = {"page": page, "rows": [(post, units[post.unit_id]) for post in page]}
    return render(request, "web/access/ended_posts.html", context)


@require_POST
def draw_up(request: StaffRequest, number: int) -> HttpResponse:
    post = post_for(request.user, number, clock.today())
    hand_over = operations.list_hand_over(post, by=request.user, at=clock.now(), key=request.key)
    return redirect("web:hand_over", hand_over.pk)


def hand_over(request: StaffRequest, number: int) -> HttpResponse:
    today = clock.today()
    found = hand_over_for(request.user, number, today)
    context = {
        "hand_over": found,
        "lines": [(item, _day_of(item.get("due_on", ""))) for item in found.items],
        "unit": unit_on(found.post.unit_id, today),
        "mine": hand_overs_waiting_for(request.user, today).filter(pk=number).exists(),
        "drawn_up_here": "access.accounts" in permissions_of(request.user, today),
    }
    return render(request, "web/access/hand_over.html", context)


def _day_of(kept: str) -> datetime.date | None:
    """Return the day that a list keeps as text."""
    return datetime.date.fromisoformat(kept) if kept else None


@require_POST
def confirm(request: StaffRequest, number: int) -> HttpResponse:
    hand_over_for(request.user, number, clock.today())
    operations.confirm_hand_over(number, by=request.user, at=clock.now(), key=request.key)
    messages.success(request, _("已确认接收。"))
    return redirect("web:hand_over", number)
