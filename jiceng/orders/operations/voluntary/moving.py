"""Bringing a wish to where it stands now, with all that hangs on it."""

import datetime
import uuid

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.orders.models.voluntary import Claim, Offer
from jiceng.orders.models.wishes import MicroWish
from jiceng.orders.operations.voluntary import asking
from jiceng.orders.operations.voluntary.holding import record
from jiceng.orders.operations.voluntary.projecting import project


def save(wish: MicroWish) -> None:
    """Keep a wish that was changed, and what the public reads of it."""
    wish.version += 1
    wish.save()
    project(wish)


def take(wish: MicroWish, *, at: datetime.datetime) -> None:
    """Keep that somebody takes it on: what was offered to others is over."""
    wish.state = MicroWish.State.TAKEN
    save(wish)
    Offer.objects.filter(wish=wish, state=Offer.State.OPEN).delete()
    asking.close(asking.WAIT, wish, at=at)


def free(wish: MicroWish, *, at: datetime.datetime) -> None:
    """Let a wish wait again; the day on which its waiting ends stays what it was."""
    wish.state = MicroWish.State.CHECKED
    save(wish)
    asking.ask(asking.WAIT, wish, at=at)


def end(wish: MicroWish, state: str, *, at: datetime.datetime) -> None:
    """End a wish: what was offered is over, who had taken it on is free."""
    wish.state, wish.ended_at = state, at
    save(wish)
    Offer.objects.filter(wish=wish, state=Offer.State.OPEN).delete()
    for claim in wish.claims.filter(state__in=Claim.LIVE):
        end_claim(claim, at=at)
    asking.close_all(wish, at=at)


def end_claim(claim: Claim, *, at: datetime.datetime) -> None:
    claim.state, claim.ended_on = Claim.State.ENDED, day_of(at)
    claim.save(update_fields=["state", "ended_on"])
    asking.close(asking.CLAIM, claim, at=at)


def record_wish(
    action: str, wish: MicroWish, by: "User | str", at: datetime.datetime, key: uuid.UUID | None
) -> None:
    after = {"state": wish.state, "kind": wish.kind, "how": wish.how}
    record(action, wish, unit=wish.branch_id, by=by, at=at, key=key, after=after)
