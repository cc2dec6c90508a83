"""Who holds which post: appointed and relieved, from a day on."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.changes import report
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.core.refusals import Invalid, NotFound
from jiceng.registry.models import Batch, Post
from jiceng.registry.operations.entries import own_or_given
from jiceng.registry.operations.people import PersonRow, with_people
from jiceng.registry.operations.writing import lock_lives, record_rows, write
from jiceng.registry.overlaps import Clash, Span, clashes
from jiceng.registry.posts import post_roles
from jiceng.registry.refusals import DatesOverlap


class NoSuchPost(NotFound):
    """No such post, or it had ended by then."""


class UnknownPost(Invalid):
    """The post is none of those the register knows."""


class PostTaken(DatesOverlap):
    """A post for one is held by another on that day."""


@dataclass(frozen=True, slots=True)
class PostRow:
    person: int | PersonRow
    unit: int
    role: str  # code of a declared post
    valid_from: datetime.date
    valid_to: datetime.date = FOREVER
    title: str = ""  # as it is called there; empty: as declared
    deputises: int | None = None  # the post whose holder is stood in for


@transaction.atomic
def appoint(
    rows: Sequence[PostRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Give people posts and return the posts' numbers in the order given. Somebody new is taken
    into the register with it.

    Raises:
        UnknownPost: a role is not declared.
        NoSuchUnit, OutsideLife: a unit does not live through the period.
        DatesOverlap: someone would hold the same post at the same unit twice on one day.
        PostTaken: a post for one would have two holders on one day.
        NoSuchPost: the post stood in for is not at that unit.
    """
    if not rows:
        return []
    own, journal = own_or_given(journal)
    unknown = {row.role for row in rows} - post_roles().keys()
    if unknown:
        raise UnknownPost(_("名录里没有职务“%s”。") % "、".join(sorted(unknown)))
    lock_lives((row.unit, row.valid_from, row.valid_to) for row in rows)
    rows = with_people(rows, by=by, at=at, batch=batch, journal=journal)
    if held_twice(rows):
        raise DatesOverlap(_("同一人在同一单位的同一职务起止日重叠。请改正起止日。"))
    if taken_by_another(rows):
        raise PostTaken(_("该职务同一天只能由一人担任。请先免去原任，或按代理登记。"))
    _check_deputies(rows)
    ids = write(
        Post,
        [
            "person_id",
            "unit_id",
            "role",
            "title",
            "deputises_id",
            "valid_from",
            "valid_to",
            "recorded_at",
        ],
        [
            (
                row.person,
                row.unit,
                row.role,
                row.title or post_roles()[row.role].title,
                row.deputises,
                row.valid_from,
                row.valid_to,
                at,
            )
            for row in rows
        ],
        batch=batch,
        journal=journal,
    )
    unit = rows[0].unit
    report(["registry.Post"], (row.valid_from for row in rows), at)
    if own:
        record_rows("registry.post.appointed", Post, ids, journal, by=by, at=at, key=key, unit=unit)
    return ids


def held_twice(rows: Sequence[PostRow]) -> dict[int, Clash]:
    """Return, by place, rows whose person holds the same post there on one of its days."""
    spans = [Span((r.unit, r.person, r.role), r.valid_from, r.valid_to) for r in rows]
    return clashes(Post, ["unit_id", "person_id", "role"], spans)


def taken_by_another(rows: Sequence[PostRow]) -> dict[int, Clash]:
    """Return, by place, rows that would be a second holder of a post for one."""
    places = [
        place
        for place, row in enumerate(rows)
        if row.deputises is None and post_roles()[row.role].single
    ]
    spans = [
        Span((rows[p].unit, rows[p].role), rows[p].valid_from, rows[p].valid_to) for p in places
    ]
    found = clashes(Post, ["unit_id", "role"], spans, deputises=None)
    return {places[place]: clash for place, clash in found.items()}


def _check_deputies(rows: Sequence[PostRow]) -> None:
    wanted = {row.deputises for row in rows if row.deputises is not None}
    units = dict(Post.objects.filter(pk__in=wanted).values_list("pk", "unit_id"))
    if any(row.deputises and units.get(row.deputises) != row.unit for row in rows):
        raise NoSuchPost(_("被代理的职务不在这个单位。"))


@transaction.atomic
def end_posts(
    posts: Sequence[int],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
) -> None:
    """End posts on `day`: the first day on which they are no longer held.

    Raises:
        NoSuchPost: a post does not exist, had ended by then or begins on `day` or later.
    """
    if not posts:
        return
    own, journal = own_or_given(journal)
    rows = list(Post.objects.select_for_update().filter(pk__in=set(posts)).order_by("pk"))
    if len(rows) != len(set(posts)) or any(not r.valid_from < day <= r.valid_to for r in rows):
        raise NoSuchPost(_("有职务在%s之前不存在，或已经结束。") % day)
    for row in rows:
        journal.changed(
            Post, row.pk, {"valid_to": row.valid_to.isoformat()}, {"valid_to": day.isoformat()}
        )
    Post.objects.filter(pk__in=[row.pk for row in rows]).update(valid_to=day)
    report(["registry.Post"], [day], at)
    if own:
        record_rows(
            "registry.post.ended",
            Post,
            [row.pk for row in rows],
            journal,
            by=by,
            at=at,
            key=key,
            unit=rows[0].unit_id,
            day=day,
        )
