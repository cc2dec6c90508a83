"""Accounts in bulk from posts, and the grants that hang on them."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.access.models import Grant
from jiceng.access.operations.accounts import replace_codes
from jiceng.access.posts import Brought, brought_by
from jiceng.accounts.models import User
from jiceng.accounts.queries import users_of_persons
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.core.periods import FOREVER
from jiceng.core.refusals import Conflict, Invalid
from jiceng.registry.models import Post
from jiceng.registry.queries import shown

POSTS_AT_ONCE = 400  # an account, a code and up to two grants each: 2,000 rows in a transaction


class TooManyPosts(Invalid):
    """More posts than one transaction takes."""


class WrongPost(Conflict):
    """A post does not hold today, or brings nothing."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one account; the code is kept nowhere else."""

    user: User
    title: str  # of the post
    unit: int
    code: str


@transaction.atomic
def open_accounts(
    posts: Sequence[int], *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> list[Slip]:
    """Make the accounts of the posts' holders, grant what the posts bring, and return a slip for
    each account that is new. Who has an account keeps it and his password.

    Raises:
        TooManyPosts: more than 400 posts.
        WrongPost: a post has ended, begins later, or brings nothing.
    """
    if len(posts) > POSTS_AT_ONCE:
        raise TooManyPosts(_("一次最多为 %s 个岗位开户，请分批办理。") % POSTS_AT_ONCE)
    rows, brought = _brought(posts, day_of(at))
    known = users_of_persons(post.person.number for post in rows)
    fresh = {
        post.person.number: User(
            username=post.person.number,
            display_name=post.person.name,
            person_number=post.person.number,
            created_at=at,
        )
        for post in rows
        if post.person.number not in known
    }
    for user in fresh.values():
        user.set_unusable_password()
    User.objects.bulk_create(fresh.values())
    _grant(brought, {**known, **fresh}, at)
    codes = replace_codes(list(fresh.values()), at)
    audit.record(
        action="access.account.opened",
        subject=rows[0] if rows else "registry.post:0",
        unit=rows[0].unit_id if rows else None,
        by=by,
        at=at,
        key=key,
        after={"posts": [post.pk for post in rows], "accounts": sorted(fresh)},
        count=len(rows),
    )
    first_post = {post.person.number: post for post in reversed(rows)}
    return [
        Slip(user, first_post[number].title, first_post[number].unit_id, codes[user.pk])
        for number, user in fresh.items()
    ]


@transaction.atomic
def grant_from_posts(
    posts: Sequence[int], *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> int:
    """Grant what posts bring to holders who have accounts already; return how many are new.

    The power ends when the post ends, without anything being written then.

    Raises:
        WrongPost: a post has ended, begins later, or brings nothing.
    """
    rows, brought = _brought(posts, day_of(at))
    users = users_of_persons(post.person.number for post in rows)
    granted = _grant([row for row in brought if row.post.person.number in users], users, at)
    audit.record(
        action="access.grant.from_post",
        subject=rows[0] if rows else "registry.post:0",
        unit=rows[0].unit_id if rows else None,
        by=by,
        at=at,
        key=key,
        after={"posts": [post.pk for post in rows]},
        count=granted,
    )
    return granted


def _brought(posts: Iterable[int], day: datetime.date) -> tuple[list[Post], list[Brought]]:
    wanted = set(posts)
    rows = list(
        shown(Post.objects.on(day).filter(pk__in=wanted)).select_related("person").order_by("pk")
    )
    brought = brought_by(rows, day)
    if len(rows) != len(wanted) or {row.post.pk for row in brought} != wanted:
        raise WrongPost(
            _("所选岗位中有的已经结束、尚未开始，或者不带来系统内的权限。请刷新后重选。")
        )
    return rows, brought


def _grant(brought: list[Brought], users: dict[str, User], at: datetime.datetime) -> int:
    have = set(
        Grant.objects.filter(post__in=[row.post for row in brought]).values_list(
            "post_id", "role", "unit_id"
        )
    )
    new = [row for row in brought if (row.post.pk, row.role, row.unit) not in have]
    Grant.objects.bulk_create(
        Grant(
            user=users[row.post.person.number],
            role=row.role,
            unit_id=row.unit,
            post=row.post,
            deputy=row.post.deputises_id is not None,
            valid_from=row.post.valid_from,
            valid_to=FOREVER,  # the post's end is its end
            recorded_at=at,
        )
        for row in new
    )
    return len(new)
