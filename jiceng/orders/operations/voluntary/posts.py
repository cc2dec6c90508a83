"""Welfare posts: opened with room for several, changed, closed."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.core.periods import DAY, FOREVER
from jiceng.notices.operations.holding import NUMBERS, plain_words
from jiceng.orders.models.voluntary import Claim, Offer, WelfarePost
from jiceng.orders.operations.voluntary.holding import held_post, record
from jiceng.orders.operations.voluntary.moving import end_claim
from jiceng.orders.voluntary_refusals import Incomplete, NoRoom, NotInsured, NotNow
from jiceng.orders.volunteering import post_kinds

MOST = 1_000  # held at once: what is larger is several posts


@dataclass(frozen=True, slots=True)
class Opening:
    """A post as it is opened."""

    kind: str
    title: str
    duties: str
    capacity: int
    place_text: str = ""
    hours: str = ""
    licence: str = ""
    dangerous: bool = False
    insurance: str = ""
    valid_to: datetime.date = FOREVER


@transaction.atomic
def open_post(
    branch: int,
    opening: Opening,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> WelfarePost:
    """Open a welfare post. The caller has checked that a user offers for the organisation.

    Raises:
        Incomplete: the kind is none, nobody has room, or it ends before it begins.
        NotInsured: it is dangerous, and nothing is said of an insurance.
        Faulty, HoldsNumbers: a text is missing, too long, or holds numbers of persons.
    """
    if opening.kind not in post_kinds() or not 0 < opening.capacity <= MOST:
        raise Incomplete(_("请选择岗位种类，并写明可认领的人数。"))
    if opening.valid_to <= day_of(at):
        raise Incomplete(_("结束日应当在今天之后。"))
    if opening.dangerous and not opening.insurance.strip():
        raise NotInsured(_("有人身危险的岗位，先写明由谁投什么保险。"))
    post = WelfarePost.objects.create(
        branch_id=branch,
        kind=opening.kind,
        title=_words(opening.title, _("岗位名称"), 60),
        place_text=_maybe(opening.place_text, _("地点或对象"), 80),
        duties=_words(opening.duties, _("做什么"), 300),
        hours=_maybe(opening.hours, _("服务时间"), 80),
        capacity=opening.capacity,
        licence=_maybe(opening.licence, _("所需资格"), 60),
        dangerous=opening.dangerous,
        insurance=_maybe(opening.insurance, _("保险"), 120),
        valid_from=day_of(at),
        valid_to=opening.valid_to,
        opened_by=by if isinstance(by, User) else None,
        recorded_at=at,
    )
    _record("orders.post.opened", post, by, at, key)
    return post


@transaction.atomic
def change_capacity(
    post: WelfarePost,
    *,
    capacity: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> WelfarePost:
    """Give a post more or less room, never less than hold it.

    Raises:
        NoRoom: more hold it. Incomplete: nobody would have room. NotNow: it is closed.
    """
    post = _open(post, day_of(at))
    held = post.claims.filter(state__in=Claim.LIVE).count()
    if capacity < held:
        raise NoRoom(_("现有 %s 人认领，人数不能再少。") % held)
    if not 0 < capacity <= MOST:
        raise Incomplete(_("请写明可认领的人数。"))
    post.capacity = capacity
    post.save(update_fields=["capacity"])
    _record("orders.post.changed", post, by, at, key)
    return post


@transaction.atomic
def close_post(
    post: WelfarePost, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> WelfarePost:
    """Close a post: it is offered no more and who holds it is free; his hours stay.

    Raises:
        NotNow: it is closed.
    """
    post = _open(post, day_of(at))
    post.valid_to = max(day_of(at), post.valid_from + DAY)
    post.save(update_fields=["valid_to"])
    Offer.objects.filter(post=post, state=Offer.State.OPEN).delete()
    for claim in post.claims.filter(state__in=Claim.LIVE):
        end_claim(claim, at=at)
    _record("orders.post.closed", post, by, at, key)
    return post


def _open(post: WelfarePost, day: datetime.date) -> WelfarePost:
    post = held_post(post)
    if post.valid_to <= day:
        raise NotNow(_("这个公益岗位已经结束。"))
    return post


def _words(text: str, label: str, most: int) -> str:
    return plain_words(text, label=label, most=most, refused=NUMBERS)


def _maybe(text: str, label: str, most: int) -> str:
    return _words(text, label, most) if text.strip() else ""


def _record(
    action: str,
    post: WelfarePost,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
) -> None:
    after = {"kind": post.kind, "capacity": post.capacity}
    record(action, post, unit=post.branch_id, by=by, at=at, key=key, text=post.title, after=after)
