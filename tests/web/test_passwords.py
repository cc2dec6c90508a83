"""Setting the first password by a printed code, and changing it."""

import uuid

import pytest

from jiceng.access.operations import issue_codes
from jiceng.core import clock

pytestmark = pytest.mark.django_db
NEW = "ba zhong dian 8"


def text(response) -> str:
    return response.content.decode()


def form(**fields: str) -> dict[str, str]:
    twice = {"new_password": NEW, "new_password_again": NEW}
    return {"key": str(uuid.uuid4()), **twice, **fields}


class TestFirst:
    @pytest.fixture
    def code(self, clerk) -> str:
        return issue_codes([clerk], by="system", at=clock.now())[clerk.pk]

    def send(self, client, **fields):
        return client.post("/first-log-in/", form(username="clerk", **fields))

    def test_logs_in_and_keeps_the_password(self, client, code, clerk):
        answer = self.send(client, code=code.lower().replace("-", " "))
        assert answer["Location"] == "/"
        assert client.get("/").status_code == 200
        clerk.refresh_from_db()
        assert clerk.check_password(NEW)

    def test_takes_a_code_once(self, client, code):
        self.send(client, code=code)
        client.post("/log-out/")
        answer = self.send(client, code=code)
        assert answer.status_code == 422
        assert "登录码不对，或者登录码已用过" in text(answer)

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"new_password_again": "ba zhong dian 9"}, "两遍输入的新密码不一样"),
            ({"new_password": "1234", "new_password_again": "1234"}, "新密码不合要求"),
            ({"code": "AAAA-AAAA-AAAA"}, "登录码不对"),
        ],
    )
    def test_shows_the_form_again_with_what_is_wrong(self, client, code, fields, sentence):
        answer = self.send(client, **{"code": code, **fields})
        assert answer.status_code == 422
        assert sentence in text(answer)
        assert NEW not in text(answer)
        assert self.send(client, code=code).status_code == 302


class TestChange:
    @pytest.fixture
    def browser(self, client, clerk):
        client.force_login(clerk)
        return client

    def test_takes_the_present_password_and_stays_logged_in(self, browser, clerk):
        answer = browser.post("/password/", form(old_password="correct horse"), follow=True)
        assert "密码已修改" in text(answer)
        clerk.refresh_from_db()
        assert clerk.check_password(NEW)

    def test_refuses_a_wrong_present_password(self, browser, clerk):
        answer = browser.post("/password/", form(old_password="wrong"))
        assert answer.status_code == 422
        assert "原密码不对" in text(answer)
        clerk.refresh_from_db()
        assert clerk.check_password("correct horse")

    def test_is_for_who_is_logged_in(self, client):
        assert client.get("/password/").status_code == 302
