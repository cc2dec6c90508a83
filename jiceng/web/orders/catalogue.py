"""Kinds of request as a place offers them, duty lists, the roster of who is on duty, and the end of
what stands in them.
"""

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core import clock
from jiceng.core.refusals import NotFound
from jiceng.orders import catalogue, duties
from jiceng.orders.hours import clock_of
from jiceng.orders.models import DutyShift
from jiceng.orders.operations import duty as on_duty_lists
from jiceng.orders.operations import grids as on_grids
from jiceng.orders.operations.hanging import NoSuchRow
from jiceng.orders.queries import duty as rows_of
from jiceng.orders.queries.handlers import propose_handler, service_at, services_at
from jiceng.orders.queries.roster import on_duty, roster_of
from jiceng.registry.models import Unit
from jiceng.registry.queries import described, posts_of
from jiceng.rules import words
from jiceng.rules.queries import Rule, rules_at
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.orders.grid_forms import WEEKDAYS, DutyForm, EndForm, ServiceForm, ShiftForm
from jiceng.web.orders.places import MAY_EDIT, MAY_SEE, back_to, place_asked, with_parts


class NoSuchService(NotFound):
    """There is no such kind of request."""


def services(request: StaffRequest) -> HttpResponse:
    """List the kinds of request as they hold at a place."""
    today = clock.today()
    place = place_asked(request, today)
    limits, shipped = _limits(place), catalogue.shipped()
    groups: dict[str, list[object]] = {title: [] for title in shipped.groups.values()}
    for one in services_at(place, today):
        limit = limits.get(one.service.tier)
        groups[shipped.groups[one.service.group]].append((one, limit))
    context = {**with_parts(request, place, "services"), "groups": groups}
    return render(request, "web/orders/catalogue/services.html", context)


def _limits(place: Unit) -> dict[str, Rule | None]:
    """Return the rule of each class of time limit at a place; "" is that of the others."""
    today = clock.today()
    rows = rules_at(place, today, key="order.tiers").rows
    tiers: dict[str, Rule | None] = {row.rule.kind: row.rule for row in rows if row.rule}
    default = rules_at(place, today, key="order.default_limit").rows
    return {**tiers, "": default[0].rule if default else None}


def service(request: StaffRequest, code: str) -> HttpResponse:
    """Show one kind of request at a place: who is proposed, why, until when; and change it."""
    today = clock.today()
    place = place_asked(request, today, MAY_EDIT if request.method == "POST" else MAY_SEE)
    if code not in catalogue.shipped().services:
        raise NoSuchService(_("没有这种诉求。"))
    at, limits = service_at(code, place, today), _limits(place)
    proposal = propose_handler(code, place, today)
    wanted = [unit for unit in (proposal.unit, at.named) if unit]
    names = {unit.pk: unit.name for unit in described(wanted, today).values()}
    tiers = [(tier, _tier_said(rule)) for tier, rule in limits.items() if tier and rule is not None]
    form = ServiceForm(
        tiers, "", request.POST or None, initial={"offered": "1", "valid_from": today}
    )
    if form.is_valid():
        with shown_on(form):
            on_duty_lists.set_local_service(
                code,
                unit=place.pk,
                **form.change(),
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("已登记，自开始日起适用。"))
            return redirect(f"{reverse('web:service', args=[code])}?unit={place.pk}")
    shipped = catalogue.shipped()
    context = {
        **with_parts(request, place, "services"),
        "at": at,
        "local_unit": at.local and described([at.local.unit_id], today)[at.local.unit_id],
        "group": shipped.groups[at.service.group],
        "line": shipped.lines.get(at.service.line, ""),
        "duty": duties.duties().get(at.service.duty_item),
        "limit": limits.get(at.service.tier),
        "proposal": proposal,
        "proposed": names.get(proposal.unit or 0, ""),
        "named": names.get(at.named or 0, ""),
        "form": form,
    }
    return form_again(request, "web/orders/catalogue/service.html", context)


def _tier_said(rule: Rule) -> str:
    return words.value_in_words(rule.value)


def duty_list(request: StaffRequest) -> HttpResponse:
    """Show a unit's own list of duties beside the headings, and take a further item in."""
    today = clock.today()
    place = place_asked(request, today, MAY_EDIT if request.method == "POST" else MAY_SEE)
    listed = rows_of.duty_list_of(place.pk, today)
    taken = {row.duty.code for row in listed if row.own}
    form = DutyForm(taken, request.POST or None, initial={"valid_from": today})
    if form.is_valid():
        with shown_on(form):
            row = on_duty_lists.DutyRow(unit=place.pk, **form.cleaned_data)
            on_duty_lists.record_duty_items([row], by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已列入职责清单。"))
            return back_to("duty_list", place)
    context = {**with_parts(request, place, "duty_list"), "listed": listed, "form": form}
    return form_again(request, "web/orders/catalogue/duty_list.html", context)


@dataclasses.dataclass(frozen=True, slots=True)
class ShownShift:
    """A shift as the page shows it: its days and hours in words."""

    row: DutyShift
    days: str
    hours: str
    ended: bool  # the post is no longer held


def roster(request: StaffRequest) -> HttpResponse:
    """Show who is on duty now, else whom to telephone; the week's shifts, and a further one."""
    now = clock.now()
    today = clock.day_of(now)
    place = place_asked(request, today, MAY_EDIT if request.method == "POST" else MAY_SEE)
    posts = list(posts_of([place.pk], today))
    form = ShiftForm(posts, request.POST or None, initial={"valid_from": today})
    if form.is_valid():
        with shown_on(form, NoSuchRow):
            row = on_duty_lists.ShiftRow(unit=place.pk, **form.shift())
            on_duty_lists.declare_shifts([row], by=request.user, at=now, key=request.key)
            messages.success(request, _("已排入值班表。"))
            return back_to("roster", place)
    context = {
        **with_parts(request, place, "roster"),
        "answering": on_duty(place, now),
        "shifts": [_shown(row, today) for row in roster_of(place.pk, today)],
        "today": today,
        "has_posts": bool(posts),
        "form": form,
    }
    return form_again(request, "web/orders/catalogue/roster.html", context)


def _shown(row: DutyShift, today: datetime.date) -> ShownShift:
    days = [str(day) for bit, day in enumerate(WEEKDAYS) if row.weekdays >> bit & 1]
    said = _("每天") if len(days) == len(WEEKDAYS) else _("、").join(days)
    begins, ends = clock_of(row.from_minute), clock_of(row.to_minute)
    over_night = row.to_minute <= row.from_minute
    hours = (_("%(begins)s到次日%(ends)s") if over_night else _("%(begins)s到%(ends)s")) % {
        "begins": begins,
        "ends": ends,
    }
    return ShownShift(row, said, hours, row.post.valid_to <= today)


# What of a row that ends: how it is fetched, how it is ended, what the page says, where it leads.
_ENDINGS: dict[str, tuple[Callable[..., Any], Callable[..., Any], Any, str]] = {
    "duty-item": (
        rows_of.duty_item_for,
        on_duty_lists.end_duty_item,
        gettext_lazy("从职责清单上去掉"),
        "duty_list",
    ),
    "shift": (rows_of.shift_for, on_duty_lists.end_shift, gettext_lazy("终止值班"), "roster"),
    "service": (
        rows_of.local_service_for,
        on_duty_lists.end_local_service,
        gettext_lazy("终止本地诉求种类"),
        "services",
    ),
    "access": (
        rows_of.access_item_for,
        on_grids.end_grid_access,
        gettext_lazy("从准入清单上去掉"),
        "grid_access",
    ),
    "line": (rows_of.grid_line_for, on_grids.end_grid_line, gettext_lazy("工作线退出网格"), "grid"),
    "point": (
        rows_of.point_for,
        on_grids.close_observation_point,
        gettext_lazy("关闭哨点"),
        "grid",
    ),
}


def end(request: StaffRequest, what: str, number: int) -> HttpResponse:
    """End one row of a list, from a day on."""
    if what not in _ENDINGS:
        raise NotFound(_("没有这一条，或者您无权查看。"))
    fetch, finish, title, page = _ENDINGS[what]
    row, unit = fetch(request.user, MAY_EDIT, number=number)
    form = EndForm(request.POST or None, initial={"day": clock.today()})
    back = (
        reverse("web:grid", args=[unit.pk])
        if page == "grid"
        else f"{reverse(f'web:{page}')}?unit={unit.pk}"
    )
    if form.is_valid():
        with shown_on(form, NoSuchRow):
            finish(number, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key)
            messages.success(request, _("已登记终止。"))
            return redirect(back)
    context = {"unit": unit, "row": row, "what": _named(row), "title": title, "back": back}
    return form_again(request, "web/orders/catalogue/end.html", context | {"form": form})


def _named(row: Any) -> str:
    """Return what a row is called: by its own words, or those of the file that names its code."""
    if hasattr(row, "post"):
        return f"{row.post.person.name}（{row.post.title}）"
    if hasattr(row, "line"):
        return catalogue.shipped().lines.get(row.line, row.line)
    for name in ("title", "name"):
        if hasattr(row, name):
            return str(getattr(row, name))
    return catalogue.service(row.service).title
