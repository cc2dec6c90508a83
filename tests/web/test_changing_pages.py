"""Changing one unit by its pages: who may, what the preview says, what is refused in words."""

import datetime
import uuid

import pytest
from django.urls import reverse

from jiceng.access.declarations import ROLES
from jiceng.audit.models import Entry
from jiceng.core import clock
from jiceng.registry.models import Post, Unit
from jiceng.registry.operations import (
    Founding,
    PersonRow,
    PostRow,
    appoint,
    found_units,
    rename_units,
)
from jiceng.registry.queries import path_of, seat_of, unit_by_code, unit_on
from tests.conftest import NOON, START
from tests.web.test_registry_pages import holder

DONE = {"by": "system", "at": NOON}
DAY = datetime.date(2019, 9, 25)
BEFORE = datetime.date(2019, 9, 24)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def people(county):
    return {
        "owner": holder("owner", "county.officer", county.county),
        "town": holder("town", "town.officer", county.town),
        "onlooker": holder("onlooker", "village.clerk", county.upper),
        "stranger": holder("stranger", "town.officer", county.subdistrict),
    }


@pytest.fixture
def owner(client, people):
    client.force_login(people["owner"])
    return client


def address(number, what):
    return reverse("web:change", args=[number, what])


def send(client, number, what, **values):
    return client.post(address(number, what), {"key": uuid.uuid4(), "day": str(DAY), **values})


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("town", 200), ("onlooker", 403), ("stranger", 404)]
)
def test_who_may_change_a_unit(client, county, people, who, status):
    client.force_login(people[who])
    pages = [
        reverse(f"web:{name}", args=[county.upper])
        for name in ("changes", "left_behind", "posts", "appoint", "bodies", "facts")
    ]
    changes = ("rename", "recode", "move", "found", "found_organisation", "end")
    pages += [address(county.upper, what) for what in changes]
    assert [client.get(page).status_code for page in pages] == [status] * len(pages)
    refused = 403 if status == 403 else 404
    sent = send(client, county.upper, "rename", name="尚村委会", kind="village")
    assert sent.status_code == (302 if status == 200 else refused)
    assert unit_on(county.upper, DAY).name == ("尚村委会" if status == 200 else "上村委会")


@pytest.mark.parametrize(("who", "offered"), [("owner", True), ("onlooker", False)])
def test_the_unit_leads_to_its_changes_only_those_who_may(client, county, people, who, offered):
    client.force_login(people[who])
    page = text_of(client.get(reverse("web:unit", args=[county.upper])))
    assert (reverse("web:changes", args=[county.upper]) in page) is offered


def test_a_preview_says_what_changes_and_changes_nothing(owner, county):
    asked = {
        "name": "上社区",
        "kind": "community",
        "day": str(DAY),
        "document": "乙政发〔2019〕3号",
    }
    preview = owner.get(address(county.upper, "rename"), asked)

    assert preview.status_code == 200
    for words in ("上村委会", "上社区", "社区（居委会）", "乙政发〔2019〕3号", "确认登记"):
        assert words in text_of(preview)
    assert unit_on(county.upper, DAY).name == "上村委会"
    assert not Entry.objects.filter(action="registry.unit.renamed").exists()
    again = text_of(owner.get(address(county.upper, "rename"), {**asked, "edit": "1"}))
    assert 'value="上社区"' in again
    assert 'value="乙政发〔2019〕3号"' in again


def test_a_renamed_unit_bears_its_old_name_on_old_days(owner, county):
    answer = send(
        owner, county.upper, "rename", name="上社区", kind="community", document="乙政发〔2019〕3号"
    )

    assert answer.url == reverse("web:unit", args=[county.upper])
    page = reverse("web:unit", args=[county.upper])
    assert "<h1>上社区</h1>" in text_of(owner.get(page))
    assert "<h1>上村委会</h1>" in text_of(owner.get(page, {"day": str(BEFORE)}))
    assert "乙政发〔2019〕3号" in text_of(owner.get(page))


def test_a_form_sent_twice_is_carried_out_once(owner, county):
    values = {"key": uuid.uuid4(), "day": str(DAY), "name": "上社区", "kind": "community"}
    for _time in range(2):
        assert owner.post(address(county.upper, "rename"), values).status_code == 302
    assert Entry.objects.filter(action="registry.unit.renamed").count() == 1


def test_a_unit_is_recoded_and_moved(owner, county):
    assert send(owner, county.upper, "recode", code="990102002009").status_code == 302
    assert send(owner, county.upper, "move", parent=county.subdistrict).status_code == 302

    assert unit_by_code("990102002009", DAY).pk == county.upper
    assert path_of(county.upper, DAY).startswith(path_of(county.subdistrict, DAY))
    assert path_of(county.upper, BEFORE).startswith(path_of(county.town, BEFORE))


def test_a_move_tells_who_goes_along(owner, county):
    found_units(
        [Founding("南县", "county", 3, "990103000000", parent=county.city)],
        tree="division",
        day=START,
        **DONE,
    )
    south = unit_by_code("990103000000", DAY)
    owner.force_login(holder("city", "city.officer", county.city))
    preview = text_of(
        owner.get(address(county.town, "move"), {"parent": south.pk, "day": str(DAY)})
    )
    assert "甲市 · 南县" in preview
    assert "随它一起移动" in preview
    assert "上村委会" in preview


def test_a_village_and_its_branch_are_founded(owner, county):
    values = {"name": "新村委会", "kind": "village", "code": "990102001009"}
    answer = send(owner, county.town, "found", **values)
    village = unit_by_code("990102001009", DAY)
    assert answer.url == reverse("web:unit", args=[village.pk])
    assert (village.level, village.name) == (5, "新村委会")

    (committee,) = found_units(
        [Founding("东镇党委", "party_committee", 1, domain="organ", seat=county.town)],
        tree="organisation",
        day=START,
        **DONE,
    )
    send(
        owner,
        village.pk,
        "found_organisation",
        name="新村党支部",
        kind="branch",
        domain="village",
        parent=committee,
        seat=village.pk,
    )
    branch = Unit.objects.latest("pk")
    assert branch.level == 2
    assert seat_of(branch.pk, DAY) == village.pk
    assert send(owner, branch.pk, "seat", division=county.lower).status_code == 302
    assert seat_of(branch.pk, DAY) == county.lower


@pytest.fixture
def director(county):
    """上村's director."""
    row = PostRow(PersonRow("陈示例"), county.upper, "village_director", START)
    return appoint([row], **DONE)[0]


def test_a_merger_says_what_it_leaves_and_settles_it_by_kind(owner, county, director):
    asked = {"outcome": "merger", "heir_1": county.middle, "day": str(DAY)}
    preview = text_of(owner.get(address(county.upper, "end"), asked))
    for words in ("中村委会", "合并", "任职", "陈示例", "建议职务随原单位终止"):
        assert words in preview
    assert path_of(county.upper, DAY)

    answer = send(owner, county.upper, "end", **asked)
    assert answer.url == reverse("web:left_behind", args=[county.upper])
    assert "陈示例" in text_of(owner.get(answer.url))
    settled = owner.post(
        reverse("web:settle_left", args=[county.upper]),
        {"key": uuid.uuid4(), "code": "registry.posts"},
    )
    assert settled.status_code == 302
    assert Post.objects.get(pk=director).valid_to == DAY
    assert "没有留下什么" in text_of(owner.get(answer.url))
    page = text_of(owner.get(reverse("web:unit", args=[county.upper])))
    assert "并入或分设为" in page
    assert reverse("web:left_behind", args=[county.upper]) in page


def test_a_split_is_by_shares(owner, county):
    values = {"outcome": "split", "heir_1": county.lower, "heir_2": county.middle}
    unsaid = send(owner, county.upper, "end", **values)
    assert unsaid.status_code == 422
    assert "请写明份额" in text_of(unsaid)
    uneven = send(owner, county.upper, "end", **values, share_1="1/2", share_2="1/3")
    assert "份额相加必须等于一" in text_of(uneven)

    assert (
        send(owner, county.upper, "end", **values, share_1="2/3", share_2="1/3").status_code == 302
    )
    page = text_of(owner.get(reverse("web:unit", args=[county.upper])))
    assert "份额 2/3" in page


def test_those_below_go_to_the_heir_or_where_they_are_told(owner, county):
    asked = {"outcome": "merger", "heir_1": county.subdistrict, "day": str(DAY)}
    preview = text_of(owner.get(address(county.town, "end"), asked))
    assert "上村委会 → 西街道" in preview

    send(owner, county.town, "end", **asked)
    assert path_of(county.upper, DAY).startswith(path_of(county.subdistrict, DAY))


def test_what_is_left_is_refused_when_something_stands_below(owner, county):
    refused = send(owner, county.town, "end", outcome="abolition")
    assert refused.status_code == 422
    assert "其下仍有单位" in text_of(refused)


def test_nobody_ends_or_moves_the_unit_his_own_rights_begin_at(client, county, people):
    client.force_login(people["town"])
    hub = text_of(client.get(reverse("web:changes", args=[county.town])))
    assert address(county.town, "rename") in hub
    assert address(county.town, "end") not in hub
    for what in ("end", "move"):
        assert client.get(address(county.town, what)).status_code == 403
    assert client.get(address(county.upper, "end")).status_code == 200


def test_an_ended_unit_is_not_changed_any_more(owner, county):
    send(owner, county.upper, "end", outcome="merger", heir_1=county.middle)
    refused = owner.get(reverse("web:changes", args=[county.upper]))
    assert refused.status_code == 409
    assert "已经终止" in text_of(refused)
    assert owner.get(address(county.upper, "rename")).status_code == 409


def test_an_unknown_change_is_not_found(owner, county):
    for what in ("nothing", "seat"):
        assert owner.get(address(county.upper, what)).status_code == 404


def _tomorrow():
    return str(clock.today() + datetime.timedelta(days=1))


BAD = [
    ("rename", {"name": "尚村委会", "kind": "village", "day": "0001-01-01"}, "1900 年"),
    ("move", {"parent": "9" * 30}, "小于或等于"),
    (
        "end",
        {"outcome": "split", "heir_1": "lower", "share_1": "1e9999", "heir_2": "middle"},
        "请写明份额",
    ),
    ("rename", {"name": "尚村委会", "kind": "village", "day": "tomorrow"}, "还没有到"),
    ("rename", {"name": "", "kind": "village"}, "必填"),
    ("rename", {"name": "上村委会", "kind": "village"}, "都没有变"),
    ("rename", {"name": "尚村委会", "kind": "county"}, "选择一个有效的选项"),
    ("rename", {"name": "尚村委会", "kind": "village", "day": "2010-01-01"}, "尚未设立"),
    ("rename", {"name": "尚村委会", "kind": "village", "day": "2019-02-30"}, "输入一个有效的日期"),
    ("recode", {"code": "9901"}, "12 位"),
    ("recode", {"code": "990102001002"}, "已属于另一单位"),
    ("move", {}, "请输入名称或代码"),
    ("move", {"parent": "999999"}, "没有这个单位"),
    ("end", {"outcome": "merger"}, "只写一个承继单位"),
    ("end", {"outcome": "split", "heir_1": "lower"}, "至少写两个"),
    ("end", {"outcome": "abolition", "heir_1": "lower"}, "不写承继单位"),
    ("end", {"outcome": "merger", "heir_1": "upper"}, "不存在"),
    (
        "end",
        {
            "outcome": "split",
            "heir_1": "lower",
            "share_1": "1/2",
            "heir_2": "lower",
            "share_2": "1/2",
        },
        "写了两次",
    ),
]


@pytest.mark.parametrize(("what", "values", "words"), BAD)
def test_bad_input_comes_back_filled_with_a_sentence(owner, county, what, values, words):
    given = {
        name: _tomorrow() if value == "tomorrow" else getattr(county, value, value)
        for name, value in values.items()
    }
    given = {"document": "乙政发〔2019〕9号", "day": str(DAY), **given}
    for answer in (
        send(owner, county.upper, what, **given),
        owner.get(address(county.upper, what), given),
    ):
        assert answer.status_code == 422
        assert words in text_of(answer)
        assert "乙政发〔2019〕9号" in text_of(answer)
    assert path_of(county.upper, DAY)


def test_a_unit_is_not_put_below_itself_nor_renamed_before_a_later_name(owner, county):
    owner.force_login(holder("city", "city.officer", county.city))
    circle = send(owner, county.county, "move", parent=county.town)
    assert circle.status_code == 422
    assert "它自己或它的下级之下" in text_of(circle)

    rename_units({county.upper: ("上社区", "community")}, day=DAY, **DONE)
    early = send(owner, county.upper, "rename", name="尚村委会", kind="village", day="2018-01-01")
    assert early.status_code == 422
    assert "已有新的名称" in text_of(early)


def test_an_heir_lies_within_the_rights_of_who_ends(client, county, people):
    client.force_login(people["town"])
    refused = send(client, county.upper, "end", outcome="merger", heir_1=county.community)
    assert refused.status_code == 422
    assert "没有这个单位，或者您无权查看" in text_of(refused)


def test_a_preview_costs_the_same_however_much_is_moved(
    owner, county, django_assert_max_num_queries
):
    asked = {"outcome": "merger", "heir_1": county.subdistrict, "day": str(DAY)}

    def cost():
        with django_assert_max_num_queries(130) as captured:
            assert owner.get(address(county.town, "end"), asked).status_code == 200
        return len(captured)

    few = cost()
    found_units(
        [
            Founding(f"{n}村", "village", 5, f"9901020015{n:02d}", parent=county.town)
            for n in range(60)
        ],
        tree="division",
        day=START,
        **DONE,
    )
    assert cost() == few


def test_who_may_change_the_register_answers_for_it_and_sees_its_people():
    """So no change waits for somebody else's confirmation, and previews may name people."""
    changing = [role for role in ROLES if "registry.edit" in role.permissions]
    assert changing
    assert all(role.confirms and "registry.people" in role.permissions for role in changing)
