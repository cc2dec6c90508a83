"""Accounts of one's subtree: opened from posts, reset, unlocked; codes printed on slips, once."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jiceng.access import operations
from jiceng.access.queries import require, unit_for
from jiceng.access.queries.accounts import (
    accounts_for,
    chosen_accounts,
    failed_log_ins_for,
    grants_by_user,
    locked_names,
    posts_without_account,
)
from jiceng.access.security_log import RETENTION
from jiceng.accounts.codes import VALID_FOR
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.core.refusals import Invalid
from jiceng.registry import queries as registry
from jiceng.registry.models import Unit
from jiceng.ui.lists import page_of
from jiceng.ui.requests import StaffRequest

SLIPS_AT_ONCE = 100  # ten sheets to cut; a township's villages


class NothingChosen(Invalid):
    """No row was ticked, or what was sent is no row."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One slip as it is printed."""

    user: User
    code: str
    title: str = ""
    unit: Unit | None = None


def accounts(request: StaffRequest) -> HttpResponse:
    today = clock.today()
    scope = require(request.user, "access.accounts", today=today)
    text = request.GET.get("q", "").strip()
    page = page_of(request, accounts_for(request.user, today, text=text))
    held = grants_by_user(page.object_list, today)
    context = {
        "page": page,
        "text": text,
        "rows": [(row, held[row.pk]) for row in page],
        "locked": locked_names(page.object_list),
        "roots": registry.units_at(scope.ranges, today),
    }
    return render(request, "web/access/accounts.html", context)


@require_POST
@never_cache
def reset(request: StaffRequest) -> HttpResponse:
    """End passwords and sessions of the chosen accounts; answer with the slips to print."""
    users = _chosen(request)
    codes = operations.reset_accounts(users, by=request.user, at=clock.now(), key=request.key)
    return slips_page(request, [Printed(user, codes[user.pk]) for user in users])


@require_POST
def unlock(request: StaffRequest) -> HttpResponse:
    users = _chosen(request)
    operations.unlock_accounts(users, by=request.user, at=clock.now(), key=request.key)
    messages.success(request, _("已解锁 %s 个账号。") % len(users))
    return redirect("web:accounts")


@never_cache
def open_accounts(request: StaffRequest, number: int) -> HttpResponse:
    """Show the posts at a unit and below whose holders have no account; open the chosen ones."""
    at = clock.now()
    today = clock.day_of(at)
    unit = unit_for(request.user, "access.accounts", number=number)
    posts = posts_without_account(request.user, unit, today)
    if request.method == "POST":
        chosen = posts.filter(pk__in=_numbers(request.POST, "post"))
        numbers = [post.pk for post in chosen]
        units = registry.described({post.unit_id for post in chosen}, today)
        slips = operations.open_accounts(numbers, by=request.user, at=at, key=request.key)
        return slips_page(
            request, [Printed(s.user, s.code, s.title, units.get(s.unit)) for s in slips]
        )
    page = page_of(request, posts, per_page=SLIPS_AT_ONCE)
    units = registry.described({post.unit_id for post in page}, today)
    context = {
        "unit": unit,
        "page": page,
        "rows": [(post, units[post.unit_id]) for post in page],
        "children": registry.children_of(unit.path, today),
    }
    return render(request, "web/access/open_accounts.html", context)


def security_log(request: StaffRequest) -> HttpResponse:
    """Show wrong passwords: for the security administrator only, counted nowhere (N1)."""
    page = page_of(request, failed_log_ins_for(request.user, clock.today()))
    context = {"page": page, "retention": RETENTION}
    return render(request, "web/access/security_log.html", context)


def _chosen(request: StaffRequest) -> list[User]:
    return chosen_accounts(request.user, _numbers(request.POST, "account"), clock.today())


def _numbers(posted: QueryDict, name: str) -> list[int]:
    """Return the ticked rows.

    Raises:
        NothingChosen: there is none, or one is no number.
    """
    values = posted.getlist(name)
    if not values or not all(value.isdecimal() for value in values):
        raise NothingChosen(_("请先勾选要办理的行。"))
    return [int(value) for value in values]


def slips_page(request: StaffRequest, slips: list[Printed]) -> HttpResponse:
    context = {
        "slips": slips,
        "until": clock.day_of(clock.now() + VALID_FOR),
        "site": request.get_host(),
    }
    return render(request, "web/access/slips.html", context)
