"""Acts on one thing: what the page asks, who may, and the one operation that follows."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.declarations import Words
from jiceng.core.refusals import Denied, NotFound
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.orders.voluntary.forms import EmptyForm


class NoSuchAct(NotFound):
    """There is no such page."""


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does something and when; what every operation is given."""

    request: StaffRequest
    at: datetime.datetime

    def by(self) -> dict[str, Any]:
        return {"by": self.request.user, "at": self.at, "key": self.request.key}


Run = Callable[[Any, Any, Doing], object]  # thing, form, doing


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may be done to a wish, a post or a claim, on a page of its own."""

    title: Words
    button: Words
    done: Words
    run: Run
    states: Iterable[str] = ()  # in which it is offered; empty: always
    permission: str = "orders.offer"
    note: Words = ""
    form: Callable[..., forms.Form] = EmptyForm
    main: bool = False  # what comes next, of all that may be done
    danger: bool = False


def named(acts: Mapping[str, Act], code: str) -> Act:
    """Return the act that an address names.

    Raises:
        NoSuchAct: there is none.
    """
    if code not in acts:
        raise NoSuchAct(_("没有这一页。"))
    return acts[code]


def act_on(
    request: StaffRequest,
    act: Act,
    thing: Any,
    *,
    context: dict[str, Any],
    back: str,
    initial: dict[str, Any] | None = None,
    also: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show what the act asks; take it, and lead back.

    Args:
        back: address of the page of the thing.
        also: what the form is made with.
    """
    form = act.form(
        request.POST if request.method == "POST" else None, initial=initial, **also or {}
    )
    if form.is_valid():
        with shown_on(form, Denied):
            act.run(thing, form, Doing(request, clock.now()))
            messages.success(request, str(act.done))
            return redirect(back)
    context = {**context, "act": act, "form": form, "back": back}
    return form_again(request, "web/orders/voluntary/act.html", context)
