"""Who is on duty, and whom to telephone where nobody is."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from jiceng.core.clock import day_of
from jiceng.orders.hours import shift_around
from jiceng.orders.models import DutyShift
from jiceng.registry.models import Post, Premises, Unit
from jiceng.registry.queries import ancestors_of, seat_of, shown, unit_on

HOTLINE = "12345"  # the one number that leads to every local government


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who answers now, and until when."""

    name: str
    title: str
    phone: str
    until: datetime.datetime
    post: int


@dataclass(frozen=True, slots=True)
class Answering:
    """Who is reached for a unit at a moment: those on its roster, else a number to call."""

    on_duty: tuple[OnDuty, ...]
    phone: str
    whose: str  # whose number it is
    has_roster: bool


def on_duty(unit: Unit, moment: datetime.datetime) -> Answering:
    """Return who answers for a unit at a moment; `unit` has its path of the day.

    Those on its own roster and nobody else. Where nobody is, the number to call: of those on duty
    next above, of the service centre, of whoever holds a post, at last the hotline. Two
    statements where somebody is on duty, five at most.
    """
    day = day_of(moment)
    chain = _upwards(unit, day)
    shifts = _shifts([one.pk for one in chain], moment)
    own = [shift for shift in shifts.get(unit.pk, ()) if shift[1] is not None]
    has_roster = unit.pk in shifts
    if own:
        found = tuple(_said(shift, ends) for shift, ends in own if ends is not None)
        return Answering(found, found[0].phone, found[0].title, has_roster)
    for one in chain[1:]:
        for shift, ends in shifts.get(one.pk, ()):
            if ends is not None:
                return Answering((), shift.phone, one.name, has_roster)
    phone, whose = _number_of(chain, day)
    return Answering((), phone, whose, has_roster)


def roster_of(unit: int, day: datetime.date) -> list[DutyShift]:
    """Return the shifts on a unit's roster from `day` on, with posts and holders. One statement."""
    rows = DutyShift.objects.filter(unit=unit, valid_to__gt=day)
    return list(
        rows.select_related("post__person").order_by("from_minute", "weekdays", "valid_from", "pk")
    )


def _upwards(unit: Unit, day: datetime.date) -> list[Unit]:
    """Return the unit and what stands above it, nearest first; of an organisation the division it
    stands in and what is above that.
    """
    if unit.tree == "organisation":
        seat = seat_of(unit.pk, day)
        division = unit_on(seat, day) if seat else None
        return [unit, *(_upwards(division, day) if division else ())]
    return [unit, *reversed(ancestors_of(unit.path, day))]


def _shifts(
    units: Sequence[int], moment: datetime.datetime
) -> dict[int, list[tuple[DutyShift, datetime.datetime | None]]]:
    """Return the units' shifts, each with when it ends if it holds the moment. A shift of a post
    that has ended holds nothing.
    """
    local, day = timezone.localtime(moment), day_of(moment)
    # One that began yesterday evening may be the last of its roster.
    rows = DutyShift.objects.filter(
        unit__in=units, valid_from__lte=day, valid_to__gt=day - datetime.timedelta(days=1)
    ).select_related("post__person")
    found: dict[int, list[tuple[DutyShift, datetime.datetime | None]]] = {}
    for row in rows.order_by("pk"):
        around = shift_around(local, row.weekdays, row.from_minute, row.to_minute)
        begun = around is not None and row.valid_from <= around[0].date() < row.valid_to
        held = row.post.valid_from <= day < row.post.valid_to
        ends = around[1] if around and begun and held else None
        found.setdefault(row.unit_id, []).append((row, ends))
    return found


def _said(shift: DutyShift, ends: datetime.datetime) -> OnDuty:
    post = shift.post
    return OnDuty(post.person.name, post.title, shift.phone, ends, post.pk)


def _number_of(chain: Sequence[Unit], day: datetime.date) -> tuple[str, str]:
    """Return the nearest office number and whose it is."""
    order = [one.pk for one in chain]
    premises = shown(Premises.objects.on(day).filter(unit__in=order)).exclude(office_phone="")
    posts = shown(Post.objects.on(day).filter(unit__in=order)).exclude(person__office_phone="")
    numbers = [(row.unit_id, 0, row.office_phone, row.name) for row in premises.order_by("pk")]
    numbers += [
        (row.unit_id, 1, row.person.office_phone, row.title)
        for row in posts.select_related("person").order_by("pk")
    ]
    if not numbers:
        return HOTLINE, _("政务服务便民热线")
    _unit, _rank, phone, whose = min(numbers, key=lambda row: (order.index(row[0]), row[1]))
    return phone, whose
