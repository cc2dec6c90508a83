"""Erasing the bytes of a document when its time is over; its row and its hash stay.

What was withdrawn and holds personal information goes by itself after the days of
`data/retention.yaml`, unless somebody holds it back. What was kept to the end of its term goes
only by a named person, on the paper that approves it: archives are appraised first.
"""

import datetime
import uuid
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.audit.models import Entry
from jiceng.core.clock import day_of
from jiceng.documents import files
from jiceng.documents.models import OF_PERSONS, Document
from jiceng.documents.operations.wording import within
from jiceng.documents.refusals import AlreadyErased, NotYet, SamePerson
from jiceng.documents.retention import WITHDRAWN_KEPT

GONE = "〔已删去〕"
_CHUNK = 500


@transaction.atomic
def hold(
    document: Document,
    *,
    reason: str,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Document:
    """Keep the bytes of a withdrawn document from being erased by the job: somebody disputes it.
    The caller has checked that `by` may change what it belongs to.

    Raises:
        NotYet: it stands; there is nothing to hold back. AlreadyErased. WrongWords.
    """
    document = _locked(document)
    if document.withdrawn_at is None:
        raise NotYet(_("没有撤回的材料不会自动删去，不用这样登记。"))
    document.held_because = within("held_because", reason.strip())
    document.save(update_fields=["held_because"])
    _record("documents.document.held", document, by, at, key, document.held_because)
    return document


@transaction.atomic
def erase(
    document: Document,
    *,
    reason: str,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Document:
    """Erase the bytes of a document whose term is over, or that another person withdrew. The
    caller has checked that `by` may change what it belongs to.

    Args:
        reason: for what was kept to its end, the paper that approves it.

    Raises:
        NotYet: it stands, and its term is not over. SamePerson: `by` has withdrawn it.
        AlreadyErased. WrongWords.
    """
    document = _locked(document)
    if not is_over(document, day_of(at)):
        if document.withdrawn_at is None:
            until = document.retain_until or _("永久")
            raise NotYet(_("保管期限未满（%s），不能删去。传错了的，请撤回。") % until)
        if document.withdrawn_by_id == by.pk:
            raise SamePerson(_("您撤回的材料，由另一个人查看后删去。"))
    _erase([document], reason=within("erased_because", reason.strip()), by=by, at=at)
    _record("documents.document.erased", document, by, at, key, document.erased_because)
    return document


@transaction.atomic
def erase_withdrawn(at: datetime.datetime) -> int:
    """Erase what holds personal information and was withdrawn long enough ago. May be repeated.
    Return how many.
    """
    rows = Document.objects.filter(
        klass__in=OF_PERSONS,
        withdrawn_at__lt=at - WITHDRAWN_KEPT,
        erased_at=None,
        held_because="",
    )
    over = list(rows.order_by("pk")[:_CHUNK])
    if over:
        _erase(over, reason=_("撤回满 %d 天") % WITHDRAWN_KEPT.days, by=None, at=at)
        audit.record(
            action="documents.document.erased",
            subject=over[0],
            by=audit.SYSTEM,
            at=at,
            after={"rows": [one.pk for one in over], "reason": over[0].erased_because},
            count=len(over),
        )
    return len(over)


def is_over(document: Document, today: datetime.date) -> bool:
    """Say whether a document has been kept for its whole term."""
    return document.retain_until is not None and document.retain_until <= today


def _erase(
    documents: list[Document], *, reason: str, by: User | None, at: datetime.datetime
) -> None:
    """Mark rows as erased, their names with them where they may name a person, and let the bytes
    go once that is committed.
    """
    for document in documents:
        document.erased_at, document.erased_by, document.erased_because = at, by, reason
        if document.klass in OF_PERSONS:
            document.title = document.name = GONE
        transaction.on_commit(partial(files.discard, document.sha256))
    changed = ["erased_at", "erased_by", "erased_because", "title", "name"]
    Document.objects.bulk_update(documents, changed)
    named = _kept_by(documents)
    if named:
        audit.erase_private_values(named, reason=reason, by=by or audit.SYSTEM, at=at)


def _kept_by(documents: list[Document]) -> list[int]:
    """Return the entries that name the documents: titles stand in their erasable part."""
    subjects = [audit.label_of(one) for one in documents if one.klass in OF_PERSONS]
    rows = Entry.objects.filter(action="documents.document.kept", subject__in=subjects)
    return list(rows.values_list("pk", flat=True))


def _locked(document: Document) -> Document:
    """Return the document, held until the transaction ends.

    Raises:
        AlreadyErased: its bytes are gone.
    """
    found = Document.objects.select_for_update().get(pk=document.pk)
    if found.erased_at is not None:
        raise AlreadyErased(_("这份材料的文件已经删去，只留摘要。"))
    return found


def _record(
    action: str,
    document: Document,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None,
    reason: str,
) -> None:
    audit.record(
        action=action,
        subject=document,
        unit=document.unit_id,
        by=by,
        at=at,
        key=key,
        after={"of": document.subject, "digest": document.sha256, "reason": reason},
    )
