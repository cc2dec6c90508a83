"""The pages of documents: whoever owns the subject decides who may; files leave as attachments."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse

from jiceng.audit.models import Entry
from jiceng.documents import files
from jiceng.documents.models import Document
from jiceng.documents.queries import all_documents_of
from tests.conftest import START
from tests.documents.conftest import SUBJECT, _own_store, keep, owner  # noqa: F401 - fixtures
from tests.documents.makers import PDF
from tests.web.test_registry_pages import holder


@pytest.fixture
def people(county, owner):  # noqa: F811 - the fixture
    owner["read"] |= {"reader", "changer", "second"}
    owner["change"] |= {"changer", "second"}
    return {
        name: holder(name, "village.clerk", county.upper)
        for name in ("reader", "changer", "second", "stranger")
    }


@pytest.fixture
def page_of(client, people):
    def asking(who, name, *arguments, data=None):
        client.force_login(people[who])
        address = reverse(name, args=arguments)
        if data is None:
            return client.get(address)
        return client.post(address, {"key": str(uuid.uuid4()), **data})

    return asking


def form(content=PDF, name="会议 纪要.pdf", **words):
    file = SimpleUploadedFile(name, content)
    return {"file": file, "title": "", "klass": "internal", "retention": "30_years", **words}


def test_a_document_leaves_as_an_attachment_under_its_name(page_of, keep):  # noqa: F811
    document = keep(PDF, "会议纪要.pdf")
    answer = page_of("reader", "web:document", document.pk)

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_sensitive_one_is_opened_after_saying_what_for(page_of, keep):  # noqa: F811
    document = keep(PDF, "低保申请.pdf", klass="sensitive")
    asked = page_of("reader", "web:document", document.pk)
    assert (asked.status_code, asked.url) == (
        302,
        reverse("web:document_open", args=[document.pk]),
    )
    empty = page_of("reader", "web:document_open", document.pk, data={"reason": " "})
    assert empty.status_code == 422
    assert not Entry.objects.filter(action="documents.document.opened").exists()

    answer = page_of("reader", "web:document_open", document.pk, data={"reason": "低保复核"})

    assert Entry.objects.get(action="documents.document.opened").actor.startswith("reader")
    assert b"".join(answer.streaming_content) == PDF


def test_opening_what_names_persons_is_on_record(page_of, keep):  # noqa: F811
    answer = page_of("reader", "web:document", keep(PDF, "签到表.pdf", klass="personal").pk)

    assert Entry.objects.filter(action="documents.document.opened").count() == 1
    answer.close()


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("stranger", "web:document_open", 404),
        ("reader", "web:document_open", 200),
        ("reader", "web:document", 200),
        ("changer", "web:document", 200),
        ("stranger", "web:document", 404),
        ("changer", "web:document_withdraw", 200),
        ("reader", "web:document_withdraw", 404),
    ],
)
def test_who_may(page_of, keep, who, name, status):  # noqa: F811
    answer = page_of(who, name, keep(PDF, "a.pdf").pk)
    assert answer.status_code == status
    answer.close()


@pytest.mark.parametrize(
    ("who", "subject", "status"),
    [("changer", SUBJECT, 200), ("reader", SUBJECT, 404), ("changer", "nobodys.thing:1", 404)],
)
def test_who_may_add(page_of, who, subject, status):
    assert page_of(who, "web:document_add", subject).status_code == status


def test_what_is_no_document_is_not_found(page_of):
    assert page_of("changer", "web:document", 9999).status_code == 404
    assert page_of("changer", "web:document_withdraw", 9999).status_code == 404


def test_a_lost_file_is_told_in_words(page_of, keep):  # noqa: F811
    document = keep(PDF, "a.pdf")
    files.path_of(document.sha256).unlink()
    answer = page_of("reader", "web:document", document.pk)

    assert answer.status_code == 404
    assert "请告诉系统管理员" in answer.content.decode()


def test_an_added_file_takes_its_name_as_title_and_leads_back(page_of):
    answer = page_of("changer", "web:document_add", SUBJECT, data=form())

    assert (answer.status_code, answer.url) == (302, "/")
    document = Document.objects.get()
    assert (document.title, document.name) == ("会议 纪要", "会议 纪要.pdf")
    assert document.added_by.username == "changer"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (form(b""), "文件是空的"),
        (form(b"no pdf at all"), "内容却不是"),
        (form(name="a.exe"), "不收“.exe”文件"),
        (form(title="长" * 121), "120"),
        (form(retention=""), "这个字段是必填项"),
    ],
)
def test_what_is_refused_comes_back_on_the_filled_form(page_of, data, sentence):
    answer = page_of("changer", "web:document_add", SUBJECT, data={**data, "klass": "sensitive"})
    text = answer.content.decode()

    assert answer.status_code == 422
    assert sentence in text
    assert '<option value="sensitive" selected>' in text
    assert not Document.objects.exists()


def test_withdrawing_asks_for_a_reason(page_of, keep):  # noqa: F811
    document = keep(PDF, "a.pdf")
    missing = page_of("changer", "web:document_withdraw", document.pk, data={"reason": " "})
    assert missing.status_code == 422

    page_of("changer", "web:document_withdraw", document.pk, data={"reason": "传错了"})
    again = page_of("changer", "web:document_withdraw", document.pk, data={"reason": "再撤"})

    assert again.status_code == 422
    assert "已经撤回，原因是：传错了" in again.content.decode()
    assert page_of("reader", "web:document", document.pk).status_code == 404


def test_the_list_shows_what_was_withdrawn_and_why(page_of, keep, people):  # noqa: F811
    keep(PDF, "a.pdf", title="签到表")
    wrong = keep(PDF + b"\n", "b.pdf", title="别村纪要", by=people["changer"])
    page_of("changer", "web:document_withdraw", wrong.pk, data={"reason": "传错了村"})

    def listed(may_change):
        documents = all_documents_of(SUBJECT)
        context = {"documents": documents, "subject": SUBJECT, "today": START}
        context["may_change"] = may_change
        return render_to_string("web/documents/_documents.html", context)

    text = listed(True)
    assert text.index("签到表") < text.index("别村纪要")
    assert "传错了村（changer，" in text
    assert f'href="{reverse("web:document", args=[wrong.pk])}"' not in text
    assert reverse("web:document_add", args=[SUBJECT]) in text
    assert reverse("web:document_erase", args=[wrong.pk]) in text
    assert "撤回</a>" not in listed(False)


def test_what_was_withdrawn_is_held_back_or_erased_by_a_second_person(page_of, keep, people):  # noqa: F811
    wrong = keep(PDF, "低保.pdf", title="别村低保", klass="personal", by=people["changer"])
    page_of("changer", "web:document_withdraw", wrong.pk, data={"reason": "传错了村"})
    alone = page_of("changer", "web:document_erase", wrong.pk, data={"reason": "不需要"})
    assert alone.status_code == 422
    assert "由另一个人查看后删去" in alone.content.decode()

    held = page_of("second", "web:document_hold", wrong.pk, data={"reason": "有争议"})
    assert held.status_code == 302
    done = page_of("second", "web:document_erase", wrong.pk, data={"reason": "争议已了结"})

    assert done.status_code == 302
    context = {"documents": all_documents_of(SUBJECT), "subject": SUBJECT, "today": START}
    text = render_to_string("web/documents/_documents.html", {**context, "may_change": True})
    assert "别村低保" not in text
    assert "文件已删去，摘要留存" in text
    assert wrong.short_hash in text


def test_reading_needs_a_log_in(client, keep):  # noqa: F811
    answer = client.get(reverse("web:document", args=[keep(PDF, "a.pdf").pk]))
    assert answer.status_code == 302
