"""Sending what was written beside items: composed once for each person and time, sent at most
once. What each step guarantees, and which way it errs, is in decision 0020.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import F

from jiceng.access.queries import message_address_of, message_addresses_of
from jiceng.access.queries.holders import holders_of_many
from jiceng.agenda import hours, ways
from jiceng.agenda.letters import letter_of
from jiceng.agenda.models import Digest, Item, Message
from jiceng.agenda.queries import addressees_answered_by
from jiceng.core.clock import day_of
from jiceng.core.locks import alone

State = Digest.State
_AT_ONCE = 300  # messages of one transaction
_SENT_AT_ONCE = 500  # digests of one run: the job process has other work
_ABANDONED = datetime.timedelta(minutes=10)  # no sending takes longer


def send_due(at: datetime.datetime, now: Callable[[], datetime.datetime] | None = None) -> None:
    """Compose and send what is due. May be cut short anywhere, and repeated.

    Args:
        now: the clock, asked before each letter, so that a long run ends when the quiet begins.
    """
    settle_abandoned(at)
    slot = hours.slot_at(at)
    if slot is None:
        return
    while _compose_some(slot, at):
        pass
    _send(at, now or (lambda: at))


def settle_abandoned(at: datetime.datetime) -> None:
    """Say of what was being sent when the process ended that nobody can know; a way that sends
    nothing twice is asked again.
    """
    adapters = {way.code: ways.adapter_for(way.code) for way in ways.ways_on()}
    again = [code for code, adapter in adapters.items() if adapter and adapter.repeatable]
    abandoned = Digest.objects.filter(state=State.SENDING, claimed_at__lt=at - _ABANDONED)
    abandoned.filter(way__in=again).update(state=State.WAITING)
    abandoned.update(state=State.UNCERTAIN)


def forget_old(at: datetime.datetime) -> None:
    """Delete what was sent, or need not be, longer ago than it is kept."""
    before = at - hours.KEPT
    done = Digest.objects.filter(slot__lt=before).exclude(state__in=[State.WAITING, State.SENDING])
    Digest.objects.filter(pk__in=list(done.values_list("pk", flat=True)[:_AT_ONCE])).delete()
    idle = Message.objects.filter(written_at__lt=before, digests=None, item__done_at__isnull=False)
    idle = idle.exclude(settled_at=None)
    Message.objects.filter(pk__in=list(idle.values_list("pk", flat=True)[:_AT_ONCE])).delete()


@transaction.atomic
def _compose_some(slot: datetime.datetime, at: datetime.datetime) -> bool:
    """Put some messages written before `slot` into digests; say whether there were any."""
    alone("agenda.outbox")
    unsettled = Message.objects.filter(settled_at=None, written_at__lt=slot)
    some = list(unsettled.select_related("item").order_by("pk")[:_AT_ONCE])
    readers = _readers_of([message for message in some if message.item.done_at is None], at)
    digests = _digests_for(readers, slot)
    told = Digest.messages.through
    told.objects.bulk_create(
        told(digest_id=digests[user].pk, message_id=message.pk)
        for user, messages in readers.items()
        for message in messages
    )
    Message.objects.filter(pk__in=[message.pk for message in some]).update(settled_at=at)
    return bool(some)


def _readers_of(messages: list[Message], at: datetime.datetime) -> dict[int, list[Message]]:
    """Return what each user is to be told: who answers for it now, did not ask for it himself, and
    has chosen a way that is switched on.
    """
    asked = {(message.item.role, message.item.unit_id) for message in messages}
    holders = holders_of_many(asked, day_of(at)) if asked else {}
    found: dict[int, list[Message]] = defaultdict(list)
    for message in messages:
        item = message.item
        users = {grant.user_id for grant in holders[item.role, item.unit_id]}
        for user in users - {item.asked_by_id}:
            found[user].append(message)
    reached = message_addresses_of(found, [way.code for way in ways.ways_on()])
    return {user: told for user, told in found.items() if user in reached}


def _digests_for(users: Iterable[int], slot: datetime.datetime) -> dict[int, Digest]:
    """Return a digest of `slot` for each user; of the next one still open where he was sent his."""
    missing = set(users)
    found: dict[int, Digest] = {}
    while missing:
        Digest.objects.bulk_create(
            (Digest(user_id=user, slot=slot) for user in missing), ignore_conflicts=True
        )
        standing = Digest.objects.filter(slot=slot, user__in=missing, state=State.WAITING)
        found |= {digest.user_id: digest for digest in standing.select_for_update()}
        missing -= found.keys()
        slot = hours.slot_after(slot)
    return found


def _send(at: datetime.datetime, now: Callable[[], datetime.datetime]) -> None:
    waiting = Digest.objects.filter(state=State.WAITING, slot__lte=at).order_by("slot", "pk")
    for digest in waiting.select_related("user")[:_SENT_AT_ONCE]:
        moment = now()
        if hours.is_quiet(moment):
            return
        try:
            _send_one(digest, moment)
        except ways.NotNow:
            _settle(digest, State.WAITING)
            return


def _send_one(digest: Digest, at: datetime.datetime) -> None:
    """Claim a digest, then send it. Not in a transaction: what is sent cannot be taken back."""
    chosen = message_address_of(digest.user)
    waiting = Digest.objects.filter(pk=digest.pk, state=State.WAITING)
    if not waiting.update(state=State.SENDING, way=chosen.way if chosen else "", claimed_at=at):
        return  # another process has it
    adapter = ways.adapter_for(chosen.way) if chosen else None
    items = _still_waiting(digest, at)  # after the claim: nothing is put into it any more
    if chosen is None or adapter is None or not items or not digest.user.is_active:
        _settle(digest, State.DROPPED)
        return
    try:
        adapter.send(chosen.address, letter_of(digest.user, items, at), key=f"digest-{digest.pk}")
    except ways.Refused as refused:
        _settle(digest, State.REFUSED if refused.final else State.WAITING)
    except ways.Uncertain:
        _settle(digest, State.UNCERTAIN)
    else:
        _settle(digest, State.SENT, sent_at=at)


def _settle(digest: Digest, state: State, *, sent_at: datetime.datetime | None = None) -> None:
    claimed = Digest.objects.filter(pk=digest.pk, state=State.SENDING)
    claimed.update(state=state, sent_at=sent_at)


def _still_waiting(digest: Digest, at: datetime.datetime) -> list[Item]:
    """Return what has not been done meanwhile and is still for this user to do, soonest first."""
    items = Item.objects.filter(message__digests=digest, done_at=None)
    mine = addressees_answered_by(digest.user, day_of(at))
    ordered = items.order_by(F("due_at").asc(nulls_last=True), "pk")
    return [item for item in ordered if (item.role, item.unit_id) in mine]
