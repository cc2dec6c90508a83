"""Keeping a document, and withdrawing one."""

import datetime
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.clock import day_of
from jiceng.documents import files
from jiceng.documents.checking import check
from jiceng.documents.models import OF_PERSONS, Document
from jiceng.documents.operations.wording import within
from jiceng.documents.refusals import AlreadyWithdrawn
from jiceng.documents.retention import term_of


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was taken in and looked through; its row is still to be written."""

    path: Path
    name: str
    media_type: str


@contextmanager
def checked(upload: files.Readable, *, name: str) -> Iterator[Checked]:
    """Take a file in and look through it, outside the transaction that will keep it: decoding a
    photograph holds nobody up. The file is gone afterwards unless it was kept.

    Raises:
        Invalid: the file is not taken; see `checking`.
    """
    name = within("name", _bare(name))
    with files.incoming(upload) as path:
        yield Checked(path, name, check(path, name))


def keep_checked(
    file: Checked,
    *,
    title: str,
    subject: str,
    unit: int,
    klass: str,
    retention: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Document:
    """Keep a file of `checked` within the caller's transaction; see `keep`."""
    words: dict[str, Any] = {
        "name": file.name,
        "media_type": file.media_type,
        "title": within("title", title.strip()),
        "klass": Document.Class(klass),
        "retention": term_of(retention).code,
        "retain_until": term_of(retention).until(day_of(at)),
    }
    return _record(file.path, subject=subject, unit=unit, words=words, by=by, at=at, key=key)


def keep(
    upload: files.Readable,
    *,
    name: str,
    title: str,
    subject: str,
    unit: int,
    klass: str,
    retention: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Document:
    """Take a file as evidence of `subject`. The caller has checked that `by` may add to it.

    The file is on the disk before its row; what a failure leaves behind, a job removes.

    Args:
        name: as the sender calls it; shown again, never a path.
        subject: "procedures.case:17".
        retention: code in data/retention.yaml.

    Raises:
        Invalid: the file or a word is not taken; see `checking` and `refusals`.
    """
    title, term = within("title", title.strip()), term_of(retention)
    with checked(upload, name=name) as file:
        return keep_checked(
            file,
            title=title,
            subject=subject,
            unit=unit,
            klass=klass,
            retention=term.code,
            by=by,
            at=at,
            key=key,
        )


@transaction.atomic
def _record(
    path: Path,
    *,
    subject: str,
    unit: int,
    words: dict[str, Any],
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
) -> Document:
    size, sha256 = path.stat().st_size, files.hash_of(path)
    files.place(path, sha256)
    document = Document.objects.create(
        subject=subject,
        unit_id=unit,
        size=size,
        sha256=sha256,
        added_by=by if isinstance(by, User) else None,
        added_at=at,
        **words,
    )
    private = {"title": document.title} if words["klass"] in OF_PERSONS else {}
    audit.record(
        action="documents.document.kept",
        subject=document,
        subject_text="" if private else document.title,
        unit=unit,
        by=by,
        at=at,
        key=key,
        after={"of": subject, "digest": sha256, "bytes": size, "retention": document.retention},
        private=private,
    )
    return document


@transaction.atomic
def withdraw(
    document: Document,
    *,
    reason: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Document:
    """Take a document back: it is opened no more, its row and bytes stay. The caller has checked
    that `by` may change what it belongs to.

    Raises:
        WrongWords: no reason, or one that is too long.
        AlreadyWithdrawn: somebody has.
    """
    reason = within("withdrawn_because", reason.strip())
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.withdrawn_at is not None:
        raise AlreadyWithdrawn(_("这份材料已经撤回，原因是：%s") % document.withdrawn_because)
    document.withdrawn_at, document.withdrawn_because = at, reason
    document.withdrawn_by = by if isinstance(by, User) else None
    document.save(update_fields=["withdrawn_at", "withdrawn_because", "withdrawn_by"])
    audit.record(
        action="documents.document.withdrawn",
        subject=document,
        unit=document.unit_id,
        by=by,
        at=at,
        key=key,
        after={"of": document.subject, "digest": document.sha256, "reason": reason},
    )
    return document


def _bare(name: str) -> str:
    """Return a file's name without folders, and without characters that hide what it is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = (letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs"})
    return "".join(seen).strip()
