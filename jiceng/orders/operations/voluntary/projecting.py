"""Writing what the public may read of a wish: whoever holds the code, and everybody the card."""

from jiceng.core.clock import day_of
from jiceng.orders.models.wishes import MicroWish, WishCard, WishStatus


def project(wish: MicroWish) -> None:
    """Bring the status, and the card if there is one, to where the wish stands. Two statements."""
    ended_on = day_of(wish.ended_at) if wish.ended_at else None
    WishStatus.objects.update_or_create(
        code_digest=wish.code_digest,
        defaults={
            "number": wish.number,
            "state": wish.state,
            "received_on": day_of(wish.received_at),
            "wait_until": wish.wait_until,
            "is_shown": wish.released_at is not None,
            "ended_on": ended_on,
            "answer": wish.answer,
            "passed_to": wish.passed_to,
        },
    )
    if wish.released_at is None:
        return
    if wish.has_ended and wish.state != MicroWish.State.CLOSED:
        take_card_down(wish)
    else:
        fulfilled = ended_on if wish.state == MicroWish.State.CLOSED else None
        WishCard.objects.filter(number=wish.number).update(state=wish.state, fulfilled_on=fulfilled)


def put_card_up(wish: MicroWish) -> None:
    assert wish.released_at is not None
    WishCard.objects.update_or_create(
        number=wish.number,
        defaults={
            "place": wish.place_id,
            "kind": wish.kind,
            "urgency": wish.urgency,
            "text": wish.summary,
            "state": wish.state,
            "released_on": day_of(wish.released_at),
        },
    )


def take_card_down(wish: MicroWish) -> None:
    WishCard.objects.filter(number=wish.number).delete()
