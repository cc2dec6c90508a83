"""Objections: taken from anyone, answered under a clock, holding the next step till then."""

import pytest

from jiceng.accounts import throttle
from jiceng.accounts.codes import draw
from jiceng.agenda.queries import today as waiting
from jiceng.audit.models import Entry
from jiceng.notices import operations, public
from jiceng.notices.limits import SUBMISSIONS_PER_MINUTE, WRONG_CODES
from jiceng.notices.models import Notice, Objection, PublicNotice, PublicObjection
from jiceng.notices.queries import state_of
from jiceng.notices.refusals import (
    AlreadyAnswered,
    Faulty,
    HoldsNumbers,
    InTheFuture,
    NoSuchCode,
    NotReleased,
    OutOfOrder,
    TakesNone,
    TooManyAtOnce,
)
from tests.notices.conftest import AT, DAY, TODAY

LAST = TODAY + 7 * DAY


@pytest.fixture
def notice(acts):
    notice = acts.public()
    acts.post(notice)
    return Notice.objects.get(pk=notice.pk)


def answer(objection, by, *, at=AT, outcome="dismissed", text="核对过，没有问题。"):
    return operations.answer_objection(objection, outcome=outcome, answer=text, by=by, at=at)


def only():
    return Objection.objects.get()


def test_what_the_public_reads_has_no_private_column():
    private = {"text", "name", "contact", "how", "recorded_by", "answered_by", "body", "drafted_by"}
    for model in (PublicObjection, PublicNotice):
        assert private.isdisjoint(field.name for field in model._meta.get_fields())


def test_it_is_taken_without_an_account_and_its_code_opens_it(acts, notice, cast):
    received = acts.object(notice, text="造价太高", name="刘大", contact="13800000000")

    assert received.due_on.isoformat() == "2026-03-09"  # five days end on a Saturday: Monday
    assert "5日内" in received.rule
    (item,) = waiting(cast.secretary, AT).waiting_for_me
    assert item.title == "答复异议：修缮村道的决议"
    assert item.due_at.date().isoformat() == "2026-03-09"
    found = public.look_up(received.code.lower(), at=AT)
    assert (found.number, found.answered_on, found.notice) == (received.number, None, notice.number)
    entry = Entry.objects.get(action="notices.objection.received")
    assert entry.actor_kind == "public"
    for secret in ("造价太高", "刘大", "13800000000", received.code):
        assert secret not in entry.change
        assert secret not in str(PublicObjection.objects.values())


def test_until_it_is_answered_nothing_goes_on(acts, notice, cast):
    acts.object(notice, LAST)
    over = TODAY + 8 * DAY

    state = state_of(notice, over)
    (missing,) = state.missing
    assert (state.waiting, state.holds, missing.rule) == (1, True, "disclosure.answer")
    assert missing.words == "有1件异议没有答复。最早的答复期限是2026-03-16。"

    answer(only(), cast.secretary, at=AT + 8 * DAY)
    assert state_of(notice, over).complete
    assert waiting(cast.secretary, AT).waiting_for_me == []
    row = PublicNotice.objects.get()
    assert (row.objections, row.answered) == (1, 1)


def test_one_that_is_right_is_told(acts, notice, cast):
    acts.object(notice)
    answer(only(), cast.secretary, outcome="upheld", text="金额写错了，将更正后重新公示。")

    assert state_of(notice, TODAY).upheld == 1


def test_the_answer_is_read_with_the_code_and_given_once(acts, notice, cast):
    received = acts.object(notice)
    answer(only(), cast.secretary, at=AT + DAY)

    found = public.look_up(received.code, at=AT + DAY)
    assert (found.outcome, found.answer) == ("dismissed", "核对过，没有问题。")
    assert found.answered_on == TODAY + DAY
    with pytest.raises(AlreadyAnswered, match="书记"):
        answer(only(), cast.town)


@pytest.mark.parametrize(
    ("outcome", "text", "refusal"),
    [
        ("maybe", "看看", Faulty),
        ("upheld", "", Faulty),
        ("upheld", "联系13800000000", HoldsNumbers),
        ("upheld", "刘大说得对", HoldsNumbers),
    ],
)
def test_an_answer_says_nothing_of_who_objected(acts, notice, cast, outcome, text, refusal):
    acts.object(notice, name="刘大")
    with pytest.raises(refusal):
        answer(only(), cast.secretary, outcome=outcome, text=text)
    assert only().answered_at is None


def test_on_the_last_day_it_is_in_time_and_a_day_later_it_is_not(acts, notice, cast):
    acts.object(notice, LAST)
    with pytest.raises(TakesNone, match="2026-03-09"):
        acts.object(notice, LAST + DAY)

    late = acts.object(notice, LAST + DAY, how="oral", by=cast.clerk)  # what happened is recorded
    assert late.late
    assert Objection.objects.filter(late=True).count() == 1


def test_over_a_holiday_objections_are_taken_until_offices_open(acts):
    start = TODAY - 20 * DAY  # the 10th of February: seven days end in the Spring Festival
    notice = acts.public(at=AT - 20 * DAY)
    acts.post(notice, start)

    row = PublicNotice.objects.get()
    assert (row.ends_on.isoformat(), row.objections_until.isoformat()) == (
        "2026-02-17",
        "2026-02-24",
    )
    assert not acts.object(notice, TODAY - 6 * DAY).late  # the 24th


def test_before_it_hangs_on_the_board_it_may_be_objected_to(acts):
    notice = acts.public()
    assert acts.object(notice).due_on


def test_what_was_brought_on_paper_is_entered_with_its_day(acts, notice, cast):
    received = acts.object(
        notice, TODAY, how="paper", by=cast.clerk, at=AT + 3 * DAY, text="签名见纸件"
    )

    assert only().received_on == TODAY
    assert received.due_on.isoformat() == "2026-03-09"  # from the day it came, not of the entry
    assert Entry.objects.get(action="notices.objection.received").actor_id == cast.clerk.pk


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"text": "  "}, Faulty),
        ({"text": "长" * 2001}, Faulty),
        ({"text": "我是110101199003077715"}, HoldsNumbers),
        ({"name": "6222020000111122222"}, HoldsNumbers),
        ({"day": TODAY + DAY, "at": AT}, InTheFuture),
        ({"day": TODAY - DAY, "at": AT}, OutOfOrder),
    ],
)
def test_what_is_not_taken(acts, notice, cast, given, refusal):
    with pytest.raises(refusal):
        acts.object(notice, **{"how": "oral", "by": cast.clerk, **given})
    assert not Objection.objects.exists()


def test_a_telephone_may_stand_in_an_objection(acts, notice):
    assert acts.object(notice, text="请回电话13800000000").code


def test_to_what_is_not_public_nobody_objects(acts, notice, cast):
    with pytest.raises(NotReleased):
        acts.object(acts.draft(title="另一份"))
    operations.withdraw_notice(notice, reason="有误", by=cast.clerk, at=AT)
    with pytest.raises(NotReleased):
        acts.object(notice)
    assert acts.object(notice, how="oral", by=cast.clerk).due_on


def test_too_much_at_once_is_held_back_and_paper_is_not(acts, notice, cast):
    for _ in range(SUBMISSIONS_PER_MINUTE):
        acts.object(notice)
    with pytest.raises(TooManyAtOnce):
        acts.object(notice)
    assert acts.object(notice, how="paper", by=cast.clerk)


def test_codes_are_not_guessed(acts, notice, monkeypatch):
    received = acts.object(notice)
    with pytest.raises(NoSuchCode):
        public.look_up(draw(), at=AT)
    monkeypatch.setattr(public, "WRONG_CODES", 1)
    with pytest.raises(throttle.TooManyTries):
        public.look_up(received.code, at=AT)
    assert WRONG_CODES >= 100


def test_without_a_rule_for_the_answer_it_is_taken_all_the_same(acts, notice, monkeypatch):
    monkeypatch.setattr("jiceng.notices.operations.objecting.find_rule", lambda *a, **k: None)
    assert acts.object(notice).due_on is None
    assert state_of(notice, TODAY).missing[-1].words == "有1件异议没有答复。"
