"""People, posts, members, bodies and facts recorded by their pages, one at a time."""

import datetime
import uuid

import pytest
from django.urls import reverse

from jiceng.access.operations import open_accounts
from jiceng.access.queries import scope_of
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.registry.models import Body, BodySeat, Membership, Person, Post, VillageFact
from jiceng.registry.operations import (
    BodyRow,
    FactRow,
    Founding,
    MembershipRow,
    PersonRow,
    PostRow,
    appoint,
    enrol_members,
    form_bodies,
    found_units,
    record_facts,
)
from tests.conftest import NOON, START
from tests.web.test_registry_pages import holder

DONE = {"by": "system", "at": NOON}
MAY = datetime.date(2019, 5, 1)


def text_of(response):
    return response.content.decode()


def send(client, page, number, **values):
    address = reverse(f"web:{page}", args=[number])
    return client.post(address, {"key": uuid.uuid4(), **values})


@pytest.fixture
def people(county):
    return {
        "owner": holder("owner", "town.officer", county.town),
        "onlooker": holder("onlooker", "village.clerk", county.upper),
        "stranger": holder("stranger", "town.officer", county.subdistrict),
    }


@pytest.fixture
def owner(client, people):
    client.force_login(people["owner"])
    return client


@pytest.fixture
def branches(county):
    return found_units(
        [
            Founding("上村党支部", "branch", 1, domain="village", seat=county.upper),
            Founding("下村党支部", "branch", 1, domain="village", seat=county.lower),
        ],
        tree="organisation",
        day=START,
        **DONE,
    )


@pytest.fixture
def member(branches):
    """张三, a full member in 上村."""
    row = MembershipRow(PersonRow("张三", "A1"), branches[0], "full_member", START)
    return Membership.objects.get(pk=enrol_members([row], **DONE)[0])


@pytest.fixture
def director(county):
    row = PostRow(PersonRow("陈示例"), county.upper, "village_director", START)
    return Post.objects.get(pk=appoint([row], **DONE)[0])


@pytest.fixture
def body(county):
    row = BodyRow(county.upper, "villagers_committee", "第十届", START)
    return Body.objects.get(pk=form_bodies([row], **DONE)[0])


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("onlooker", 403), ("stranger", 404)])
def test_who_may_record(client, county, people, branches, member, director, body, who, status):
    client.force_login(people[who])
    pages = [
        ("posts", county.upper),
        ("appoint", county.upper),
        ("end_post", director.pk),
        ("members", branches[0]),
        ("enrol", branches[0]),
        ("end_membership", member.pk),
        ("bodies", county.upper),
        ("body", body.pk),
        ("end_body", body.pk),
        ("facts", county.upper),
    ]
    found = [client.get(reverse(f"web:{name}", args=[of])).status_code for name, of in pages]
    assert found == [status] * len(pages)


def test_somebody_of_the_register_is_appointed_and_relieved(owner, county, member):
    given = {"role": "village_clerk", "person": member.person_id, "since": "2019-05-01"}
    assert send(owner, "appoint", county.upper, **given).status_code == 302
    post = Post.objects.get()
    assert (post.person.name, post.valid_from, post.title) == ("张三", MAY, "村（社区）文书")
    assert "张三" in text_of(owner.get(reverse("web:posts", args=[county.upper])))

    (slip,) = open_accounts([post.pk], **DONE | {"at": clock.now()})
    today = clock.today()
    assert scope_of(slip.user, "registry.view", today)
    assert send(owner, "end_post", post.pk, day=str(today)).status_code == 302
    assert not scope_of(User.objects.get(pk=slip.user.pk), "registry.edit", today)
    page = text_of(owner.get(reverse("web:posts", args=[county.upper])))
    assert "职务空缺" in page
    assert "张三" in page


def test_somebody_new_is_recorded_with_his_post(owner, county):
    given = {"role": "village_clerk", "name": "李四", "birth_month": "1980-05"}
    answer = send(owner, "appoint", county.upper, **given, since="2019-05-01")
    assert answer.status_code == 302
    assert Person.objects.get(name="李四").birth_month == datetime.date(1980, 5, 1)


def test_a_namesake_is_asked_about(owner, county, member):
    given = {"role": "village_clerk", "name": "张三", "since": "2019-05-01"}
    asked = send(owner, "appoint", county.upper, **given)
    assert asked.status_code == 422
    assert "已有同名的人（上村党支部）" in text_of(asked)
    assert 'value="张三"' in text_of(asked)

    assert send(owner, "appoint", county.upper, **given, another="on").status_code == 302
    assert Person.objects.filter(name="张三").count() == 2


BAD = [
    ({"role": "village_director", "since": "2019-05-01"}, "两者取一"),
    ({"role": "village_director", "name": "李四", "since": ""}, "必填"),
    ({"role": "village_director", "name": "李四", "since": "2019-05-01"}, "只能由一人担任"),
    ({"role": "village_clerk", "name": "李四", "since": "2010-01-01"}, "不能早于这一天"),
    ({"role": "village_clerk", "name": "李四", "since": "2900-01-01"}, "还没有到"),
    (
        {"role": "village_clerk", "name": "李四", "since": "2019-05-01", "until": "2019-04-30"},
        "最后一天不能早于第一天",
    ),
    (
        {"role": "village_clerk", "name": "李四", "since": "2019-05-01", "until": "9999-12-31"},
        "2999 年",
    ),
    ({"role": "village_clerk", "person": "9" * 30, "since": "2019-05-01"}, "小于或等于"),
    ({"role": "county_officer", "name": "李四", "since": "2019-05-01"}, "选择一个有效的选项"),
    (
        {"role": "village_clerk", "name": "李四", "since": "2019-05-01", "birth_month": "80年"},
        "出生年月",
    ),
]


@pytest.mark.parametrize(("given", "words"), BAD)
def test_what_cannot_be_comes_back_filled(owner, county, director, given, words):
    answer = send(owner, "appoint", county.upper, **given, title="代主任")
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "代主任" in text_of(answer)
    assert Post.objects.count() == 1


def test_a_deputy_stands_in_until_a_day(owner, county, director):
    given = {"role": "village_director", "name": "李四", "deputises": director.pk}
    answer = send(owner, "appoint", county.upper, **given, since="2019-05-01", until="2019-06-30")
    assert answer.status_code == 302
    deputy = Post.objects.latest("pk")
    assert (deputy.deputises_id, deputy.valid_to) == (director.pk, datetime.date(2019, 7, 1))


def test_nobody_appoints_or_relieves_beyond_his_own_power(client, county, people):
    """The county's officer may appoint the clerk, whose post falls to him; the town's not the
    county's.
    """
    row = PostRow(PersonRow("王处"), county.town, "county_officer", START)
    (higher,) = appoint([row], **DONE)
    client.force_login(people["owner"])
    assert client.get(reverse("web:end_post", args=[higher])).status_code == 403
    page = text_of(client.get(reverse("web:posts", args=[county.town])))
    assert "由上级办理" in page

    client.force_login(holder("county", "county.officer", county.county))
    assert client.get(reverse("web:end_post", args=[higher])).status_code == 200
    form = text_of(client.get(reverse("web:appoint", args=[county.upper])))
    assert 'value="village_clerk"' in form
    assert 'value="city_officer"' not in form


@pytest.mark.parametrize(
    ("who", "text", "found"),
    [
        ("owner", "张三", True),
        ("owner", "A1", True),
        ("owner", "张", False),  # nobody is found by a part of his name
        ("stranger", "张三", False),
        ("stranger", "A1", False),
    ],
)
def test_people_are_found_by_whole_name_within_the_scope(client, people, member, who, text, found):
    client.force_login(people[who])
    page = text_of(client.get(reverse("web:pick_person"), {"q": text}))
    assert ("上村党支部" in page) is found


@pytest.mark.parametrize("name", ["web:pick_person", "web:pick", "web:search"])
def test_a_character_that_no_text_holds_is_refused_in_words(owner, name):
    answer = owner.get(reverse(name), {"q": "张\0三"})
    assert answer.status_code == 422
    assert "不能用的字符" in text_of(answer)


def test_somebody_beyond_the_scope_is_not_taken(client, county, people, member):
    client.force_login(people["stranger"])
    given = {"role": "village_clerk", "person": member.person_id, "since": "2019-05-01"}
    answer = send(client, "appoint", county.community, **given)
    assert answer.status_code == 422
    assert "没有这个人" in text_of(answer)


def test_a_member_is_taken_in_goes_over_and_leaves(owner, branches, member):
    given = {"name": "李四", "standing": "probationary_member", "since": "2019-05-01"}
    assert send(owner, "enrol", branches[0], **given).status_code == 302
    twice = {"person": member.person_id, "standing": "full_member", "since": "2019-05-01"}
    refused = send(owner, "enrol", branches[1], **twice)
    assert refused.status_code == 422
    assert "只能在一个组织有党籍关系" in text_of(refused)

    over = send(owner, "end_membership", member.pk, to=branches[1], day="2019-05-01")
    assert over.status_code == 302
    fresh = Membership.objects.on(MAY).get(person=member.person_id)
    assert fresh.organisation_id == branches[1]
    assert "张三" in text_of(owner.get(reverse("web:members", args=[branches[0]])))  # left lately
    assert send(owner, "end_membership", fresh.pk, day="2019-06-01").status_code == 302
    too_early = send(owner, "end_membership", fresh.pk, day="2019-05-01")
    assert too_early.status_code == 422


def test_lists_are_asked_for_a_day(owner, branches, county, member):
    """Members, posts and numbers as they were: shown, and not changed from there."""
    send(owner, "end_membership", member.pk, to=branches[1], day="2019-05-01")
    row = PostRow(member.person_id, county.upper, "village_clerk", START, MAY)
    appoint([row], **DONE)
    numbers = [(START, 1_234), (MAY, 5_678)]
    record_facts([FactRow(county.upper, "households", n, day) for day, n in numbers], **DONE)

    def asked(page, number, day):
        return text_of(owner.get(reverse(f"web:{page}", args=[number]), {"day": day}))

    assert "今天没有登记" in text_of(owner.get(reverse("web:members", args=[branches[0]])))
    before = asked("members", branches[0], "2019-04-30")
    assert "张三" in before
    assert "转出或终止" not in before
    assert "这一天没有登记" in asked("members", branches[0], "2019-05-01")
    held = asked("posts", county.upper, "2019-04-30")
    assert held.index("当日在任") < held.index("张三") < held.index("以前")
    assert "免职" not in held
    assert "1,234" in asked("facts", county.upper, "2019-04-30").split("登记过的数")[0]
    assert "5,678" in asked("facts", county.upper, "2019-05-01").split("登记过的数")[0]


def test_divisions_have_no_members_and_towns_no_bodies(owner, county):
    assert owner.get(reverse("web:members", args=[county.upper])).status_code == 404
    assert owner.get(reverse("web:bodies", args=[county.town])).status_code == 404


def test_a_term_begins_seats_people_and_ends_early(owner, county, body):
    later = {"kind": "villagers_committee", "term": "第十一届", "since": "2019-05-01"}
    refused = send(owner, "bodies", county.upper, **later)
    assert refused.status_code == 422
    assert "任期重叠" in text_of(refused)
    assert "第十一届" in text_of(refused)

    seat = {"role": "主任", "name": "陈示例", "since": str(START)}
    assert send(owner, "body", body.pk, **seat).status_code == 302
    row = BodySeat.objects.get()
    assert send(owner, "end_seat", row.pk, day="2018-05-01").status_code == 302
    assert send(owner, "end_body", body.pk, day="2019-05-01").status_code == 302
    answer = send(owner, "bodies", county.upper, **later)
    assert answer.url == reverse("web:body", args=[Body.objects.latest("pk").pk])


def test_a_number_is_recorded_with_its_day_and_corrected_with_a_reason(owner, county):
    record_facts([FactRow(county.upper, "households", 300, START)], **DONE)
    given = {"kind": "households", "day": "2019-05-01"}
    assert send(owner, "facts", county.upper, **given, value="310").status_code == 302
    unreasoned = send(owner, "facts", county.upper, **given, value="312")
    assert unreasoned.status_code == 422
    assert "请写明更正原因" in text_of(unreasoned)
    corrected = send(owner, "facts", county.upper, **given, value="312", reason="漏计两户")
    assert corrected.status_code == 302

    page = text_of(owner.get(reverse("web:facts", args=[county.upper])))
    assert "更正：漏计两户" in page
    assert "<s>310</s>" in page
    standing = VillageFact.objects.filter(superseded_at=None).order_by("valid_from")
    assert [fact.value for fact in standing] == [300, 312]


@pytest.mark.parametrize(
    ("value", "words"), [("", "必填"), ("-1", "大于或等于"), ("三百", "整数"), ("1e9", "整数")]
)
def test_a_number_is_one(owner, county, value, words):
    answer = send(owner, "facts", county.upper, kind="households", day="2019-05-01", value=value)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not VillageFact.objects.exists()
