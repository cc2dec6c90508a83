"""Posts at a unit: who holds them, appointing, ending; and finding somebody in the register."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jiceng.access.queries import require
from jiceng.access.queries.appointing import post_open_to, posts_open_to
from jiceng.access.queries.people import people_for
from jiceng.core import clock
from jiceng.registry import queries
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.operations import PostRow, appoint, end_posts
from jiceng.registry.operations.posts import NoSuchPost
from jiceng.registry.refusals import NoSuchUnit
from jiceng.ui.days import day_asked
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.registry.changing import place, standing_unit, unit_of_row
from jiceng.web.registry.people_forms import AppointForm, LeaveForm


def posts(request: StaffRequest, number: int) -> HttpResponse:
    """List who holds a post at the unit on a day, and who held one before."""
    unit = standing_unit(request, number, "registry.people")
    today, day = clock.today(), day_asked(request)
    offered = {one.code for one in posts_open_to(request.user, number, today)}
    context = {
        **place(request, unit),
        "day": day,
        "own": queries.own_organisations_of(unit.path, today)[:20] if _is_village(unit) else [],
        "held": [(post, post.role in offered) for post in queries.posts_of([number], day)],
        "page": page_of(request, queries.past_posts_of(number, day)),
    }
    return render(request, "web/registry/posts.html", context)


def _is_village(unit: Unit) -> bool:
    return unit.tree == Tree.DIVISION and unit.level == Level.VILLAGE


def appoint_to(request: StaffRequest, number: int) -> HttpResponse:
    """Give somebody a post at the unit."""
    unit = standing_unit(request, number, "registry.people")
    today = clock.today()
    offered = posts_open_to(request.user, number, today)
    held = list(queries.posts_of([number], today))
    form = AppointForm(request.POST or None, user=request.user, offered=offered, held=held)
    if form.is_valid():
        with shown_on(form, NoSuchUnit):
            given = form.cleaned_data
            row = PostRow(
                form.somebody(),
                number,
                given["role"],
                given["since"],
                given["ends"],
                given["title"],
                given["deputises"],
            )
            appoint([row], by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已登记任职。需要系统账号的，请到“账号”开户。"))
            return redirect("web:posts", number)
    context = {**place(request, unit), "form": form}
    return form_again(request, "web/registry/appoint.html", context)


def end_post(request: StaffRequest, number: int) -> HttpResponse:
    """End a post from a day on; what it permits ends with it."""
    post = post_open_to(request.user, number, clock.today())
    unit = unit_of_row(request, post.unit_id)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        with shown_on(form, NoSuchPost):
            day = form.cleaned_data["day"]
            end_posts([number], day=day, by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已登记免职，权限随之终止。"))
            return redirect("web:posts", post.unit_id)
    context = {**place(request, unit), "form": form, "post": post}
    return form_again(request, "web/registry/end_post.html", context)


def pick_person(request: StaffRequest) -> HttpResponse:
    """Answer a picker with the people of exactly the name or number that has been typed."""
    require(request.user, "registry.people")
    text = request.GET.get("q", "").strip()
    found = people_for(request.user, text, clock.today()) if text else []
    return render(request, "web/registry/_people.html", {"found": found})
