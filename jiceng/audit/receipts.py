"""Receipts for posted forms: a key is claimed before the work and settled with its answer.

Each of these is one short transaction of its own, outside that of the operation.
"""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.audit.models import Entry, Receipt
from jiceng.core.refusals import Conflict

ABANDONED_AFTER = datetime.timedelta(minutes=10)
KEPT_FOR = datetime.timedelta(days=90)


class OtherBody(Conflict):
    """The key was used for a form that held something else."""


class StillRunning(Conflict):
    """The first of two equal forms has not been answered yet."""


@transaction.atomic
def claim(
    *, key: uuid.UUID, user_id: int | None, digest: str, at: datetime.datetime
) -> Receipt | None:
    """Take `key` for this form, or return the receipt of an equal form that was answered.

    Who sent it before he was logged in, and was logged in by it, may repeat it as himself.

    Raises:
        OtherBody: another user, address or content has the key.
        StillRunning: an equal form is being worked on.
    """
    receipt, new = Receipt.objects.get_or_create(
        key=key, defaults={"user_id": user_id, "digest": digest, "claimed_at": at}
    )
    if new:
        return None
    if receipt.digest != digest or receipt.user_id not in {None, user_id}:
        raise OtherBody(_("这张表单已经提交过，内容与这次不同。请刷新页面后重新填写。"))
    if receipt.status is not None:
        return receipt
    if at - receipt.claimed_at < ABANDONED_AFTER:
        raise StillRunning(_("这张表单正在处理，请稍候，不必重复提交。"))
    return _resumed(receipt, at)


def _resumed(receipt: Receipt, at: datetime.datetime) -> Receipt | None:
    """Close or take over a claim whose process died; the audit trail knows whether it finished."""
    if Entry.objects.filter(key=receipt.key).exists():
        receipt.status = 200
        receipt.save(update_fields=["status"])
        return receipt
    taken = Receipt.objects.filter(key=receipt.key, claimed_at=receipt.claimed_at)
    if taken.update(claimed_at=at) == 0:
        raise StillRunning(_("这张表单正在处理，请稍候，不必重复提交。"))
    return None


def settle(*, key: uuid.UUID, status: int, location: str, sentence: str) -> None:
    """Keep the answer for a repeat."""
    Receipt.objects.filter(key=key).update(status=status, location=location, sentence=sentence)


def release(*, key: uuid.UUID) -> None:
    """Let the form be sent again: nothing was done."""
    Receipt.objects.filter(key=key, status=None).delete()


def forget_old(*, at: datetime.datetime) -> int:
    """Remove receipts that no browser will repeat any more; return how many."""
    removed, _by_model = Receipt.objects.filter(claimed_at__lt=at - KEPT_FOR).delete()
    return removed
