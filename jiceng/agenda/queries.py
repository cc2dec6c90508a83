"""What waits, and for whom. Overdue is computed from the day, never from a job having run."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from jiceng.access.declarations import roles_falling_to
from jiceng.access.models import Grant
from jiceng.access.queries.holders import Addressee, holders_of_many
from jiceng.access.queries.rights import MEMBER, Rights, rights_of
from jiceng.access.queries.scopes import reach_of, scope_within
from jiceng.accounts.models import User
from jiceng.agenda.models import Desk, Digest, Item, Message
from jiceng.core.clock import day_of
from jiceng.registry.queries import described

SOON = datetime.timedelta(days=3)
SHOWN = 300  # items of one page; what is due first comes first


@dataclass(frozen=True, slots=True)
class Today:
    """Items, soonest first, each with `unit_name`."""

    due: list[Item]  # waiting for me, overdue or due within three days
    waiting_for_me: list[Item]  # the rest of them
    waiting_for_others: list[Item]  # what I asked for
    more: bool  # there is more than is shown

    @property
    def nothing(self) -> bool:
        return not (self.due or self.waiting_for_me)

    @property
    def some_dated(self) -> bool:
        return any(item.due_at for item in self.waiting_for_me)

    @property
    def some_asked_dated(self) -> bool:
        return any(item.due_at for item in self.waiting_for_others)


def today(user: User, at: datetime.datetime) -> Today:
    """Return what waits at `at`.

    One statement for the items and at most fifteen to know what the user answers for and what the
    units are called, however many items wait.
    """
    day = day_of(at)
    mine = addressees_answered_by(user, day)
    items = list(_waiting(mine, user)[: SHOWN + 1])
    found = Today([], [], [], more=len(items) > SHOWN)
    names = described({item.unit_id for item in items}, day)
    for item in items[:SHOWN]:
        item.unit_name = names[item.unit_id].name
        if (item.role, item.unit_id) not in mine:
            found.waiting_for_others.append(item)
        elif item.due_at is not None and item.due_at <= at + SOON:
            found.due.append(item)
        else:
            found.waiting_for_me.append(item)
    return found


def _waiting(mine: set[Addressee], user: User) -> QuerySet[Item]:
    waiting = Item.objects.filter(Q(asked_by=user) | addressed_to_any(mine), done_at=None)
    return waiting.order_by(F("due_at").asc(nulls_last=True), "created_at", "pk")


def addressed_to_any(addressees: Collection[Addressee]) -> Q:
    """Return the condition that an item is addressed to one of the roles at its unit."""
    addressed = Q(pk__in=[])
    for role in {role for role, _unit in addressees}:
        addressed |= Q(role=role, unit__in=[unit for held, unit in addressees if held == role])
    return addressed


def addressees_answered_by(user: User, day: datetime.date) -> set[Addressee]:
    """Return the roles at units for which the user answers: his own, and vacant ones where
    something waits.
    """
    rights = rights_of(user, day)
    own = {held for held in rights.held if held[0] != MEMBER}
    answering = holders_of_many(_vacant_around(own, rights, day), day)
    fallen = {
        addressee
        for addressee, grants in answering.items()
        if any(grant.user_id == user.pk for grant in grants)
    }
    return own | fallen


def digests_of(user: User) -> QuerySet[Digest]:
    """Return what was sent to a user or is to be, newest first, with its messages' items. Two
    statements. For himself only.
    """
    digests = Digest.objects.filter(user=user).exclude(state=Digest.State.DROPPED)
    soonest = F("item__due_at").asc(nulls_last=True)
    items = Message.objects.select_related("item").order_by(soonest, "pk")
    return digests.order_by("-slot").prefetch_related(Prefetch("messages", items))


def _vacant_around(own: set[Addressee], rights: Rights, day: datetime.date) -> set[Addressee]:
    """Return what has been asked for something and has no holder, at the units of `own` or below,
    in roles that may fall to one of them.
    """
    scope = scope_within({unit: rights.reach[unit] for _role, unit in own})
    held = Grant.objects.on(day).filter(unit=OuterRef("unit_id"), role=OuterRef("role"))
    falling = {below for role, _unit in own for below in roles_falling_to(role)}
    vacant = Desk.objects.filter(~Exists(held), role__in=falling)
    waiting = set(vacant.values_list("role", "unit_id"))
    # The vacant are few, the units below are many: ask where the few stand.
    reach = reach_of({unit for _role, unit in waiting}, day)
    return {(role, unit) for role, unit in waiting if scope.covers_any(reach.get(unit, []))}
