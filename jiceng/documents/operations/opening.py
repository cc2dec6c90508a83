"""Opening what holds personal information leaves an entry: who, what, when, and why."""

import datetime
import uuid
from collections.abc import Sequence
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.documents import queries
from jiceng.documents.models import OF_PERSONS, Document
from jiceng.documents.operations.wording import within
from jiceng.documents.refusals import ReasonWanted

_SENSITIVE = Document.Class.SENSITIVE


def open_document(
    document: Document,
    *,
    by: User,
    at: datetime.datetime,
    reason: str = "",
    key: uuid.UUID | None = None,
) -> BinaryIO:
    """Return the bytes of a document, open for reading. The caller has fetched it through its
    owner. What holds personal information leaves an entry, and what is sensitive wants a reason
    (个人信息保护法 Art. 28, 51); the rest leaves none: reading is not watched.

    Raises:
        ReasonWanted: it is sensitive, and nobody says what for.
        FileMissing: the store does not hold it.
    """
    (file,) = open_documents([document], of=document.subject, by=by, at=at, reason=reason, key=key)
    return file


@transaction.atomic
def open_documents(
    documents: Sequence[Document],
    *,
    of: str,
    by: User,
    at: datetime.datetime,
    reason: str = "",
    key: uuid.UUID | None = None,
) -> list[BinaryIO]:
    """Open several documents of one subject at once; see `open_document`. One entry for all."""
    sensitive = any(one.klass == _SENSITIVE for one in documents)
    if sensitive and not reason.strip():
        raise ReasonWanted(_("这里有敏感个人信息，请写明为办什么事打开。"))
    files = [queries.open_document(one) for one in documents]
    logged = [one for one in documents if one.klass in OF_PERSONS]
    if logged:
        audit.record(
            action="documents.document.opened",
            subject=logged[0] if len(logged) == 1 else of,
            unit=logged[0].unit_id,
            by=by,
            at=at,
            key=key,
            after={
                "of": of,
                "rows": [one.pk for one in logged],
                **({"reason": within("withdrawn_because", reason.strip())} if sensitive else {}),
            },
            count=len(logged),
        )
    return files
