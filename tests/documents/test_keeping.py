"""A document's way: kept under its hash, withdrawn for a reason, its file never lost."""

import datetime
import hashlib
import os
import uuid

import pytest
from django.db import transaction

from jiceng.audit.models import Entry, PrivateValue
from jiceng.documents import files, queries
from jiceng.documents.models import Document
from jiceng.documents.operations import withdraw
from jiceng.documents.queries import all_documents_of, check_hash, documents_of, open_document
from jiceng.documents.refusals import AlreadyWithdrawn, FileMissing, NoSuchDocument, WrongWords
from tests.conftest import NOON
from tests.documents.conftest import SUBJECT
from tests.documents.makers import PDF

DAY = datetime.timedelta(days=1)


def in_store(settings):
    return sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def age(path, at):
    os.utime(path, (at.timestamp(), at.timestamp()))


def test_lies_under_its_hash_and_not_under_its_name(keep, settings):
    document = keep(PDF, "低保名单.pdf")

    assert document.sha256 == hashlib.sha256(PDF).hexdigest()
    (path,) = in_store(settings)
    assert path.name == document.sha256
    assert check_hash(document)


def test_the_same_content_is_kept_once_for_two_rows(keep, settings):
    keep(PDF, "a.pdf")
    keep(PDF, "b.pdf", subject="documents.test:2")

    assert len(in_store(settings)) == 1
    assert documents_of(SUBJECT).count() == 1


def test_a_changed_file_is_noticed_and_a_lost_one_is_told_in_words(keep):
    document = keep(PDF, "a.pdf")
    path = files.path_of(document.sha256)
    path.write_bytes(PDF + b"more")
    assert not check_hash(document)

    path.unlink()
    with pytest.raises(FileMissing, match="请告诉系统管理员"):
        open_document(document)


def test_leaves_one_entry_and_names_persons_only_in_the_erasable_part(keep, clerk):
    key = uuid.uuid4()
    keep(PDF, "a.pdf", title="张三低保申请", klass="sensitive", by=clerk, key=key)
    keep(PDF, "b.pdf", title="会议纪要")

    first, second = Entry.objects.filter(action="documents.document.kept").order_by("pk")
    assert (first.key, first.subject_text, second.subject_text) == (key, "", "会议纪要")
    assert "张三" not in first.change
    assert PrivateValue.objects.get(entry=first).value == "张三低保申请"


def test_withdrawn_for_a_reason_it_stays_in_the_list_and_is_opened_no_more(keep, clerk, owner):
    document = keep(PDF, "a.pdf")
    owner["read"] |= {"clerk"}
    assert queries.document_for(clerk, document.pk) == document
    with pytest.raises(WrongWords, match="请填写撤回原因"):
        withdraw(document, reason=" ", by=clerk, at=NOON)

    withdraw(document, reason="传错了村", by=clerk, at=NOON)

    assert list(documents_of(SUBJECT)) == []
    assert all_documents_of(SUBJECT).get().withdrawn_because == "传错了村"
    with pytest.raises(NoSuchDocument):
        queries.document_for(clerk, document.pk)
    with pytest.raises(AlreadyWithdrawn, match="传错了村"):
        withdraw(document, reason="再撤一次", by=clerk, at=NOON)
    assert Entry.objects.filter(action="documents.document.withdrawn").count() == 1


def test_a_file_without_a_row_is_removed_after_a_day_and_one_with_a_row_never(keep, settings):
    kept = keep(PDF, "a.pdf")
    with transaction.atomic():
        keep(PDF + b"\n", "b.pdf")
        transaction.set_rollback(True)
    cut_short = settings.MEDIA_ROOT / "documents" / "incoming" / "x"
    cut_short.write_bytes(b"half")
    assert len(in_store(settings)) == 3
    for path in in_store(settings):
        age(path, NOON)

    assert files.remove_orphans(NOON + DAY / 2) == 0
    assert files.remove_orphans(NOON + 2 * DAY) == 2
    assert [path.name for path in in_store(settings)] == [kept.sha256]
    assert Document.objects.get() == kept


def test_nothing_is_left_of_what_was_refused(keep, settings):
    with pytest.raises(Exception, match="不收"):
        keep(PDF, "a.exe")
    assert in_store(settings) == []


def test_nobody_reads_what_nobody_answers_for(keep, clerk):
    document = keep(PDF, "a.pdf", subject="documents.unknown:1")
    with pytest.raises(NoSuchDocument):
        queries.document_for(clerk, document.pk)
