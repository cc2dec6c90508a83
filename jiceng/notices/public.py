"""What the public may read and do without an account: the only module the portal imports."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jiceng.accounts import throttle
from jiceng.accounts.codes import digest_of
from jiceng.core.clock import day_of
from jiceng.notices import fingerprint
from jiceng.notices.kinds import kinds
from jiceng.notices.limits import TEXT_TO_CHECK, WRONG_CODES
from jiceng.notices.models import Notice, Objection, PublicNotice, PublicObjection
from jiceng.notices.operations import Received, receive_objection
from jiceng.notices.operations.objecting import CODE, CONTACT, NAME, TEXT
from jiceng.notices.redaction import Line
from jiceng.notices.refusals import NoSuchCode, NoSuchNotice
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.paths import ids_of
from jiceng.registry.queries import described
from jiceng.registry.search import find

__all__ = [
    "CONTACT",
    "NAME",
    "TEXT",
    "TEXT_TO_CHECK",
    "Found",
    "Place",
    "Received",
    "Shown",
    "current",
    "find_places",
    "look_up",
    "notice_by",
    "object_to",
    "place_by",
    "shown",
    "verify",
]

_AT_ONCE = 5  # notices looked for in one text


@dataclass(frozen=True, slots=True)
class Place:
    """A village or township, as the picker shows it."""

    number: int
    name: str
    above: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as it may be shown on a day: without content once its time is over."""

    number: str
    kind: str  # title of the kind
    place: Place
    stage: str  # waiting (for the board), running, kept, over, withdrawn
    title: str
    lines: tuple[Line, ...]
    foot: str
    released_on: datetime.date
    begins_on: datetime.date | None
    ends_on: datetime.date | None
    objections_until: datetime.date | None
    retained_until: datetime.date | None
    withdrawn_on: datetime.date | None
    provisional: bool
    basis: str
    takes_objections: bool  # on that day
    objections: int
    answered: int
    digest: str  # in groups


@dataclass(frozen=True, slots=True)
class Found:
    """A published notice whose text was recognised."""

    number: str
    kind: str
    place: str
    released_on: datetime.date


def current(today: datetime.date, *, place: int | None = None) -> QuerySet[PublicNotice]:
    """Return what is shown on a day, the last released first; of a place, or of all."""
    over = Q(retained_until__lt=today)
    rows = PublicNotice.objects.filter(~over, emptied=False, withdrawn_on=None)
    if place is not None:
        rows = rows.filter(place=place)
    return rows.order_by("-pk")


def notice_by(number: str, today: datetime.date) -> Shown:
    """Return one notice as it may be shown on a day.

    Raises:
        NoSuchNotice: none was ever public under this number.
    """
    row = PublicNotice.objects.filter(number=number).first()
    if row is None:
        raise NoSuchNotice(_("没有编号为 %s 的公示。请核对公示上的编号。") % number)
    return shown([row], today)[0]


def shown(rows: Iterable[PublicNotice], today: datetime.date) -> list[Shown]:
    """Return rows as they may be shown: by the day, whatever a job has or has not done."""
    found = list(rows)
    places = {place.number: place for place in _places({row.place for row in found}, today)}
    return [_shown(row, places[row.place], today) for row in found]


def _shown(row: PublicNotice, place: Place, today: datetime.date) -> Shown:
    stage = _stage(row, today)
    hidden = stage in {"over", "withdrawn"}
    open_still = row.objections_until is None or today <= row.objections_until
    return Shown(
        number=row.number,
        kind=_(kinds()[row.kind].title),
        place=place,
        stage=stage,
        title="" if hidden else row.title,
        lines=() if hidden else tuple(_line(line) for line in row.lines),
        foot=row.foot,
        released_on=row.released_on,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        objections_until=row.objections_until,
        retained_until=row.retained_until,
        withdrawn_on=row.withdrawn_on,
        provisional=row.provisional,
        basis=row.basis,
        takes_objections=row.takes_objections and not hidden and open_still,
        objections=row.objections,
        answered=row.answered,
        digest=fingerprint.grouped(row.digest),
    )


def _stage(row: PublicNotice, today: datetime.date) -> str:
    if row.withdrawn_on is not None:
        return "withdrawn"
    if row.retained_until is not None and today > row.retained_until:
        return "over"
    if row.ends_on is None:
        return "waiting"
    return "kept" if today > row.ends_on else "running"


def _line(line: dict[str, Any]) -> Line:
    people = tuple(tuple(row) for row in line["people"])
    return Line(line["label"], line["text"], tuple(line["columns"]), people)


def find_places(text: str, today: datetime.date) -> list[Place]:
    """Return villages and townships by name, part of a name, pinyin or initials."""
    levels = (Level.VILLAGE, Level.TOWN)
    hits = find(text, day=today, tree=Tree.DIVISION, levels=levels, limit=12)
    return _places(list(dict.fromkeys(hit.unit for hit in hits)), today)


def place_by(number: int, today: datetime.date) -> Place:
    """Return a village or township.

    Raises:
        NoSuchNotice: there is no such place.
    """
    found = _places([number], today)
    if not found:
        raise NoSuchNotice(_("没有这个村（社区）。"))
    return found[0]


def _places(numbers: Iterable[int], today: datetime.date) -> list[Place]:
    """Return places in the order of their numbers, what is no place left out. Four statements."""
    asked = list(numbers)
    units = described(asked, today)
    above = {number: ids[-2] for number, unit in units.items() if len(ids := ids_of(unit.path)) > 1}
    names = {number: unit.name for number, unit in described(above.values(), today).items()}
    return [
        Place(number, units[number].name, names.get(above.get(number, 0), ""))
        for number in asked
        if number in units and units[number].tree == Tree.DIVISION
    ]


def object_to(
    number: str,
    *,
    text: str,
    name: str,
    contact: str,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Received:
    """Take an objection from anyone; see `operations.receive_objection`.

    Raises:
        NoSuchNotice: nothing is public under this number.
    """
    notice_by(number, day_of(at))
    return receive_objection(
        Notice.objects.get(number=number),
        text=text,
        name=name,
        contact=contact,
        how=Objection.How.PORTAL,
        received_on=day_of(at),
        by=None,
        at=at,
        key=key,
    )


def look_up(code: str, *, at: datetime.datetime) -> PublicObjection:
    """Return what may be read with a query code.

    Raises:
        TooManyTries: too many wrong codes within the half hour, from all senders together.
        NoSuchCode: nothing has this code.
    """
    throttle.admit(CODE, "", at=at, limit=WRONG_CODES)
    found = PublicObjection.objects.filter(code_digest=digest_of(CODE, code)).first()
    if found is None:
        throttle.note_wrong(CODE, "", at=at)
        raise NoSuchCode(_("没有这个查询码。请核对后重新输入，字母不分大小写。"))
    return found


def verify(text: str, *, today: datetime.date) -> Found | None:
    """Return the published notice whose text stands in `text`, unchanged; None if there is none.

    It is known by the number in its last line. Works after its end, too. Nothing is kept.
    """
    numbers = fingerprint.numbers_in(text)[:_AT_ONCE]
    for row in PublicNotice.objects.filter(number__in=numbers).order_by("pk"):
        if fingerprint.holds(text, foot=row.foot, digest=row.digest, length=row.length):
            place = place_by(row.place, today).name
            return Found(row.number, _(kinds()[row.kind].title), place, row.released_on)
    return None
