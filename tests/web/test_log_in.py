"""Logging in and out, being locked out, and what an expired session keeps."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.ui import pages

pytestmark = pytest.mark.django_db
LOG_IN = "/log-in/"
RIGHT = {"username": "clerk", "password": "correct horse"}
WRONG = {"username": "clerk", "password": "wrong"}


def text(response) -> str:
    return response.content.decode()


@pytest.fixture(autouse=True)
def _account(clerk):
    """There is an account."""


def test_leads_to_the_page_asked_for(client):
    asked = client.get("/?day=2017-12-31")
    assert asked["Location"] == "/log-in/?next=/%3Fday%3D2017-12-31"
    assert 'name="next" value="/?day=2017-12-31"' in text(client.get(asked["Location"]))
    answer = client.post(LOG_IN, {**RIGHT, "next": "/?day=2017-12-31"})
    assert answer["Location"] == "/?day=2017-12-31"


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example/", "javascript:1"])
def test_leads_nowhere_else(client, elsewhere):
    answer = client.post(LOG_IN, {**RIGHT, "next": elsewhere})
    assert answer["Location"] == reverse("web:today")


@pytest.mark.parametrize("given", [WRONG, {**WRONG, "username": "nobody"}])
def test_says_the_same_of_a_wrong_name_and_a_wrong_password(client, given):
    answer = client.post(LOG_IN, given)
    assert answer.status_code == 422
    assert "账号或密码不对" in text(answer)


def test_does_not_ask_who_is_logged_in_already(client):
    client.post(LOG_IN, RIGHT)
    assert client.get(LOG_IN)["Location"] == reverse("web:today")


def test_locks_an_account_with_a_sentence_even_for_the_right_password(client):
    answers = [client.post(LOG_IN, WRONG) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [403]
    locked = client.post(LOG_IN, RIGHT)
    assert locked.status_code == 403
    assert "暂时锁定" in text(locked)
    assert "<h1>没有办成</h1>" in text(locked)


def test_leaves_other_accounts_open_when_one_is_locked(client, django_user_model):
    from tests.conftest import NOON

    django_user_model.objects.create_user("other", "right", display_name="乙", created_at=NOON)
    for _ in range(5):
        client.post(LOG_IN, WRONG)
    assert client.post(LOG_IN, {"username": "other", "password": "right"}).status_code == 302


def test_gives_a_new_session_at_the_log_in(client):
    client.session["before"] = True
    client.get(LOG_IN)
    before = client.session.session_key
    client.post(LOG_IN, RIGHT)
    assert client.session.session_key != before


def test_logs_out_by_a_post_only(client):
    client.post(LOG_IN, RIGHT)
    assert client.get("/log-out/").status_code == 405
    assert client.post("/log-out/")["Location"] == LOG_IN
    assert client.get("/").status_code == 302


class TestExpired:
    """A form sent after the session has ended."""

    FORM = {"title": "清明值班", "agreed": "on", "old_password": "secret-1"}
    FROM = {"Referer": "http://testserver/after/?a=1"}

    @pytest.fixture(autouse=True)
    def _pages(self, settings):
        settings.ROOT_URLCONF = pages.__name__

    @pytest.fixture
    def form(self):
        return {**self.FORM, "key": str(uuid.uuid4())}

    def sealed(self, answer) -> str:
        return text(answer).split('name="carried" value="')[1].split('"')[0]

    def test_is_answered_with_the_log_in_and_comes_back_filled(self, client, form):
        answer = client.post("/write/", form, headers=self.FROM)
        assert answer.status_code == 401
        assert "登录已过期" in text(answer)

        again = client.post(LOG_IN, {**RIGHT, "carried": self.sealed(answer)}, follow=True)
        path, _status = again.redirect_chain[-1]
        assert path.startswith("/after/?a=1&carried=")
        assert 'action="/write/"' in text(again)
        assert '<input type="hidden" name="title" value="清明值班">' in text(again)
        assert "secret-1" not in text(again)

    def test_is_not_lost_by_a_wrong_password(self, client, form):
        answer = client.post("/write/", form, headers=self.FROM)
        sealed = self.sealed(answer)
        assert self.sealed(client.post(LOG_IN, {**WRONG, "carried": sealed})) == sealed

    def test_can_be_sent_once_logged_in(self, client, form):
        answer = client.post("/write/", form, headers=self.FROM)
        client.post(LOG_IN, {**RIGHT, "carried": self.sealed(answer)})
        assert client.post("/write/", form)["Location"] == "/after/"

    def test_names_the_files_that_must_be_chosen_again(self, client, form):
        upload = SimpleUploadedFile("村名单.csv", b"a")
        answer = client.post("/write/", {**form, "file": upload}, headers=self.FROM)
        carried = {"carried": self.sealed(answer)}
        again = client.post(LOG_IN, {**RIGHT, **carried}, follow=True)
        assert "附件（村名单.csv）不能代为保留" in text(again)

    def test_is_not_taken_from_a_forged_text(self, client):
        answer = client.post(LOG_IN, {**RIGHT, "carried": "forged"})
        assert answer["Location"] == reverse("web:today")

    def test_replaces_the_page_when_it_was_a_fragment(self, client, form):
        answer = client.post("/write/", form, headers={"HX-Request": "true"})
        assert answer.status_code == 401
        assert answer["HX-Retarget"] == "body"

    def test_sends_a_reading_fragment_to_the_log_in(self, client):
        headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/after/?a=1"}
        answer = client.get("/write/", headers=headers)
        assert answer["HX-Redirect"] == "/log-in/?next=/after/%3Fa%3D1"
