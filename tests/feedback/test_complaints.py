"""Complaints and suggestions about this software: taken from anyone, answered under a clock."""

import datetime
from functools import partial
from uuid import uuid4

import pytest

from jiceng.access.models import Grant
from jiceng.access.queries.gate import NotPermitted
from jiceng.accounts import throttle
from jiceng.accounts.codes import draw
from jiceng.accounts.models import User
from jiceng.agenda.queries import today as waiting
from jiceng.audit.models import Entry
from jiceng.audit.operations import AlreadyDone
from jiceng.feedback import public
from jiceng.feedback.limits import CONTACT_KEPT, SUBMISSIONS_PER_MINUTE, WRONG_CODES
from jiceng.feedback.models import Complaint, PublicAnswer
from jiceng.feedback.operations import answer, erase_contacts
from jiceng.feedback.queries import complaint_for, complaints_for
from jiceng.feedback.refusals import (
    AlreadyAnswered,
    Empty,
    HoldsNumbers,
    NoSuchCode,
    TooManyAtOnce,
)
from jiceng.registry.operations import Founding, found_units
from tests.conftest import NOON, START

TODAY = NOON.date()
DAY = datetime.timedelta(days=1)
D = datetime.date


def officer_of(unit, role):
    user = User.objects.create_user(role, display_name="办公室", created_at=NOON)
    Grant.objects.create(
        user=user, role=role, unit_id=unit, valid_from=START, valid_to=D(2020, 1, 1),
        recorded_at=NOON,
    )  # fmt: skip
    return user


@pytest.fixture(autouse=True)
def second_county(county):
    """With two counties below it the city is the whole."""
    found_units(
        [Founding("丙县", "county", 3, "990103000000", parent=county.city)],
        tree="division",
        day=START,
        by="system",
        at=NOON,
    )


@pytest.fixture
def officer(county):
    return officer_of(county.city, "city.officer")


@pytest.fixture
def submit(db):
    return partial(
        public.submit, text="这张表填两遍", kind="burden", page="/units/1/", contact="", at=NOON
    )


def test_it_is_taken_without_an_account(submit):
    received = submit(contact="王先生 13800000000")

    assert received.due_on == D(2017, 6, 8)  # five working days after Thursday 2017-06-01
    complaint = Complaint.objects.get(number=received.number)
    assert received.code not in complaint.code_digest
    entry = Entry.objects.get(action="feedback.complaint.received")
    assert (entry.actor_kind, entry.action) == ("public", "feedback.complaint.received")
    assert "13800000000" not in entry.change
    assert "填两遍" not in entry.change


def test_what_the_public_reads_has_no_private_column():
    private = {"text", "contact", "page", "answered_by"}
    assert private.isdisjoint(field.name for field in PublicAnswer._meta.get_fields())


def test_it_waits_for_who_answers_for_the_whole_until_he_answers(submit, officer):
    received = submit()
    (item,) = waiting(officer, NOON).waiting_for_me
    assert item.title == f"答复意见 {received.number}"

    answer(received.number, text="已改为只填一次。", by=officer, at=NOON + DAY)

    assert waiting(officer, NOON + DAY).waiting_for_me == []
    found = public.look_up(received.code.lower(), at=NOON + DAY)
    assert (found.answer, found.answered_on) == ("已改为只填一次。", TODAY + DAY)
    with pytest.raises(AlreadyAnswered, match="办公室"):
        answer(received.number, text="再答", by=officer, at=NOON + DAY)


def test_a_limit_over_a_year_without_notice_is_provisional(submit):
    received = submit(at=NOON.replace(year=2018, month=12, day=28))

    assert received.provisional
    assert public.look_up(received.code, at=NOON).provisional


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("   ", Empty),
        ("我是330304199001011234", HoldsNumbers),
        ("33030419900101123X号", HoldsNumbers),
        ("卡号6222 0000 1111 2222 333", HoldsNumbers),
    ],
)
def test_what_is_not_taken(submit, officer, text, refusal):
    with pytest.raises(refusal):
        submit(text=text)
    received = submit()
    with pytest.raises(refusal):
        answer(received.number, text=text, by=officer, at=NOON)
    assert Complaint.objects.filter(answered_at=None).count() == 1


@pytest.mark.parametrize("text", ["电话13800000000和13900000000", "2017-01-01 2018-12-31 之间"])
def test_telephones_and_days_are_taken(submit, text):
    assert submit(text=text)


def test_too_much_at_once_is_held_back_whoever_sends_it(submit):
    for _ in range(SUBMISSIONS_PER_MINUTE):
        submit()
    with pytest.raises(TooManyAtOnce):
        submit()
    assert submit(at=NOON + datetime.timedelta(minutes=1))


def test_the_same_form_twice_is_taken_once(submit):
    key = uuid4()
    submit(key=key)
    with pytest.raises(AlreadyDone):
        submit(key=key)
    assert Complaint.objects.count() == 1


def test_codes_are_not_guessed(submit, monkeypatch):
    received = submit()
    with pytest.raises(NoSuchCode):
        public.look_up(draw(), at=NOON)
    monkeypatch.setattr(public, "WRONG_CODES", 1)
    with pytest.raises(throttle.TooManyTries):
        public.look_up(received.code, at=NOON)
    assert WRONG_CODES >= 100  # nobody shuts the public out by typing wrongly


def test_statistics_count_what_came_by_month(submit, officer):
    early, late, _open = (submit(at=NOON + n * DAY) for n in range(3))
    submit(at=NOON + 40 * DAY)
    answer(early.number, text="好", by=officer, at=NOON + DAY)
    answer(late.number, text="迟", by=officer, at=NOON + 30 * DAY)

    july, june = public.statistics(TODAY + 41 * DAY)
    assert (june.first, june.received, june.answered, june.on_time, june.overdue) == (
        D(2017, 6, 1), 3, 2, 1, 1,
    )  # fmt: skip
    assert (july.received, july.overdue) == (1, 0)


def test_only_who_answers_for_the_whole_sees_them(county, submit, officer, clerk):
    received = submit()

    assert [row.number for row in complaints_for(officer, TODAY)] == [received.number]
    assert complaint_for(officer, received.number, TODAY).text == "这张表填两遍"
    for other in (clerk, officer_of(county.county, "county.officer")):
        with pytest.raises(NotPermitted):
            complaint_for(other, received.number, TODAY)
    with pytest.raises(NoSuchCode):
        complaint_for(officer, "20170601-NONE", TODAY)


def test_how_to_reach_the_sender_is_erased_half_a_year_after_the_answer(submit, officer):
    received = submit(contact="13800000000")
    assert erase_contacts(NOON + 400 * DAY) == 0  # it waits for its answer
    answer(received.number, text="已改正。", by=officer, at=NOON)

    assert erase_contacts(NOON + CONTACT_KEPT) == 0
    assert erase_contacts(NOON + CONTACT_KEPT + DAY) == 1
    assert erase_contacts(NOON + CONTACT_KEPT + 2 * DAY) == 0

    complaint = Complaint.objects.get()
    assert (complaint.contact, complaint.answer) == ("", "已改正。")
    assert complaint.contact_erased_at == NOON + CONTACT_KEPT + DAY
    assert Entry.objects.get(action="feedback.contacts.erased").count == 1
