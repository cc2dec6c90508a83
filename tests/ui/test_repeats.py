"""A form posted twice is answered once."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jiceng.accounts.models import User
from jiceng.audit import receipts
from jiceng.audit.models import Entry, Receipt
from jiceng.audit.operations import record
from tests.conftest import NOON
from tests.ui.conftest import WRITE

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/after/?page=2"}


def notes() -> int:
    return Entry.objects.filter(action="tests.note").count()


def text(response) -> str:
    return response.content.decode()


def test_refuses_a_form_without_a_key(browser, note):
    del note["key"]
    response = browser.post(WRITE, note)
    assert response.status_code == 422
    assert "缺少编号" in text(response)
    assert notes() == 0


def test_answers_a_repeat_like_the_first_and_does_nothing(browser, note):
    first = browser.post(WRITE, note)
    browser.get("/after/")  # the first answer's message has been read
    again = browser.post(WRITE, note, follow=True)

    assert first.status_code == 302
    assert again.redirect_chain == [(first["Location"], 302)]
    assert "已记下“清明值班”。" in text(again)
    assert notes() == 1


def test_answers_a_repeated_fragment_with_the_page_it_stood_on(browser, note):
    assert browser.post(WRITE, note, headers=HTMX).status_code == 200
    again = browser.post(WRITE, note, headers=HTMX)
    assert again["HX-Redirect"] == "/after/?page=2"
    assert notes() == 1


def test_refuses_the_key_with_another_content(browser, note):
    browser.post(WRITE, note)
    other = browser.post(WRITE, {**note, "title": "端午值班"})
    assert other.status_code == 409
    assert "内容与这次不同" in text(other)
    assert notes() == 1


def test_refuses_the_key_of_another_user(browser, note):
    browser.post(WRITE, note)
    browser.force_login(User.objects.create_user("other", display_name="他人", created_at=NOON))
    assert browser.post(WRITE, note).status_code == 409


def test_tells_files_of_the_same_name_apart(browser, note):
    send = lambda content: browser.post(  # noqa: E731 - the same form, another file
        WRITE, {**note, "file": SimpleUploadedFile("村.csv", content)}
    )
    assert send(b"a").status_code == 302
    assert send(b"b").status_code == 409
    assert send(b"a").status_code == 302
    assert notes() == 1


@pytest.mark.parametrize("title", ["", "重名", "远远超过八个字的标题"])
def test_lets_a_refused_form_be_mended_under_the_same_key(browser, note, title):
    refused = browser.post(WRITE, {**note, "title": title})
    mended = browser.post(WRITE, note)
    assert refused.status_code == 422
    assert mended.status_code == 302
    assert notes() == 1


def test_lets_a_form_be_sent_again_after_a_defect(browser, note):
    browser.raise_request_exception = False
    assert browser.post("/break/", note).status_code == 500
    assert not Receipt.objects.exists()


def test_does_not_show_a_page_of_its_own_a_second_time(browser, note):
    first = browser.post("/slips/", note)
    again = browser.post("/slips/", note)
    assert "AAAA-BBBB" in text(first)
    assert again.status_code == 409
    assert "AAAA-BBBB" not in text(again)


class TestClaims:
    """Two equal forms at once, and one whose process died."""

    def claim(self, minutes=0):
        at = NOON + datetime.timedelta(minutes=minutes)
        return receipts.claim(key=self.key, user_id=7, digest="d", at=at)

    @pytest.fixture(autouse=True)
    def _first(self):
        self.key = uuid.uuid4()
        assert self.claim() is None

    def test_refuses_while_the_first_is_running(self):
        with pytest.raises(receipts.StillRunning):
            self.claim(minutes=9)

    def test_takes_over_what_was_abandoned(self):
        assert self.claim(minutes=11) is None
        with pytest.raises(receipts.StillRunning):
            self.claim(minutes=12)

    def test_finds_in_the_audit_trail_that_the_abandoned_one_was_done(self):
        record(action="tests.note", subject="note:1", by="system", at=NOON, key=self.key)
        assert self.claim(minutes=11).status == 200

    def test_forgets_old_receipts_only(self):
        assert receipts.forget_old(at=NOON + receipts.KEPT_FOR) == 0
        assert receipts.forget_old(at=NOON + receipts.KEPT_FOR * 2) == 1
