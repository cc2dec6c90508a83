"""Welfare posts for the branch, and the claims on them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.access.queries import require
from jiceng.core import clock
from jiceng.orders.models import Claim
from jiceng.orders.operations import voluntary
from jiceng.orders.operations.voluntary import Opening
from jiceng.orders.queries.voluntary import (
    branches_for,
    claim_for,
    holders_of,
    post_for,
    posts_for,
    service_for,
)
from jiceng.orders.queries.volunteers import services_of
from jiceng.orders.volunteering import post_kinds
from jiceng.registry.queries import described
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.orders.voluntary.acting import Act, act_on, named
from jiceng.web.orders.voluntary.forms import (
    CapacityForm,
    ConfirmClaimForm,
    CorrectionForm,
    PostForm,
    ServedForm,
    TurnDownForm,
)

_S = Claim.State
_BRANCHES = 60  # offered in one list

POST_ACTS: dict[str, Act] = {
    "capacity": Act(
        gettext_lazy("调整人数"),
        gettext_lazy("保存"),
        gettext_lazy("已调整。"),
        lambda post, form, doing: voluntary.change_capacity(
            post, **form.cleaned_data, **doing.by()
        ),
        form=CapacityForm,
    ),
    "close": Act(
        gettext_lazy("结束岗位"),
        gettext_lazy("结束"),
        gettext_lazy("岗位已结束。"),
        lambda post, _form, doing: voluntary.close_post(post, **doing.by()),
        note=gettext_lazy("不再招募，正在认领的同时结束；服务记录都留着。"),
        danger=True,
    ),
}
CLAIM_ACTS: dict[str, Act] = {
    "confirm": Act(
        gettext_lazy("确认认领"),
        gettext_lazy("确认"),
        gettext_lazy("已确认。"),
        lambda claim, form, doing: voluntary.confirm_claim(
            claim, **form.cleaned_data, **doing.by()
        ),
        (_S.PENDING,),
        form=ConfirmClaimForm,
        main=True,
    ),
    "turn-down": Act(
        gettext_lazy("不确认"),
        gettext_lazy("退回"),
        gettext_lazy("已退回，说明了原因。"),
        lambda claim, form, doing: voluntary.turn_down_claim(
            claim, **form.cleaned_data, **doing.by()
        ),
        (_S.PENDING,),
        form=TurnDownForm,
    ),
    "service": Act(
        gettext_lazy("代为登记服务"),
        gettext_lazy("登记"),
        gettext_lazy("已登记。"),
        lambda claim, form, doing: voluntary.record_service(claim, form.served(), **doing.by()),
        (_S.CONFIRMED, _S.SERVED),
        note=gettext_lazy("按实际时间登记；无偿，不计补贴。"),
        form=ServedForm,
    ),
    "deliver": Act(
        gettext_lazy("代为登记送达"),
        gettext_lazy("登记"),
        gettext_lazy("已登记，等本人确认。"),
        lambda claim, form, doing: voluntary.record_delivery(claim, form.served(), **doing.by()),
        (_S.CONFIRMED, _S.SERVED),
        form=ServedForm,
    ),
}


def posts(request: StaffRequest) -> HttpResponse:
    """List the posts that one keeps: how many have room for how many."""
    today = clock.today()
    page = page_of(request, posts_for(request.user, today))
    units = described({post.branch_id for post in page}, today)
    context = {
        "page": page,
        "rows": [
            {
                "post": post,
                "kind": post_kinds()[post.kind].title,
                "branch": units[post.branch_id].name,
                "open": post.valid_to > today,
            }
            for post in page
        ],
    }
    return render(request, "web/orders/voluntary/posts.html", context)


def new(request: StaffRequest) -> HttpResponse:
    """Open a post: of which kind, then what it is. What its kind asks for is filled in."""
    kinds = post_kinds()
    kind = kinds.get(request.POST.get("kind") or request.GET.get("kind", ""))
    if kind is None:
        require(request.user, "orders.offer", today=clock.today())
        return render(request, "web/orders/voluntary/post_kinds.html", {"kinds": kinds.values()})
    branches = branches_for(request.user, clock.today())[:_BRANCHES]
    initial = {"kind": kind.code, "licence": kind.licence, "dangerous": kind.dangerous}
    form = PostForm(request.POST or None, branches=branches, initial=initial)
    if form.is_valid():
        with shown_on(form):
            given = dict(form.cleaned_data)
            post = voluntary.open_post(
                given.pop("branch"),
                Opening(**given),
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("岗位已设立，可以推荐给党员。"))
            return redirect("web:welfare_post", post.pk)
    return form_again(request, "web/orders/voluntary/post_new.html", {"form": form, "kind": kind})


def post(request: StaffRequest, number: int) -> HttpResponse:
    today = clock.today()
    found = post_for(request.user, number, today)
    is_open = found.valid_to > today
    context = {
        "post": found,
        "kind": post_kinds()[found.kind].title,
        "branch": described([found.branch_id], today)[found.branch_id],
        "claims": holders_of(found),
        "open": is_open,
        "acts": list(POST_ACTS.items()) if is_open else [],
    }
    return render(request, "web/orders/voluntary/post.html", context)


def act(request: StaffRequest, number: int, code: str) -> HttpResponse:
    found = post_for(request.user, number, clock.today())
    return act_on(
        request,
        named(POST_ACTS, code),
        found,
        context={
            "trail": reverse("web:welfare_posts"),
            "root": _("公益岗位"),
            "here": found.title,
        },
        back=reverse("web:welfare_post", args=[number]),
        initial={"capacity": found.capacity},
    )


def claim(request: StaffRequest, number: int) -> HttpResponse:
    """One claim: confirm it, and confirm what was served."""
    found = claim_for(request.user, number, clock.today())
    if request.method == "POST":
        chosen = [int(one) for one in request.POST.getlist("service") if one.isdecimal()]
        count = voluntary.confirm_services(
            found, services=chosen, by=request.user, at=clock.now(), key=request.key
        )
        messages.success(request, _("已确认 %s 条服务记录。") % count)
        return redirect("web:claim", number)
    acts = [
        (code, one)
        for code, one in CLAIM_ACTS.items()
        if found.state in one.states and not _of_other(code, found)
    ]
    context = {**_named(found), "services": services_of(found), "acts": acts}
    return render(request, "web/orders/voluntary/claim.html", context)


def claim_act(request: StaffRequest, number: int, code: str) -> HttpResponse:
    found = claim_for(request.user, number, clock.today())
    also = {"post": found.post} if code == "confirm" else {}
    return act_on(
        request,
        named(CLAIM_ACTS, code),
        found,
        context={
            "trail": reverse("web:wishes"),
            "root": _("心愿和岗位"),
            "here": found.person.name,
        },
        back=reverse("web:claim", args=[number]),
        initial={"day": clock.today()},
        also=also,
    )


def correct(request: StaffRequest, number: int) -> HttpResponse:
    """Correct one service, with a reason, or take it out."""
    service = service_for(request.user, number, clock.today())
    back = reverse("web:claim", args=[service.claim_id])
    correcting = Act(
        gettext_lazy("更正服务记录"),
        gettext_lazy("更正"),
        gettext_lazy("已更正，原记录留存。"),
        lambda row, form, doing: voluntary.correct_service(
            row,
            None if form.cleaned_data["none"] else form.served(),
            reason=form.cleaned_data["reason"],
            **doing.by(),
        ),
        form=CorrectionForm,
    )
    hours, more = divmod(service.minutes, 60)
    return act_on(
        request,
        correcting,
        service,
        context={
            "trail": reverse("web:wishes"),
            "root": _("心愿和岗位"),
            "here": service.claim.person.name,
        },
        back=back,
        initial={"day": service.day, "hours": hours, "more": more, "words": service.words},
    )


def _of_other(code: str, claim: Claim) -> bool:
    """Say whether an act belongs to claims of the other kind: posts are served, wishes delivered."""
    if code == "deliver":
        return claim.wish is None or claim.wish.state != "taken"
    return code == "service" and claim.wish is not None


def _named(claim: Claim) -> dict[str, Any]:
    title = claim.wish.summary if claim.wish else claim.post.title if claim.post else ""
    return {"claim": claim, "title": title}
