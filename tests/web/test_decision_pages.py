"""Village decisions as the clerk, the township and a stranger see them."""

import datetime
import uuid

import pytest
from django.urls import reverse

from jiceng.core import clock
from jiceng.decisions.models import Delegation, Motion, Redirection
from jiceng.decisions.operations import Proposal, propose
from jiceng.decisions.operations.disclosing import ask_for_disclosures
from jiceng.procedures.models import Case
from tests.access.cast import hold, opened
from tests.decisions.conftest import people, village  # noqa: F401 - the village of decisions

NOW = datetime.datetime(2026, 3, 2, 10, tzinfo=datetime.UTC)
ROADS = "village.24.3"


@pytest.fixture(autouse=True)
def in_march_2026(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def stranger(village, county):  # noqa: F811 - the fixture
    (user,) = opened(hold("邻村文书", "village_clerk", county.lower))
    return user


def _post(client, address, **fields):
    return client.post(address, {"key": uuid.uuid4(), **fields})


@pytest.fixture
def clerk_client(client, people):  # noqa: F811
    client.force_login(people.clerk)
    return client


@pytest.fixture
def motion(village, people):  # noqa: F811
    proposal = Proposal(unit=village.number, matter=ROADS, title="修机耕路", amount=1_800_050)
    return propose(proposal, raised_on=NOW.date(), by=people.clerk, at=NOW)


def _form(**changed):
    asked = {"title": "修机耕路", "raised_by": "villagers_committee", "raised_on": "2026-03-02"}
    return {**asked, "text": "", "amount": "", "signatures": "", **changed}


def test_leads_the_clerk_to_his_village(clerk_client, village):  # noqa: F811
    answer = clerk_client.get(reverse("web:decisions"))

    assert answer.status_code == 302
    assert answer.url == reverse("web:village_decisions", args=[village.number])


def test_offers_matters_by_a_villagers_word(clerk_client, village):  # noqa: F811
    address = reverse("web:motion_new", args=[village.number])

    page = clerk_client.get(f"{address}?q=路灯").content.decode()
    none = clerk_client.get(f"{address}?q=直播带货").content.decode()

    assert "办村里的公益事业" in page
    assert "确认谁是集体经济组织成员" not in page
    assert "请乡镇确定由哪个会议决定" in none


def test_says_who_decides_with_quorum_notice_and_source(clerk_client, village):  # noqa: F811
    address = reverse("web:motion_new", args=[village.number])

    page = clerk_client.get(f"{address}?matter={ROADS}&body=village_representatives")

    text = page.content.decode()
    assert "由<strong>村民会议</strong>决定" in text
    assert "提前10日" in text
    assert "第二十四条第一款第三项" in text
    assert "您想开的会议不能决定这件事" in text


def test_an_empty_slot_is_not_offered_and_takes_no_motion(clerk_client, village):  # noqa: F811
    address = reverse("web:motion_new", args=[village.number])

    listed = clerk_client.get(address).content.decode()
    chosen = clerk_client.get(f"{address}?matter=plain.6").content.decode()

    assert "?matter=plain.6" not in listed
    assert "待县里提供" in chosen
    assert "提出并开办" not in chosen


def test_puts_a_motion_forward_and_opens_its_case(clerk_client, village):  # noqa: F811
    address = f"{reverse('web:motion_new', args=[village.number])}?matter={ROADS}"

    answer = _post(clerk_client, address, **_form(amount="18000.50"))

    motion = Motion.objects.get()
    assert answer.url == reverse("web:motion", args=[motion.pk])
    assert motion.amount == 1_800_050
    assert motion.case.procedure.code == "four_deliberations"
    assert "修机耕路" in clerk_client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "这个字段是必填项"),
        ({"title": "长" * 161}, "160"),
        ({"amount": "一万八"}, "输入一个数"),
        ({"raised_by": "villagers"}, "请填写联名人数"),
        ({"raised_on": "2026-03-05"}, "提出日不能在今天之后"),
    ],
)
def test_what_cannot_be_comes_back_filled(clerk_client, village, changed, sentence):  # noqa: F811
    address = f"{reverse('web:motion_new', args=[village.number])}?matter={ROADS}"

    answer = _post(clerk_client, address, **_form(text="机耕路三公里", **changed))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "机耕路三公里" in page
    assert not Motion.objects.exists()


def test_the_township_corrects_and_the_clerk_does_not(client, people, motion):  # noqa: F811
    address = reverse("web:motion_redirect", args=[motion.pk])
    asked = {"matter": "collective.26.11", "body": "", "reason": "投资，不是公益事业"}

    client.force_login(people.clerk)
    assert _post(client, address, **asked).status_code == 403
    client.force_login(people.officer)
    assert _post(client, address, **asked).status_code == 302

    assert Redirection.objects.get().reason == "投资，不是公益事业"
    client.force_login(people.secretary)
    page = client.get(reverse("web:motion", args=[motion.pk])).content.decode()
    assert "重新开办" in page
    _post(client, reverse("web:motion_restart", args=[motion.pk]))
    motion.refresh_from_db()
    assert motion.case.procedure.code == "collective_assembly"


def test_records_a_delegation_and_ends_it(clerk_client, village):  # noqa: F811
    address = reverse("web:delegations", args=[village.number])
    asked = {
        "matter": ROADS,
        "way": "assembly",
        "decided_on": "2026-01-10",
        "document": "村民会议决议〔2026〕1号",
        "valid_from": "2026-01-10",
        "last_day": "2029-01-09",
    }

    assert _post(clerk_client, address, **asked).status_code == 302
    row = Delegation.objects.get()
    assert row.valid_to == datetime.date(2029, 1, 10)
    assert "2029年1月9日" in clerk_client.get(address).content.decode()

    ending = reverse("web:delegation_end", args=[row.pk])
    assert clerk_client.get(ending).status_code == 200
    assert _post(clerk_client, ending, on="2026-04-01", reason="收回").status_code == 302
    assert "收回" in clerk_client.get(address).content.decode()


def test_a_faulty_delegation_comes_back_with_the_reason(clerk_client, village):  # noqa: F811
    address = reverse("web:delegations", args=[village.number])
    asked = {"matter": ROADS, "way": "assembly", "decided_on": "2026-04-10", "document": "x"}

    answer = _post(clerk_client, address, **asked, valid_from="2026-04-10", last_day="2026-04-11")

    assert answer.status_code == 422
    assert "决定日不能在今天之后" in answer.content.decode()


def test_the_form_offers_only_what_may_be_delegated(clerk_client, village):  # noqa: F811
    page = clerk_client.get(reverse("web:delegations", args=[village.number])).content.decode()

    assert f'value="{ROADS}"' in page
    assert 'value="village.27"' not in page
    assert 'value="village.24.4"' not in page
    assert 'value="collective.26.8"' not in page


def test_the_power_list_shows_its_empty_places(clerk_client, village):  # noqa: F811
    page = clerk_client.get(reverse("web:power_list", args=[village.number])).content.decode()

    assert page.count("待县里提供") >= 27
    assert "困难补助申请" in page


def test_an_item_prints_its_flow_with_days(clerk_client, village):  # noqa: F811
    address = reverse("web:power_item", args=[village.number, 3])

    page = clerk_client.get(f"{address}?start=2026-03-09").content.decode()

    assert "2026年3月9日" in page
    assert "2026年3月19日" in page  # ten days' notice of the assembly
    assert clerk_client.get(f"{address}?start=昨天").status_code == 200


def test_an_empty_item_has_no_page(clerk_client, village):  # noqa: F811
    address = reverse("web:power_item", args=[village.number, 9])

    assert clerk_client.get(address).status_code == 404


def test_the_disclosure_calendar_says_what_is_late(clerk_client, village):  # noqa: F811
    ask_for_disclosures(NOW - datetime.timedelta(days=40))

    page = clerk_client.get(reverse("web:disclosure", args=[village.number])).content.decode()

    assert "2026-01" in page
    assert "逾期未公开" in page
    assert "2025-12" not in page  # nobody asked for it
    assert "第三十条" in page


def test_opens_disclosure_but_no_deliberations_without_a_motion(clerk_client, village):  # noqa: F811
    fields = {"title": "一季度村务公开", "opened_on": "2026-03-02"}
    opened_here = reverse("web:case_new", args=[village.number, "disclosure"])
    by_motion = reverse("web:case_new", args=[village.number, "four_deliberations"])

    assert _post(clerk_client, opened_here, **fields).status_code == 302
    assert clerk_client.get(by_motion).status_code == 404

    assert Case.objects.get().procedure.code == "disclosure"


def test_an_interpellation_stands_on_the_villages_page_with_its_last_day(clerk_client, village):  # noqa: F811
    fields = {"title": "关于机耕路账目的质询", "opened_on": "2026-03-02"}
    _post(clerk_client, reverse("web:case_new", args=[village.number, "interpellation"]), **fields)

    page = clerk_client.get(reverse("web:village_decisions", args=[village.number]))

    assert "关于机耕路账目的质询" in page.content.decode()


PAGES = ["village_decisions", "motion_new", "delegations", "power_list", "disclosure"]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_does_not_even_learn_that_it_exists(client, stranger, village, page):  # noqa: F811
    client.force_login(stranger)

    assert client.get(reverse(f"web:{page}", args=[village.number])).status_code == 404


def test_the_supervisor_looks_and_proposes_nothing(client, people, village, motion):  # noqa: F811
    client.force_login(people.supervisor)

    assert client.get(reverse("web:village_decisions", args=[village.number])).status_code == 200
    assert client.get(reverse("web:motion", args=[motion.pk])).status_code == 200
    assert client.get(reverse("web:motion_new", args=[village.number])).status_code == 403
    page = client.get(reverse("web:delegations", args=[village.number])).content.decode()
    assert "授权事项" not in page


def test_a_strangers_motion_is_not_found(client, stranger, motion):
    client.force_login(stranger)

    for page in ("motion", "motion_redirect"):
        assert client.get(reverse(f"web:{page}", args=[motion.pk])).status_code == 404


def test_the_township_sees_the_motions_of_all_its_villages(client, people, motion):  # noqa: F811
    client.force_login(people.officer)

    page = client.get(reverse("web:decisions")).content.decode()

    assert "修机耕路" in page
    assert "上村委会" in page
