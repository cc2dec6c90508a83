"""Writing a notice, changing it while it is a draft, and sending it back."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.codes import draw
from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.notices.entries import checked
from jiceng.notices.kinds import kinds
from jiceng.notices.models import Notice
from jiceng.notices.operations import asking
from jiceng.notices.operations.holding import NUMBERS, held_draft, plain_words
from jiceng.notices.refusals import NotAPlace, NotSecondPerson
from jiceng.registry.models.units import Tree
from jiceng.registry.queries import unit_on

REASON = 200


@transaction.atomic
def draft_notice(
    *,
    kind: str,
    unit: int,
    title: str,
    body: Mapping[str, Any],
    by: User,
    at: datetime.datetime,
    subject: str = "",
    step: str = "",
    key: uuid.UUID | None = None,
) -> Notice:
    """Write a notice of a place, and ask a second person to release it.

    The caller has checked that `by` may draft for `unit`.

    Args:
        body: by the codes of the kind's fields; money in fen, days as dates, people as rows.
        subject: what it is about when it is a step of something: "procedures.case:17".

    Raises:
        Faulty: what was given cannot be taken; every fault is named.
        NotAPlace: `unit` is an organisation.
    """
    place = unit_on(unit, day_of(at))
    if place.tree != Tree.DIVISION:
        raise NotAPlace(_("公示以村、社区或乡镇等区划的名义发布，请选择区划。"))
    title, kept = checked(kinds()[kind], title, body)
    notice = Notice.objects.create(
        number=f"{day_of(at):%Y%m%d}-{draw().replace('-', '')[:6]}",
        kind=kind,
        subject=subject,
        step=step,
        unit_id=unit,
        title=title,
        body=kept,
        drafted_by=by,
        drafted_at=at,
        writers=[by.pk],
    )
    asking.ask_to_release(notice, by=by, at=at)
    _record("notices.notice.drafted", notice, by, at, key, {"kind": kind, "subject": subject})
    return notice


@transaction.atomic
def change_draft(
    notice: Notice,
    *,
    title: str,
    body: Mapping[str, Any],
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Notice:
    """Write a draft anew. Whoever changes it no longer releases it.

    Raises:
        Faulty: as for `draft_notice`.
        NotADraft, Changed: it was released, or changed by somebody else since it was shown.
    """
    notice = held_draft(notice, seen)
    notice.title, notice.body = checked(kinds()[notice.kind], title, body)
    notice.writers = sorted({*notice.writers, by.pk})
    notice.version += 1
    notice.returned = ""
    notice.save(update_fields=["title", "body", "writers", "version", "returned"])
    asking.close(asking.CHANGE, notice, at=at)
    asking.close(asking.RELEASE, notice, at=at)
    asking.ask_to_release(notice, by=by, at=at)
    _record("notices.notice.changed", notice, by, at, key, {"version": notice.version})
    return notice


@transaction.atomic
def return_draft(
    notice: Notice,
    *,
    reason: str,
    seen: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Notice:
    """Send a draft back to be changed, with a reason.

    Raises:
        NotADraft, Changed: as for `change_draft`.
        NotSecondPerson: `by` wrote it himself, and can change it.
        Faulty, HoldsNumbers: the reason is missing, too long, or holds numbers of persons.
    """
    notice = held_draft(notice, seen)
    if by.pk in notice.writers:
        raise NotSecondPerson(_("这份稿子您参与写过，直接修改即可，不用退回。"))
    notice.returned = plain_words(reason, label=_("退回原因"), most=REASON, refused=NUMBERS)
    notice.save(update_fields=["returned"])
    asking.close(asking.RELEASE, notice, at=at)
    asking.ask_to_change(notice, by=by, at=at)
    _record("notices.notice.returned", notice, by, at, key, {"reason": notice.returned})
    return notice


def _record(
    action: str,
    notice: Notice,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None,
    after: Mapping[str, Any],
) -> None:
    audit.record(
        action=action,
        subject=notice,
        subject_text=notice.number,
        unit=notice.unit_id,
        by=by,
        at=at,
        key=key,
        after=after,
    )
