"""Logging in and out. A form that was being sent when the session ended is kept through it."""

from typing import Any

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jiceng.ui.carried import Carried, keep, opened, sealed
from jiceng.ui.repeats import no_key_needed
from jiceng.ui.requests import SiteRequest

_PAGE = "web/access/log_in.html"


class LogInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _(
            "账号或密码不对。账号印在开户纸条上；忘记密码的，请所在乡镇（街道）重置。"
        ),
        "inactive": _("这个账号已停用。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("账号")
        self.fields["password"].label = _("密码")


@no_key_needed
@login_not_required
@sensitive_post_parameters("password")
@never_cache
def log_in(request: SiteRequest) -> HttpResponse:
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(_onward(request))
        return _page(request, LogInForm(), next=request.GET.get("next", ""))
    form = LogInForm(request, data=request.POST)
    kept = request.POST.get("carried", "")
    if not form.is_valid():
        return _page(request, form, 422, next=request.POST.get("next", ""), carried=kept)
    login(request, form.get_user())
    carried = opened(kept) if kept else None
    return redirect(keep(request, carried) if carried else _onward(request))


def log_in_again(request: SiteRequest, carried: Carried) -> HttpResponse:
    """Answer a form sent after the session ended: log in, then go on with what was filled in."""
    answer = _page(request, LogInForm(), 401, carried=sealed(carried), interrupted=True)
    if request.htmx:
        answer["HX-Retarget"] = "body"
        answer["HX-Reswap"] = "innerHTML"
    return answer


@no_key_needed
@login_not_required
@require_POST
def log_out(request: SiteRequest) -> HttpResponse:
    logout(request)
    return redirect("web:log_in")


def _page(
    request: SiteRequest, form: LogInForm, status: int = 200, **context: object
) -> HttpResponse:
    defaults = {"form": form, "next": "", "carried": "", "interrupted": False}
    return render(request, _PAGE, {**defaults, **context}, status=status)


def _onward(request: SiteRequest) -> str:
    """Return the page asked for before the log-in, if it is one of ours; else today's."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else reverse("web:today")
