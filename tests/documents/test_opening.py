"""Opening what holds personal information leaves an entry; what is sensitive wants a reason."""

import json
import uuid

import pytest

from jiceng.audit.models import Entry
from jiceng.documents.operations import open_document, open_documents
from jiceng.documents.refusals import FileMissing, ReasonWanted
from tests.conftest import NOON
from tests.documents.conftest import SUBJECT
from tests.documents.makers import PDF


def opened():
    return Entry.objects.filter(action="documents.document.opened").order_by("pk")


def read(document, by, **more):
    with open_document(document, by=by, at=NOON, **more) as file:
        return file.read()


@pytest.mark.parametrize("klass", ["public", "internal"])
def test_what_names_nobody_is_read_unwatched(keep, clerk, klass):
    assert read(keep(PDF, "a.pdf", klass=klass), clerk) == PDF
    assert not opened().exists()


def test_who_opens_what_holds_personal_information_is_on_record(keep, clerk):
    document = keep(PDF, "签到表.pdf", klass="personal")
    assert read(document, clerk) == PDF

    entry = opened().get()
    assert (entry.actor_id, entry.at, entry.unit_id) == (clerk.pk, NOON, document.unit_id)
    assert json.loads(entry.change)["to"] == {"of": SUBJECT, "rows": [document.pk]}


def test_what_is_sensitive_is_opened_for_a_reason_only(keep, clerk):
    document = keep(PDF, "低保申请.pdf", klass="sensitive")
    with pytest.raises(ReasonWanted, match="为办什么事"):
        open_document(document, by=clerk, at=NOON, reason="  ")
    assert not opened().exists()

    key = uuid.uuid4()
    assert read(document, clerk, reason="低保复核", key=key) == PDF

    entry = opened().get()
    assert entry.key == key
    assert json.loads(entry.change)["to"]["reason"] == "低保复核"


def test_several_at_once_leave_one_entry(keep, clerk):
    some = [keep(PDF, "a.pdf", klass=klass) for klass in ("internal", "personal", "sensitive")]
    for file in open_documents(some, of=SUBJECT, by=clerk, at=NOON, reason="归档移交"):
        file.close()

    entry = opened().get()
    assert (entry.count, entry.subject) == (2, SUBJECT)


def test_what_cannot_be_opened_leaves_no_entry(keep, clerk, settings):
    document = keep(PDF, "a.pdf", klass="personal")
    for path in settings.MEDIA_ROOT.rglob(document.sha256):
        path.unlink()

    with pytest.raises(FileMissing):
        open_document(document, by=clerk, at=NOON)
    assert not opened().exists()
