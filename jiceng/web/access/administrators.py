"""The three administrators: appointed until a day, and withdrawn, by the security administrator."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jiceng.access import operations
from jiceng.access.declarations import ROLES
from jiceng.access.queries import require, unit_for
from jiceng.access.queries.accounts import administrator_grant_for, administrators_for
from jiceng.core import clock
from jiceng.registry import queries as registry
from jiceng.ui.forms import choose
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.access.accounts import Printed, slips_page


class AdministratorForm(forms.Form):
    username = forms.SlugField(
        label=gettext_lazy("账号"),
        max_length=32,
        help_text=gettext_lazy("没有这个账号时新开一个，并给出一次性登录码。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    display_name = forms.CharField(
        label=gettext_lazy("姓名"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("角色"))
    unit = forms.TypedChoiceField(label=gettext_lazy("范围"), coerce=int)
    until = forms.DateField(
        label=gettext_lazy("截止日"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("最后有效的一天，最长三年。"),
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "unit", units)
        choose(self, "role", [(r.code, r.title) for r in ROLES if not r.by_post])


@never_cache
def administrators(request: StaffRequest) -> HttpResponse:
    today = clock.today()
    held = administrators_for(request.user, today)
    roots = registry.units_at(require(request.user, "access.grants", today=today).ranges, today)
    form = AdministratorForm(request.POST or None, units=[(unit.pk, unit.name) for unit in roots])
    if form.is_valid():
        with shown_on(form):
            return _appoint(request, form)
    return form_again(request, "web/access/administrators.html", {"held": held, "form": form})


def _appoint(request: StaffRequest, form: AdministratorForm) -> HttpResponse:
    given = dict(form.cleaned_data)
    unit_for(request.user, "access.grants", number=given["unit"])
    user, code = operations.appoint_administrator(
        **given, by=request.user, at=clock.now(), key=request.key
    )
    if code:
        return slips_page(request, [Printed(user, code, ROLES[given["role"]].title)])
    messages.success(request, _("已授予 %s。") % user.display_name)
    return redirect("web:administrators")


@require_POST
def withdraw(request: StaffRequest, number: int) -> HttpResponse:
    grant = administrator_grant_for(request.user, number, clock.today())
    operations.withdraw_grant(grant, by=request.user, at=clock.now(), key=request.key)
    messages.success(request, _("已收回 %s 的权限。") % grant.user.display_name)
    return redirect("web:administrators")
