"""Writing the projections that the public reads."""

import datetime
from dataclasses import asdict

from django.conf import settings
from django.utils import translation

from jiceng.core.clock import day_of
from jiceng.notices import fingerprint
from jiceng.notices.models import Notice, Objection, PublicNotice, PublicObjection
from jiceng.notices.queries.views import basis_of, foot_of, kind_of, public_view


def publish(notice: Notice, *, at: datetime.datetime) -> None:
    """Write what the public reads of a notice for the first time, and its hash."""
    day = day_of(at)
    view = public_view(notice)
    foot = foot_of(notice, day)
    text = fingerprint.text_of(view, foot)
    notice.digest = fingerprint.digest_of(text)
    notice.save(update_fields=["digest"])
    PublicNotice.objects.create(
        number=notice.number,
        kind=notice.kind,
        place=notice.unit_id,
        title=view.title,
        lines=[asdict(line) for line in view.lines],
        foot=foot,
        released_on=day,
        basis=_basis(notice),
        takes_objections=kind_of(notice).objections,
        digest=notice.digest,
        length=len(fingerprint.plain(text)),
    )


def publish_days(notice: Notice) -> None:
    """Write the days of a notice: what people did has changed them."""
    PublicNotice.objects.filter(number=notice.number).update(
        begins_on=notice.begins_on,
        ends_on=notice.ends_on,
        objections_until=notice.objections_until,
        retained_until=notice.retained_until,
        provisional=notice.provisional,
        basis=_basis(notice),
    )


def withdraw(notice: Notice, *, at: datetime.datetime) -> None:
    """Leave only that it was withdrawn, and when."""
    PublicNotice.objects.filter(number=notice.number).update(
        withdrawn_on=day_of(at), title="", lines=[], emptied=True
    )


def empty_expired(today: datetime.date) -> int:
    """Empty what is over; its pages have shown nothing since. Return how many there were."""
    return PublicNotice.objects.filter(emptied=False, retained_until__lt=today).update(
        title="", lines=[], emptied=True
    )


def publish_objection(objection: Objection) -> None:
    """Write what the holder of the code reads, and how many there are."""
    answered = objection.answered_at
    PublicObjection.objects.update_or_create(
        number=objection.number,
        defaults={
            "code_digest": objection.code_digest,
            "notice": objection.notice.number,
            "received_on": objection.received_on,
            "due_on": objection.due_on,
            "provisional": objection.provisional,
            "answered_on": day_of(answered) if answered else None,
            "outcome": objection.outcome,
            "answer": objection.answer,
        },
    )
    rows = Objection.objects.filter(notice=objection.notice)
    PublicNotice.objects.filter(number=objection.notice.number).update(
        objections=rows.count(), answered=rows.exclude(answered_at=None).count()
    )


def _basis(notice: Notice) -> str:
    return basis_of(notice)[:400]


def in_chinese() -> translation.override:
    """Keep what is written for others to read in the first language, whoever causes it."""
    return translation.override(settings.LANGUAGE_CODE)
