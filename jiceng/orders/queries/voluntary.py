"""Wishes, posts and claims through the gate: what the branch sees."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.queries import Scope, organisations_for, reach_of, require, scope_of
from jiceng.access.queries.gate import NotPermitted, reached
from jiceng.accounts.models import User
from jiceng.orders.matching import Proposal, proposals
from jiceng.orders.models.voluntary import (
    Claim,
    Offer,
    Service,
    WelfarePost,
)
from jiceng.orders.models.wishes import MicroWish, WishConsent, WishDetails
from jiceng.orders.queries.held import claims, mark_of, with_held
from jiceng.orders.queries.volunteers import volunteers_of
from jiceng.orders.voluntary_refusals import (
    NoBranch,
    NoSuchClaim,
    NoSuchPost,
    NoSuchWish,
)
from jiceng.orders.volunteering import post_kinds, wish_kinds
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level
from jiceng.registry.queries import (
    ancestors_of,
    organisations_in,
    own_organisations_of,
    unit_on,
)


def branch_for(place: int, day: datetime.date) -> Unit:
    """Return the organisation that leads a place: a village's own, else the nearest above.

    Raises:
        NoBranch: there is none.
    """
    here = unit_on(place, day)
    own = own_organisations_of(here.path, day).first()
    if own is not None:
        return own
    for unit in (here, *reversed(ancestors_of(here.path, day))):
        seated = organisations_in(unit.path, day).filter(seats__division=unit.pk)
        leading = seated.order_by("path").first()
        if leading is not None:
            return leading
    raise NoBranch(_("这个地方还没有登记党组织，请选择别的村（社区）。"))


def wishes_for(user: User, today: datetime.date) -> QuerySet[MicroWish]:
    """Return the wishes of the organisations whose tasks `user` offers, those that wait first,
    the soonest due at the top.

    Raises:
        NotPermitted: he offers nothing anywhere.
    """
    scope = require(user, "orders.offer", today=today)
    rows = reached(MicroWish.objects.all(), "branch", scope, today)
    return rows.order_by(
        F("ended_at").desc(nulls_first=True), F("wait_until").asc(nulls_first=True), "pk"
    )


def wish_for(user: User, number: str, today: datetime.date) -> MicroWish:
    """Return a wish for who answers for its branch, or may release its card.

    Raises:
        NoSuchWish: there is none, or he may not see it.
    """
    wish = MicroWish.objects.filter(number=number).first()
    if wish is None or not _reaches(wish.branch_id, _seeing(user, today), today):
        raise NoSuchWish(_("没有编号为 %s 的心愿，或者您无权查看。") % number)
    return wish


@dataclass(frozen=True, slots=True)
class WishPage:
    """What the branch sees of a wish beside its row. Who declined is not among it."""

    details: WishDetails
    offers: list[Offer]  # that wait to be decided
    claim: Claim | None  # of who has taken it on


def wish_page_of(wish: MicroWish) -> WishPage:
    """Return what hangs on a wish. Three statements."""
    offers = Offer.objects.filter(wish=wish, state=Offer.State.OPEN).select_related("person")
    live = claims().filter(wish=wish, state__in=Claim.LIVE)
    return WishPage(wish.details, list(offers.order_by("person__name", "pk")), live.first())


def consent_to(wish: MicroWish) -> WishConsent | None:
    """Return the resident's consent to a card, if it stands."""
    return wish.consents.filter(withdrawn_at=None).first()


def branches_for(user: User, today: datetime.date) -> QuerySet[Any, Unit]:
    """Return the organisations for which `user` offers tasks, the upper first."""
    found: QuerySet[Any, Unit] = organisations_for(user, "orders.offer", today=today)
    return found.order_by("path")


def may(user: User, permission: str, branch: int, today: datetime.date) -> bool:
    """Say whether `user` holds a permission at an organisation. Statements as `scope_of`."""
    return _reaches(branch, [scope_of(user, permission, today)], today)


def require_at(user: User, permission: str, branch: int, today: datetime.date) -> None:
    """Make sure that `user` holds a permission at an organisation that he may see.

    Raises:
        NotPermitted: he does not.
    """
    if not may(user, permission, branch, today):
        require(user, permission, today=today)
        raise NotPermitted(_("这个党组织的志愿任务不由您办理。"))


def posts_for(user: User, today: datetime.date) -> QuerySet[WelfarePost]:
    """Return the welfare posts that `user` keeps, open ones first, each with `held`.

    Raises:
        NotPermitted: he offers nothing anywhere.
    """
    scope = require(user, "orders.offer", today=today)
    rows = reached(with_held(WelfarePost.objects.all()), "branch", scope, today)
    return rows.order_by("-valid_to", "title", "pk")


def post_for(user: User, number: int, today: datetime.date) -> WelfarePost:
    """Return a post, with `held`, for who keeps it.

    Raises:
        NoSuchPost: there is none, or he may not see it.
    """
    post = with_held(WelfarePost.objects.filter(pk=number)).first()
    scope = scope_of(user, "orders.offer", today)
    if post is None or not _reaches(post.branch_id, [scope], today):
        raise NoSuchPost(_("没有这个公益岗位，或者您无权查看。"))
    return post


def claim_for(user: User, number: int, today: datetime.date) -> Claim:
    """Return a claim for the branch that answers for it.

    Raises:
        NoSuchClaim: there is none, or he may not see it.
    """
    claim = claims().filter(pk=number).first()
    scope = scope_of(user, "orders.offer", today)
    if claim is None or not _reaches(_keeper(claim), [scope], today):
        raise NoSuchClaim(_("没有这项认领，或者您无权查看。"))
    return claim


def claims_waiting_for(user: User, today: datetime.date) -> QuerySet[Claim]:
    """Return the claims that wait to be confirmed where `user` offers tasks, the oldest first."""
    scope = require(user, "orders.offer", today=today)
    waiting = claims().filter(state=Claim.State.PENDING)
    of_wishes = reached(waiting.exclude(wish=None), "wish__branch", scope, today)
    of_posts = reached(waiting.exclude(post=None), "post__branch", scope, today)
    return waiting.filter(
        Q(pk__in=of_wishes.values("pk")) | Q(pk__in=of_posts.values("pk"))
    ).order_by("made_at", "pk")


def proposals_for(thing: MicroWish | WelfarePost, day: datetime.date) -> list[Proposal]:
    """Return whom the branch might ask for a wish or a post: who was not asked for it and has not
    taken it on. A proposal; a person decides.
    """
    volunteers = volunteers_of(thing.branch_id, day)
    marks = {mark_of(thing, one.person): one.person for one in volunteers}
    asked = Offer.objects.filter(mark__in=marks).values_list("mark", flat=True)
    holding = Claim.objects.filter(**_of(thing), state__in=Claim.LIVE)
    out = {*(marks[mark] for mark in asked), *holding.values_list("person", flat=True)}
    volunteers = [one for one in volunteers if one.person not in out]
    return proposals(skills_for(thing), volunteers)


def skills_for(thing: MicroWish | WelfarePost) -> tuple[str, ...]:
    if isinstance(thing, MicroWish):
        return wish_kinds()[thing.kind].skills
    return post_kinds()[thing.kind].skills


def holders_of(post: WelfarePost) -> QuerySet[Claim]:
    """Return the live claims on a post, by name."""
    live = claims().filter(post=post, state__in=Claim.LIVE)
    return live.order_by("person__name", "pk")


def service_for(user: User, number: int, today: datetime.date) -> Service:
    """Return a service that stands, for the branch that answers for its claim.

    Raises:
        NoSuchClaim: there is none, or he may not see it.
    """
    service = Service.objects.filter(pk=number, superseded_at=None).first()
    if service is None:
        raise NoSuchClaim(_("没有这条服务记录，或者您无权查看。"))
    service.claim = claim_for(user, service.claim_id, today)
    return service


def community_by(place: int, day: datetime.date) -> Unit:
    """Return the organisation that leads a village or community, with which members register.

    Raises:
        NoBranch: it is none, or has none.
    """
    here = unit_on(place, day)
    leading = own_organisations_of(here.path, day).first()
    if here.level != Level.VILLAGE or leading is None:
        raise NoBranch(_("请选择一个村（社区）。"))
    return leading


def _of(thing: MicroWish | WelfarePost) -> dict[str, int]:
    return {"wish" if isinstance(thing, MicroWish) else "post": thing.pk}


def _keeper(claim: Claim) -> int:
    kept_by = claim.wish or claim.post
    assert kept_by is not None
    return kept_by.branch_id


def _seeing(user: User, today: datetime.date) -> list[Scope]:
    return [scope_of(user, name, today) for name in ("orders.offer", "orders.release")]


def _reaches(branch: int, scopes: Iterable[Scope], today: datetime.date) -> bool:
    reach = reach_of([branch], today).get(branch, [])
    return any(scope.covers_any(reach) for scope in scopes)
