"""What a member sees, on his phone: what was offered to him, what he has taken on, his hours."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jiceng.core import clock
from jiceng.documents import pdf
from jiceng.orders.models import Claim
from jiceng.orders.operations import voluntary
from jiceng.orders.queries import volunteers as own
from jiceng.orders.queries.voluntary import community_by, skills_for
from jiceng.orders.volunteering import post_kinds, skills, wish_kinds
from jiceng.registry.models import Person
from jiceng.registry.queries import described
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.orders.voluntary.acting import Act, act_on, named
from jiceng.web.orders.voluntary.forms import (
    CertificateForm,
    CommunityForm,
    ServedForm,
    SkillsForm,
)

_S = Claim.State
_SHOWN = 20  # of each list; what suits first
ACTS: dict[str, Act] = {
    "deliver": Act(
        gettext_lazy("登记送达"),
        gettext_lazy("已经送达"),
        gettext_lazy("已登记，等本人确认。谢谢您。"),
        lambda claim, form, doing: voluntary.record_delivery(claim, form.served(), **doing.by()),
        (_S.CONFIRMED, _S.SERVED),
        note=gettext_lazy("按实际时间填；不收任何费用。"),
        form=ServedForm,
        main=True,
    ),
    "service": Act(
        gettext_lazy("登记一次服务"),
        gettext_lazy("登记"),
        gettext_lazy("已登记，支部确认后计入时长。"),
        lambda claim, form, doing: voluntary.record_service(claim, form.served(), **doing.by()),
        (_S.CONFIRMED, _S.SERVED),
        note=gettext_lazy("按实际时间填；不收任何费用。"),
        form=ServedForm,
        main=True,
    ),
    "give-back": Act(
        gettext_lazy("退回认领"),
        gettext_lazy("退回"),
        gettext_lazy("已退回。"),
        lambda claim, _form, doing: voluntary.give_back(claim, **doing.by()),
        (_S.PENDING, _S.CONFIRMED, _S.SERVED),
        note=gettext_lazy("随时可以退回，不用说理由，也不记次数。已经登记的服务都留着。"),
        danger=True,
    ),
}


def mine(request: StaffRequest) -> HttpResponse:
    """Show what was offered, what one has taken on, and what else waits; what suits comes first."""
    today = clock.today()
    person = own.volunteer_of(request.user, today)
    able = own.skills_of(person)
    claims = list(own.claims_of(person)[:_SHOWN])
    offers = [(one, _title(one), _kind(one)) for one in own.offers_to(person)[:_SHOWN]]
    asked = {one.wish_id or -(one.post_id or 0) for one, _words, _of in offers}
    wishes = [one for one in own.open_wishes_to(person, today)[:_SHOWN] if one.pk not in asked]
    posts = [one for one in own.open_posts_to(person, today)[:_SHOWN] if -one.pk not in asked]
    context = {
        "offers": offers,
        "live": [(one, _title(one)) for one in claims if one.state != _S.ENDED],
        "ended": [(one, _title(one)) for one in claims if one.state == _S.ENDED],
        "wishes": _suiting_first(wishes, able, wish_kinds()),
        "posts": _suiting_first(posts, able, post_kinds()),
        "skills": [skills()[code] for code in sorted(able)],
    }
    return render(request, "web/orders/voluntary/mine.html", context)


@require_POST
def answer(request: StaffRequest, number: int) -> HttpResponse:
    """Accept or decline what was offered. Nothing else is asked."""
    offered = own.offer_to(own.volunteer_of(request.user, clock.today()), number)
    done: dict[str, Any] = {"by": request.user, "at": clock.now(), "key": request.key}
    if request.POST.get("answer") == "yes":
        claim = voluntary.accept_offer(offered, **done)
        messages.success(request, _("谢谢您接下来。"))
        return redirect("web:my_claim", claim.pk)
    voluntary.decline_offer(offered, **done)
    messages.success(request, _("好的，不再为这件事找您。"))
    return redirect("web:volunteering")


def take_wish(request: StaffRequest, number: str) -> HttpResponse:
    """Show a wish as a member may read it, and take it on."""
    today = clock.today()
    wish = own.wish_to_take(own.volunteer_of(request.user, today), number, today)
    if request.method == "POST":
        claim = voluntary.claim_wish(wish, by=request.user, at=clock.now(), key=request.key)
        messages.success(request, _("已认领，支部确认后就可以联系本人。"))
        return redirect("web:my_claim", claim.pk)
    context = {
        "wish": wish,
        "kind": wish_kinds()[wish.kind].title,
        "place": described([wish.place_id], today)[wish.place_id],
    }
    return render(request, "web/orders/voluntary/take_wish.html", context)


def take_post(request: StaffRequest, number: int) -> HttpResponse:
    """Show a post, and take it on."""
    today = clock.today()
    post = own.post_to_take(own.volunteer_of(request.user, today), number, today)
    if request.method == "POST":
        claim = voluntary.claim_post(post, by=request.user, at=clock.now(), key=request.key)
        messages.success(request, _("已认领，等支部确认。"))
        return redirect("web:my_claim", claim.pk)
    context = {
        "post": post,
        "kind": post_kinds()[post.kind].title,
        "skills": [skills()[code] for code in skills_for(post)],
    }
    return render(request, "web/orders/voluntary/take_post.html", context)


def claim(request: StaffRequest, number: int) -> HttpResponse:
    found = own.own_claim(own.volunteer_of(request.user, clock.today()), number)
    return render(request, "web/orders/voluntary/my_claim.html", _frame(found))


@never_cache
@require_POST
def reveal(request: StaffRequest, number: int) -> HttpResponse:
    """Show whom one is to meet, once; it leaves an entry."""
    found = own.own_claim(own.volunteer_of(request.user, clock.today()), number)
    details = voluntary.reveal_to_volunteer(found, by=request.user, at=clock.now(), key=request.key)
    context = {**_frame(found), "revealed": details}
    return render(request, "web/orders/voluntary/my_claim.html", context)


def act(request: StaffRequest, number: int, code: str) -> HttpResponse:
    found = own.own_claim(own.volunteer_of(request.user, clock.today()), number)
    ends = code == "give-back" and found.state == _S.PENDING  # nothing of it is kept
    back = reverse("web:volunteering") if ends else reverse("web:my_claim", args=[number])
    return act_on(
        request,
        named(ACTS, code),
        found,
        context={
            "trail": reverse("web:volunteering"),
            "root": _("志愿服务"),
            "here": _("我的认领"),
        },
        back=back,
        initial={"day": clock.today()},
    )


def my_skills(request: StaffRequest) -> HttpResponse:
    """Say what one can do."""
    person = own.volunteer_of(request.user, clock.today())
    form = SkillsForm(
        request.POST if request.method == "POST" else None,
        initial={"codes": sorted(own.skills_of(person))},
    )
    if form.is_valid():
        with shown_on(form):
            voluntary.declare_skills(
                **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            messages.success(request, _("已保存。"))
            return redirect("web:volunteering")
    return form_again(request, "web/orders/voluntary/skills.html", {"form": form})


def communities(request: StaffRequest) -> HttpResponse:
    """Register with the organisation of the community where one lives, or leave it."""
    today = clock.today()
    person = own.volunteer_of(request.user, today)
    place = request.GET.get("place", "")
    form = CommunityForm(request.GET if place else None, name_of=lambda _number: "")
    found = community_by(int(place), today) if place.isdecimal() else None
    rows = list(own.registrations_of(person, today))
    units = described({row.organisation_id for row in rows}, today)
    context = {
        "rows": [(row, units[row.organisation_id].name) for row in rows],
        "found": found,
        "place": place,
        "form": form,
    }
    return render(request, "web/orders/voluntary/communities.html", context)


@require_POST
def register(request: StaffRequest, number: int) -> HttpResponse:
    organisation = community_by(number, clock.today())
    voluntary.register_at_community(
        organisation.pk, by=request.user, at=clock.now(), key=request.key
    )
    messages.success(request, _("已报到。"))
    return redirect("web:volunteering")


@require_POST
def leave(request: StaffRequest, number: int) -> HttpResponse:
    person = own.volunteer_of(request.user, clock.today())
    row = own.registration_of(person, number, clock.today())
    voluntary.leave_community(row, by=request.user, at=clock.now(), key=request.key)
    messages.success(request, _("已结束报到。"))
    return redirect("web:my_communities")


def certificate(request: StaffRequest) -> HttpResponse:
    """Answer with the certificate of one's confirmed hours: free, on request, as often as one likes."""
    today = clock.today()
    person = own.volunteer_of(request.user, today)
    asked = "since" in request.GET
    initial = {"since": today.replace(month=1, day=1), "until": today}
    form = CertificateForm(request.GET if asked else None, initial=initial)
    if asked and form.is_valid():
        return _certificate(person, form.cleaned_data["since"], form.cleaned_data["until"], today)
    return render(request, "web/orders/voluntary/certificate.html", {"form": form})


def _certificate(
    person: Person, since: datetime.date, until: datetime.date, today: datetime.date
) -> HttpResponse:
    services = own.served_by(person, since, until)
    total = sum(one.minutes for one in services)
    context = {
        "person": person,
        "since": since,
        "until": until,
        "rows": [(one, _title(one.claim)) for one in services],
        "total": total,
        "today": today,
        "branch": own.home_of(person, today),
    }
    with translation.override(settings.LANGUAGE_CODE):
        html = render_to_string("web/orders/voluntary/certificate_sheet.html", context)
        content = pdf.render(html, title=_("志愿服务记录证明"))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="certificate.pdf"'
    return response


def _frame(claim: Claim) -> dict[str, Any]:
    wish_taken = claim.wish is not None and claim.wish.state == "taken"
    hidden = {
        "deliver": not wish_taken,
        "service": claim.wish is not None,
        "give-back": claim.wish is not None and not wish_taken,
    }
    acts = [(code, one) for code, one in ACTS.items() if claim.state in one.states]
    return {
        "claim": claim,
        "title": _title(claim),
        "services": own.services_of(claim),
        "acts": [(code, one) for code, one in acts if not hidden[code]],
        "may_meet": wish_taken and claim.state in Claim.SERVING,
    }


def _title(thing: Any) -> str:
    return thing.wish.summary if thing.wish else thing.post.title


def _kind(thing: Any) -> str:
    kinds: Any = wish_kinds() if thing.wish else post_kinds()
    return str(kinds[(thing.wish or thing.post).kind].title)


def _suiting_first(rows: list[Any], able: set[str], kinds: Any) -> list[tuple[Any, str, bool]]:
    """Return rows with what they are, those that suit one's skills before the others."""
    found = [(one, kinds[one.kind].title, bool(able & set(kinds[one.kind].skills))) for one in rows]
    return sorted(found, key=lambda row: not row[2])
