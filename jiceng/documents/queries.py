"""Reading documents: whose they are decides who may."""

from typing import BinaryIO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.documents import files, subjects
from jiceng.documents.models import Document
from jiceng.documents.refusals import FileMissing, NoSuchDocument


def documents_of(subject: str) -> QuerySet[Document]:
    """Return what stands for a subject, in the order in which it was added. One statement."""
    return all_documents_of(subject).filter(withdrawn_at=None, erased_at=None)


def all_documents_of(subject: str) -> QuerySet[Document]:
    """Return what was ever kept for a subject, what was withdrawn too. One statement."""
    return (
        Document.objects.filter(subject=subject)
        .select_related("added_by", "withdrawn_by", "erased_by")
        .order_by("added_at", "pk")
    )


def document_for(user: User, number: int) -> Document:
    """Return a document that stands, if whoever answers for its subject lets `user` read it.

    Raises:
        NoSuchDocument: there is none, it was withdrawn, or he may not know of it.
    """
    document = Document.objects.standing().filter(pk=number).first()
    owner = subjects.owner_of(document.subject) if document else None
    if document is None or owner is None or not owner.lets_read(user, document.subject):
        raise _no_such()
    return document


def changeable_document_for(user: User, number: int) -> Document:
    """Return a document, withdrawn or not, that `user` may withdraw.

    Raises:
        NoSuchDocument: there is none, or its owner does not let him.
    """
    document = Document.objects.filter(pk=number).first()
    if document is None:
        raise _no_such()
    changeable_subject_for(user, document.subject)
    return document


def changeable_subject_for(user: User, subject: str) -> subjects.Owner:
    """Return who answers for a subject to which `user` may add documents.

    Raises:
        NoSuchDocument: nobody answers for it, or not with yes.
    """
    owner = subjects.owner_of(subject)
    if owner is None or not owner.lets_change(user, subject):
        raise _no_such()
    return owner


def open_document(document: Document) -> BinaryIO:
    """Return its bytes, open for reading. Who may read was checked before.

    Raises:
        FileMissing: the store does not hold it.
    """
    try:
        return files.open_at(document.sha256)
    except FileNotFoundError as error:
        raise FileMissing(
            _("“%s”的文件不在存储里，请告诉系统管理员：可能只恢复了数据库，没有恢复文件。")
            % document.title
        ) from error


def check_hash(document: Document) -> bool:
    """Say whether the bytes are still those that were kept. Reads the whole file.

    Raises:
        FileMissing: the store does not hold it.
    """
    open_document(document).close()
    return files.hash_of(files.path_of(document.sha256)) == document.sha256


def _no_such() -> NoSuchDocument:
    return NoSuchDocument(_("没有这份材料，或者您无权查看。"))
