"""An import whose job was killed is taken up again; one that keeps failing is left to a person."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.audit import operations as audit
from jiceng.exchange.models import Import
from jiceng.exchange.operations import tasks

STALLED = datetime.timedelta(minutes=2)  # without a sign of progress
_ATTEMPTS = 3
_WORKING = (
    Import.State.UPLOADED,
    Import.State.CHECKING,
    Import.State.APPLYING,
    Import.State.UNDOING,
)


def revive(at: datetime.datetime) -> None:
    """Take up every import that shows no progress; after three times mark it interrupted."""
    stalled = Import.objects.filter(state__in=_WORKING, touched_at__lt=at - STALLED)
    for one in stalled.order_by("pk"):
        _revive(one, at)


@transaction.atomic
def _revive(one: Import, at: datetime.datetime) -> None:
    one.attempts += 1
    one.touched_at = at
    if one.attempts > _ATTEMPTS:
        one.state = Import.State.INTERRUPTED
        one.sentence = _("多次接续都没有完成。可以再试一次；仍不行请联系系统管理员。")
        audit.record(
            action="exchange.import.interrupted",
            subject=one,
            subject_text=one.name,
            by="system",
            at=at,
            after={"done": one.done, "total": one.total},
        )
    else:
        transaction.on_commit(lambda: tasks.take_up(one.pk))
    one.save(update_fields=["attempts", "touched_at", "state", "sentence"])
