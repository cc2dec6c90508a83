"""One's own messages: what was sent, and where one wants it; nobody else's business."""

import uuid

import pytest
from django.urls import reverse

from jiceng.access.models import MessageAddress
from jiceng.agenda.models import Digest
from jiceng.agenda.operations import ask, close
from jiceng.audit.models import Entry, PrivateValue
from tests.agenda.conftest import asked, at, officer, run, secretary, sent_files, wants  # noqa: F401 - fixtures


@pytest.fixture
def choose(client, secretary, sent_files):  # noqa: F811 - the fixtures
    client.force_login(secretary)

    def choosing(way, address=""):
        data = {"key": str(uuid.uuid4()), "way": way, "address": address}
        return client.post(reverse("web:my_messages"), data)

    return choosing


def test_an_address_is_entered_and_removed_by_oneself(client, choose, secretary):  # noqa: F811
    assert choose("email", " secretary@example.org ").status_code == 302
    standing = MessageAddress.objects.get()
    assert (standing.user, standing.address) == (secretary, "secretary@example.org")
    assert 'value="secretary@example.org"' in client.get(reverse("web:my_messages")).text

    assert choose("").status_code == 302
    assert not MessageAddress.objects.exists()
    chosen, removed = Entry.objects.filter(action__startswith="access.message_").order_by("pk")
    assert (chosen.action[-6:], removed.action[-7:]) == ("chosen", "removed")
    assert "example.org" not in chosen.change
    assert PrivateValue.objects.get().value == "secretary@example.org"


@pytest.mark.parametrize(
    ("way", "address", "sentence"),
    [
        ("email", "", "请填写收消息的地址"),
        ("email", "not an address", "这不像邮箱"),
        ("email", "x" * 250 + "@example.org", "254"),
        ("wecom", "secretary", "wecom"),  # not switched on here
    ],
)
def test_what_is_no_address_comes_back_on_the_form(choose, way, address, sentence):
    answer = choose(way, address)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not MessageAddress.objects.exists()


def test_where_nothing_is_switched_on_the_page_says_so(client, choose, settings):
    settings.MESSAGES_TO_FILES = []
    text = client.get(reverse("web:my_messages")).text
    assert "还没有开通任何一种发送方式" in text
    assert 'name="way"' not in text


def test_shows_what_was_sent_to_oneself_and_what_became_of_it(
    client,
    county,
    secretary,  # noqa: F811
    officer,  # noqa: F811
    choose,
    wants,  # noqa: F811
):
    page = reverse("web:messages")
    assert "现在不给您发消息" in client.get(page).text
    wants(secretary)
    ask([asked(county, 1, address="/units/7/"), asked(county, 2)], at=at("2017-06-01 10:00"))
    run("2017-06-01 14:00")
    close("orders.visit", ["orders.order:2"], at=at("2017-06-01 15:00"))

    text = client.get(page).text
    assert "工作日 08:00、14:00 各发一次" in text
    assert "2017年6月1日 14:00" in text
    assert '<a href="/units/7/">走访 1</a>' in text
    assert "走访 2 <span" in text
    assert "已发出" in text
    assert "电子邮件" in text

    Digest.objects.update(state=Digest.State.UNCERTAIN)
    assert "为免重复没有再发" in client.get(page).text
    client.force_login(officer)
    assert "走访 1" not in client.get(page).text
