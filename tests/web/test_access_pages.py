"""Accounts, slips, administrators, hand-over and one's own permissions, as who may see them."""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse

from jiceng.access.operations import (
    appoint_administrator,
    list_hand_over,
    open_accounts,
    redeem_code,
)
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.core.periods import DAY
from jiceng.registry.models import Post
from jiceng.registry.operations import (
    Founding,
    MembershipRow,
    PersonRow,
    PostRow,
    appoint,
    end_posts,
    enrol_members,
    found_units,
    record_people,
)
from tests.conftest import NOON, START

DONE = {"by": "system", "at": NOON}
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}")


def hold(name, role, unit):
    (person,) = record_people([PersonRow(name=name)], **DONE)
    (post,) = appoint([PostRow(person, unit, role, START)], **DONE)
    return post


@pytest.fixture
def cast(county):
    posts = {
        "officer": hold("镇干部", "town_officer", county.town),
        "clerk": hold("文书", "village_clerk", county.upper),
        "neighbour": hold("西街干部", "town_officer", county.subdistrict),
    }
    open_accounts(list(posts.values()), **DONE)
    users = {
        name: User.objects.get(person_number=Post.objects.get(pk=post).person.number)
        for name, post in posts.items()
    }
    security, _code = appoint_administrator(
        username="security",
        display_name="安全管理员",
        role="security.administrator",
        unit=county.city,
        until=clock.today() + 30 * DAY,
        by="system",
        at=clock.now(),
    )
    return SimpleNamespace(**users, security=security, posts=SimpleNamespace(**posts))


@pytest.fixture
def page(client, cast):
    """Ask for a page as someone; post when fields are given."""

    def ask(who, name, *args, **fields):
        client.force_login(getattr(cast, who))
        address = reverse(f"web:{name}", args=args)
        if fields:
            response = client.post(address, {"key": uuid4(), **fields})
        else:
            response = client.get(address)
        assert "undefined" not in response.content.decode()
        return response

    return ask


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("accounts", {"officer", "neighbour"}),
        ("ended_posts", {"officer", "neighbour"}),
        ("administrators", {"security"}),
        ("security_log", {"security"}),
        ("my_permissions", {"officer", "clerk", "neighbour", "security"}),
    ],
)
def test_who_may_open_which_page(page, name, allowed):
    for who in ("officer", "clerk", "neighbour", "security"):
        assert page(who, name).status_code == (200 if who in allowed else 403), who


def test_a_member_reads_what_his_membership_permits(county, client):
    (branch,) = found_units(
        [Founding("上村党支部", "branch", 1, domain="village", seat=county.upper)],
        tree="organisation",
        day=START,
        **DONE,
    )
    (person,) = record_people([PersonRow("党员甲", number="9")], **DONE)
    enrol_members([MembershipRow(person, branch, "full_member", START)], **DONE)
    member = User.objects.create_user("member", person_number="9", created_at=NOON)
    client.force_login(member)
    text = client.get(reverse("web:my_permissions")).content.decode()
    assert "上村党支部 · 党员" in text
    assert "没有任何权限" not in text


def test_the_security_log_says_who_was_tried_and_by_what_rule_it_is_kept(page, cast, client):
    client.post(reverse("web:log_in"), {"username": cast.clerk.username, "password": "wrong"})

    text = page("security", "security_log").content.decode()

    assert cast.clerk.username in text
    assert "127.0.0.1" in text
    assert "网络安全法" in text
    assert "保存 6 个月" in text


def test_an_officer_sees_the_accounts_of_his_subtree(page):
    text = page("officer", "accounts").content.decode()

    assert "文书" in text
    assert "西街干部" not in text


@pytest.mark.parametrize(("who", "status"), [("officer", 200), ("neighbour", 404), ("clerk", 404)])
def test_who_may_reset_whom_and_the_slip_works_once_printed(cast, page, who, status):
    response = page(who, "reset_accounts", account=cast.clerk.pk)

    assert response.status_code == status
    codes = CODE.findall(response.content.decode())
    assert len(codes) == (1 if status == 200 else 0)
    if codes:
        assert "no-store" in response["Cache-Control"]
        redeem_code(
            username=cast.clerk.username, code=codes[0], password="long enough", at=clock.now()
        )


def test_printed_codes_are_not_shown_again_to_a_repeated_form(client, cast):
    client.force_login(cast.officer)
    form = {"account": cast.clerk.pk, "key": uuid4()}

    assert client.post(reverse("web:reset_accounts"), form).status_code == 200
    repeated = client.post(reverse("web:reset_accounts"), form)
    assert repeated.status_code == 409
    assert not CODE.search(repeated.content.decode())


@pytest.mark.parametrize("chosen", [{"account": "x"}, {"nothing": "1"}])
def test_nothing_chosen_is_said(page, chosen):
    response = page("officer", "unlock_accounts", **chosen)

    assert response.status_code == 422
    assert "请先勾选" in response.content.decode()


def test_unlocking_answers_on_the_list(cast, page):
    assert page("officer", "unlock_accounts", account=cast.clerk.pk).status_code == 302


def test_accounts_are_opened_for_the_posts_of_a_place(county, cast, page):
    post = hold("新文书", "village_clerk", county.lower)
    hold("西文书", "village_clerk", county.community)

    listed = page("officer", "open_accounts", county.town).content.decode()
    assert "新文书" in listed
    assert "西文书" not in listed
    slips = page("officer", "open_accounts", county.town, post=post)
    assert len(CODE.findall(slips.content.decode())) == 1
    assert "新文书" not in page("officer", "open_accounts", county.town).content.decode()


def test_a_post_elsewhere_cannot_be_slipped_in(county, page):
    elsewhere = hold("西文书", "village_clerk", county.community)
    before = User.objects.count()

    page("officer", "open_accounts", county.town, post=elsewhere)
    assert User.objects.count() == before


@pytest.mark.parametrize(
    ("who", "place", "status"),
    [("officer", "subdistrict", 404), ("clerk", "upper", 403), ("neighbour", "town", 404)],
)
def test_who_may_not_open_accounts_where(county, page, who, place, status):
    assert page(who, "open_accounts", getattr(county, place)).status_code == status


def test_the_security_administrator_appoints_and_withdraws(county, page):
    given = {
        "username": "auditor",
        "display_name": "审计员",
        "role": "audit.administrator",
        "unit": county.city,
        "until": (clock.today() + 10 * DAY).isoformat(),
    }
    assert CODE.search(page("security", "administrators", **given).content.decode())
    auditor = User.objects.get(username="auditor")
    again = page("security", "administrators", **{**given, "role": "system.administrator"})
    assert again.status_code == 422
    assert "须由三人分任" in again.content.decode()

    grant = auditor.grants.get()
    assert page("officer", "withdraw", grant.pk, sure="1").status_code == 403
    assert page("security", "withdraw", grant.pk, sure="1").status_code == 302
    assert not auditor.grants.exists()


def test_a_hand_over_is_drawn_up_confirmed_and_printed(county, cast, page):
    end_posts([cast.posts.clerk], day=clock.today(), **DONE)
    assert page("neighbour", "draw_up_hand_over", cast.posts.clerk, sure="1").status_code == 404
    drawn = page("officer", "draw_up_hand_over", cast.posts.clerk, sure="1")
    number = int(drawn.url.rstrip("/").rpartition("/")[2])
    (person,) = record_people([PersonRow(name="接任")], **DONE)
    posts = appoint([PostRow(person, county.upper, "village_clerk", clock.today())], **DONE)
    open_accounts(posts, by="system", at=clock.now())
    cast.successor = User.objects.get(display_name="接任")

    for name in ("my_permissions", "today"):
        shown = page("successor", name).content.decode()
        assert reverse("web:hand_over", args=[number]) in shown
    assert "上村委会" in page("officer", "ended_posts").content.decode()
    assert "监交人" in page("officer", "hand_over", number).content.decode()
    assert page("neighbour", "hand_over", number).status_code == 404
    assert page("officer", "confirm_hand_over", number, sure="1").status_code == 403
    assert page("successor", "confirm_hand_over", number, sure="1").status_code == 302
    assert "接任" in page("officer", "hand_over", number).content.decode()


def test_lists_cost_a_fixed_number_of_statements(
    county, cast, client, django_assert_max_num_queries
):
    open_accounts([hold(f"人{n}", "village_clerk", county.upper) for n in range(30)], **DONE)
    end_posts([cast.posts.clerk], day=clock.today(), **DONE)
    list_hand_over(Post.objects.get(pk=cast.posts.clerk), by=cast.officer, at=NOON)
    client.force_login(cast.officer)

    for name, most in (("accounts", 30), ("ended_posts", 16)):
        with django_assert_max_num_queries(most):
            client.get(reverse(f"web:{name}"))


def test_a_session_begun_before_the_log_in_is_not_the_session_after_it(client, cast):
    client.get(reverse("web:log_in"))
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    cast.officer.set_password("a long password")
    cast.officer.save()

    given = {"username": cast.officer.username, "password": "a long password"}
    assert client.post(reverse("web:log_in"), given).status_code == 302
    assert client.session.session_key != before
    assert not type(client.session)(before).load()
