"""Wishes for the branch: what waits, one wish with all that can be done, and a new one."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jiceng.access.queries import Scope, require, unit_for
from jiceng.core import clock
from jiceng.core.refusals import Denied, NotFound
from jiceng.orders.models import MicroWish
from jiceng.orders.operations import voluntary
from jiceng.orders.operations.voluntary import Wished
from jiceng.orders.queries.voluntary import (
    claims_waiting_for,
    consent_to,
    may,
    require_at,
    wish_for,
    wish_page_of,
    wishes_for,
)
from jiceng.orders.volunteering import wish_kinds
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.queries import described, units_at
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.orders.voluntary.acting import Act, act_on, named
from jiceng.web.orders.voluntary.forms import (
    AnswerForm,
    CardForm,
    CheckForm,
    ConfirmedForm,
    ConsentForm,
    NewWishForm,
    PassOnForm,
)

_S = MicroWish.State
_LIVE = (_S.CHECKED, _S.TAKEN, _S.DELIVERED)

ACTS: dict[str, Act] = {
    "check": Act(
        gettext_lazy("核实心愿"),
        gettext_lazy("核实完毕，开始找人认领"),
        gettext_lazy("已核实。"),
        lambda wish, form, doing: voluntary.check_wish(
            wish, seen=wish.version, **form.cleaned_data, **doing.by()
        ),
        (_S.RECEIVED,),
        note=gettext_lazy("先问清姓名、联系方式和心愿，看是不是合情合理、做得到。"),
        form=CheckForm,
        main=True,
    ),
    "card": Act(
        gettext_lazy("改写卡片"),
        gettext_lazy("保存"),
        gettext_lazy("已改写；要公开，须由另一人审核。"),
        lambda wish, form, doing: voluntary.write_card(
            wish, seen=wish.version, **form.cleaned_data, **doing.by()
        ),
        (_S.CHECKED,),
        form=CardForm,
    ),
    "consent": Act(
        gettext_lazy("登记公开同意"),
        gettext_lazy("登记"),
        gettext_lazy("已登记。"),
        lambda wish, form, doing: voluntary.record_consent(wish, **form.cleaned_data, **doing.by()),
        (_S.RECEIVED, *_LIVE),
        note=gettext_lazy("只有本人能同意；不同意公开，一样帮忙实现。"),
        form=ConsentForm,
    ),
    "release": Act(
        gettext_lazy("公开心愿卡"),
        gettext_lazy("公开"),
        gettext_lazy("已公开。"),
        lambda wish, _form, doing: voluntary.release_card(wish, seen=wish.version, **doing.by()),
        _LIVE,
        permission="orders.release",
        note=gettext_lazy("请看卡片上的字：能不能看出是谁？看得出的，先不公开，请写卡片的人改写。"),
        main=True,
    ),
    "answer": Act(
        gettext_lazy("答复本人"),
        gettext_lazy("答复并办结"),
        gettext_lazy("已答复。"),
        lambda wish, form, doing: voluntary.answer_wish(
            wish, seen=wish.version, **form.cleaned_data, **doing.by()
        ),
        (_S.RECEIVED, _S.CHECKED),
        note=gettext_lazy("没有人能实现，或者不属于微心愿的，说明情况，告诉他可以找谁。"),
        form=AnswerForm,
    ),
    "confirm": Act(
        gettext_lazy("记录本人的确认"),
        gettext_lazy("记录"),
        gettext_lazy("已记录。"),
        lambda wish, form, doing: voluntary.confirm_delivery(
            wish, **form.cleaned_data, **doing.by()
        ),
        (_S.DELIVERED,),
        note=gettext_lazy("请问本人。本人也可以凭查询码自己确认。"),
        form=ConfirmedForm,
        main=True,
    ),
    "unconsent": Act(
        gettext_lazy("收回公开同意"),
        gettext_lazy("收回，撤下卡片"),
        gettext_lazy("已收回，卡片不再公开。"),
        lambda wish, _form, doing: voluntary.withdraw_consent(wish, **doing.by()),
        note=gettext_lazy("本人说不愿公开了，就在这里收回。卡片立即撤下，心愿照办。"),
        danger=True,
    ),
    "withdraw": Act(
        gettext_lazy("撤回心愿"),
        gettext_lazy("撤回"),
        gettext_lazy("已撤回。"),
        lambda wish, _form, doing: voluntary.withdraw_wish(wish, **doing.by()),
        (_S.RECEIVED, *_LIVE),
        note=gettext_lazy("本人不要了，才在这里撤回。"),
        danger=True,
    ),
}


def wishes(request: StaffRequest) -> HttpResponse:
    """List the wishes of one's organisations, those that wait for the branch first."""
    today = clock.today()
    page = page_of(request, wishes_for(request.user, today))
    units = described({wish.branch_id for wish in page} | {wish.place_id for wish in page}, today)
    kinds = wish_kinds()
    context = {
        "page": page,
        "rows": [
            {"wish": wish, "kind": kinds[wish.kind].title, "place": units[wish.place_id].name}
            for wish in page
        ],
        "claims": claims_waiting_for(request.user, today),
        "today": today,
    }
    return render(request, "web/orders/voluntary/wishes.html", context)


def wish(request: StaffRequest, number: str) -> HttpResponse:
    found = wish_for(request.user, number, clock.today())
    return render(request, "web/orders/voluntary/wish.html", _frame(request, found))


def act(request: StaffRequest, number: str, code: str) -> HttpResponse:
    """Do one thing to a wish."""
    today = clock.today()
    found = wish_for(request.user, number, today)
    chosen = named(ACTS, code)
    require_at(request.user, chosen.permission, found.branch_id, today)
    return act_on(
        request,
        chosen,
        found,
        context={
            "wish": found,
            "trail": reverse("web:wishes"),
            "root": _("微心愿"),
            "here": found.number,
        },
        back=reverse("web:wish", args=[number]),
        initial={
            "kind": found.kind,
            "urgency": found.urgency,
            "summary": found.summary,
            "given_on": today,
        },
    )


@never_cache
@require_POST
def reveal(request: StaffRequest, number: str) -> HttpResponse:
    """Show who wished, once; it leaves an entry."""
    today = clock.today()
    found = wish_for(request.user, number, today)
    require_at(request.user, "orders.offer", found.branch_id, today)
    details = voluntary.reveal_wisher(found, by=request.user, at=clock.now(), key=request.key)
    return render(
        request, "web/orders/voluntary/wish.html", {**_frame(request, found), "revealed": details}
    )


def pass_on(request: StaffRequest, number: str) -> HttpResponse:
    """Turn a wish into an order of duty; the answer shows the order's query code, once."""
    today = clock.today()
    found = wish_for(request.user, number, today)
    require_at(request.user, "orders.offer", found.branch_id, today)
    form = PassOnForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            placed = voluntary.pass_on_wish(
                found,
                **form.cleaned_data,
                seen=found.version,
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            context = {"received": placed, "passed_on": True}
            return render(request, "web/orders/voluntary/taken.html", context)
    context = {"wish": found, "form": form}
    return form_again(request, "web/orders/voluntary/pass_on.html", context)


def new(request: StaffRequest) -> HttpResponse:
    """Write down a wish for a resident; the answer shows its query code, once."""
    today = clock.today()
    scope = require(request.user, "orders.enter", today=today)
    form = NewWishForm(
        request.POST or None,
        name_of=_name_of,
        initial={"place": next((unit.pk for unit in _villages(scope, today)), None)},
    )
    if form.is_valid():
        with shown_on(form, NotFound, Denied):
            number = form.cleaned_data["place"]
            unit_for(request.user, "orders.enter", number=number, today=today)
            received = voluntary.collect_wish(
                Wished(**form.cleaned_data), by=request.user, at=clock.now(), key=request.key
            )
            messages.success(request, _("已登记。"))
            return render(request, "web/orders/voluntary/taken.html", {"received": received})
    return form_again(request, "web/orders/voluntary/new.html", {"form": form})


def _villages(scope: Scope, today: datetime.date) -> list[Unit]:
    """Return the villages at the head of what one may enter for: his own is filled in."""
    units = units_at(scope.ranges, today)
    return [one for one in units if one.tree == Tree.DIVISION and one.level == Level.VILLAGE]


def _name_of(number: str) -> str:
    found = described([int(number)], clock.today()) if number.isdecimal() else {}
    return next((unit.name for unit in found.values()), "")


def _frame(request: StaffRequest, wish: MicroWish) -> dict[str, Any]:
    """Return what the page of one wish shows; what a reader may do with it among it."""
    today = clock.today()
    shown = wish_page_of(wish)
    offers = may(request.user, "orders.offer", wish.branch_id, today)
    held = {"orders.offer": offers}
    held["orders.release"] = may(request.user, "orders.release", wish.branch_id, today)
    units = described([wish.branch_id, wish.place_id], today)
    consent = consent_to(wish)
    return {
        "wish": wish,
        "kind": wish_kinds()[wish.kind].title,
        "place": units[wish.place_id],
        "branch": units[wish.branch_id],
        "details": shown.details if offers else None,
        "consent": consent,
        "offers": shown.offers if offers else [],
        "claim": shown.claim if offers else None,
        "may_offer": offers,
        "acts": _open_acts(wish, held, consent, request),
        "may_pass_on": offers and wish.state in (_S.RECEIVED, _S.CHECKED),
        "overdue": bool(wish.wait_until and wish.wait_until < today and wish.state == _S.CHECKED),
        "today": today,
    }


def _open_acts(
    wish: MicroWish, held: dict[str, bool], consent: Any, request: StaffRequest
) -> list[tuple[str, Act]]:
    """Return what may be done now: only what would not be refused for what the page shows."""
    hidden = {
        "consent": consent is not None or wish.of_minor,
        "unconsent": consent is None,
        "release": consent is None
        or wish.of_minor
        or wish.released_at is not None
        or wish.written_by_id == request.user.pk,
    }
    return [
        (code, one)
        for code, one in ACTS.items()
        if held.get(one.permission)
        and (not one.states or wish.state in one.states)
        and not hidden.get(code)
    ]
