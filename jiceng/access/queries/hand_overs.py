"""Posts that have ended, and the lists of what they left."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.models import Grant, HandOver
from jiceng.access.queries.gate import NotVisible, reached, require
from jiceng.access.queries.rights import scope_of
from jiceng.accounts.models import User
from jiceng.registry.models import Post
from jiceng.registry.queries import shown

LATELY = datetime.timedelta(days=180)


def post_for(user: User, number: int, today: datetime.date) -> Post:
    """Return a post, ended or not, whose unit lies where `user` administers accounts.

    Raises:
        NotVisible: no such post there.
    """
    scope = scope_of(user, "access.accounts", today)
    posts = reached(shown(Post.objects.filter(pk=number)), "unit", scope, today)
    post = posts.select_related("person").first()
    if post is None:
        raise NotVisible(_("没有这个岗位，或者您无权查看。"))
    return post


def ended_posts_for(user: User, today: datetime.date) -> QuerySet[Post]:
    """Return the posts that ended lately where `user` administers accounts and that had power.

    Raises:
        NotPermitted: he administers accounts nowhere.
    """
    scope = require(user, "access.accounts", today=today)
    ended = Post.objects.filter(valid_to__lte=today, valid_to__gt=today - LATELY).filter(
        Exists(Grant.objects.filter(post=OuterRef("pk")))
    )
    rows = reached(ended, "unit", scope, today)
    return rows.select_related("person", "hand_over").order_by("-valid_to", "pk")


def hand_overs_waiting_for(user: User, today: datetime.date) -> QuerySet[HandOver]:
    """Return the lists that `user` is to confirm: of posts he has taken over."""
    taken = Grant.objects.on(today).filter(
        user=user, post__unit=OuterRef("post__unit"), post__role=OuterRef("post__role")
    )
    return (
        HandOver.objects.filter(Exists(taken), confirmed_at=None, post__valid_to__lte=today)
        .exclude(post__person__number=user.person_number)
        .select_related("post__person")
        .order_by("listed_at")
    )


def hand_over_for(user: User, number: int, today: datetime.date) -> HandOver:
    """Return a list that `user` is to confirm, or that he drew up.

    Raises:
        NotVisible: neither.
    """
    waiting = hand_overs_waiting_for(user, today).filter(pk=number).first()
    if waiting is not None:
        return waiting
    hand_over = HandOver.objects.select_related("post__person", "confirmed_by").filter(pk=number)
    found = hand_over.first()
    if found is None:
        raise NotVisible(_("没有这份交接清单，或者您无权查看。"))
    post_for(user, found.post_id, today)
    return found
