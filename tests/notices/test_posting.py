"""On the board and off it: when a period begins, when it is over, when it begins again."""

import pytest

from jiceng.agenda.queries import today as waiting
from jiceng.notices import operations, public
from jiceng.notices.models import Notice, Posting, PublicNotice
from jiceng.notices.operations import counting
from jiceng.notices.queries import state_of
from jiceng.notices.refusals import (
    AlreadyTakenDown,
    Faulty,
    HoldsNumbers,
    InTheFuture,
    NotReleased,
    OutOfOrder,
)
from jiceng.rules.values import Period
from tests.notices.conftest import AT, DAY, TODAY


def state(notice, day=TODAY):
    return state_of(Notice.objects.get(pk=notice.pk), day)


def words(notice, day=TODAY):
    return [missing.words for missing in state(notice, day).missing]


def test_nothing_runs_before_it_is_on_the_board(acts):
    notice = acts.public()

    assert state(notice).stage == "released"
    assert words(notice, TODAY + 30 * DAY) == ["还没有登记在公开栏张贴，公示期没有开始。"]
    assert state(notice).holds


def test_seven_full_days_and_not_an_hour_less(acts):
    notice = acts.public()
    acts.post(notice, TODAY + DAY)  # Tuesday the 3rd

    before, last, after = (state(notice, TODAY + n * DAY) for n in (1, 8, 9))
    assert (before.stage, before.ends_on.isoformat()) == ("running", "2026-03-10")
    assert not last.complete
    assert last.missing[0].rule == "notice.resolution"
    assert last.missing[0].words == "公示期没有满：2026-03-10届满，2026-03-11起才可以继续。"
    assert last.holds is False  # seven days are a habit (W), not a law: a person may go on
    assert (after.stage, after.complete, after.complete_on) == ("ended", True, TODAY + 9 * DAY)


def test_what_hung_before_the_release_begins_with_it(acts):
    notice = acts.public()
    acts.post(notice, TODAY - 3 * DAY, at=AT)

    assert state(notice).begins_on == TODAY


def test_a_second_board_changes_nothing(acts):
    notice = acts.public()
    acts.post(notice, TODAY)
    acts.post(notice, TODAY + 2 * DAY, board="三组公告牌")

    assert state(notice).begins_on == TODAY


def test_what_comes_down_early_begins_again(acts, cast):
    notice = acts.public()
    posting = acts.post(notice)
    acts.take_down(posting, TODAY + 4 * DAY)

    assert state(notice, TODAY + 4 * DAY).stage == "interrupted"
    assert words(notice, TODAY + 30 * DAY) == ["公示期未满就撤下了，须重新张贴，公示期重新计算。"]
    assert PublicNotice.objects.get().ends_on is None
    (item,) = waiting(cast.clerk, AT).waiting_for_me
    assert item.title == "张贴并登记：修缮村道的决议"

    acts.post(notice, TODAY + 5 * DAY)
    assert state(notice, TODAY + 5 * DAY).ends_on == TODAY + 12 * DAY
    assert PublicNotice.objects.get().ends_on == TODAY + 12 * DAY
    assert waiting(cast.clerk, AT).waiting_for_me == []


def test_taken_down_after_the_period_it_is_over_for_good(acts):
    notice = acts.public()
    acts.take_down(acts.post(notice), TODAY + 8 * DAY)

    assert state(notice, TODAY + 8 * DAY).complete


def test_a_wrong_posting_is_struck_out_and_stays_to_be_read(acts, cast):
    notice = acts.public()
    wrong = acts.post(notice)
    operations.correct_posting(wrong, reason="记错了日期", by=cast.clerk, at=AT + DAY)

    assert state(notice).stage == "released"
    right = acts.post(notice, TODAY + DAY)
    assert state(notice).begins_on == TODAY + DAY
    assert Posting.objects.get(superseded_at=None) == right
    assert Posting.objects.get(superseded_for="记错了日期") == wrong
    for act in (
        lambda: acts.take_down(wrong, TODAY + DAY),
        lambda: operations.correct_posting(wrong, reason="再改", by=cast.clerk, at=AT + DAY),
    ):
        with pytest.raises(AlreadyTakenDown):
            act()


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"day": TODAY + DAY, "at": AT}, InTheFuture),
        ({"board": ""}, Faulty),
        ({"posted_by": " "}, Faulty),
        ({"posted_by": "王13800000000"}, HoldsNumbers),
        ({"board": "长" * 81}, Faulty),
    ],
)
def test_a_faulty_posting_is_refused(acts, given, refusal):
    notice = acts.public()
    with pytest.raises(refusal):
        acts.post(notice, **given)
    assert not Posting.objects.exists()


def test_what_is_not_public_is_not_posted_and_nothing_comes_down_before_it_hung(acts):
    with pytest.raises(NotReleased):
        acts.post(acts.draft())
    posting = acts.post(acts.public())
    with pytest.raises(OutOfOrder):
        acts.take_down(posting, TODAY - DAY)
    acts.take_down(posting, TODAY)
    with pytest.raises(AlreadyTakenDown, match="2026-03-02"):
        acts.take_down(posting, TODAY)


def test_a_board_that_must_keep_it_longer_is_asked_for(acts, monkeypatch):
    """Three days of notice, five on the board: down on the fourth it is to be put up again."""
    of_rules = counting.period_of
    short = Period(3, "day", "minimum")
    monkeypatch.setattr(
        counting,
        "period_of",
        lambda rule: short if rule.key == "notice.resolution" else of_rules(rule),
    )
    notice = acts.public()
    posting = acts.post(notice)
    assert state(notice, TODAY + 4 * DAY).complete

    acts.take_down(posting, TODAY + 4 * DAY)
    (missing,) = state(notice, TODAY + 4 * DAY).missing
    assert "保留不足" in missing.words
    assert missing.rule == "notice.board"


def test_after_its_time_nothing_is_shown_whatever_a_job_did(acts):
    notice = acts.public()
    acts.post(notice)
    last, over = TODAY + 7 * DAY, TODAY + 8 * DAY

    assert public.notice_by(notice.number, last).lines
    shown = public.notice_by(notice.number, over)
    assert (shown.title, shown.lines, shown.stage) == ("", (), "over")
    assert shown.ends_on == last
    assert PublicNotice.objects.get().lines  # the job has not run

    assert operations.expire(AT + 7 * DAY) == 0
    assert operations.expire(AT + 8 * DAY) == 1
    assert operations.expire(AT + 8 * DAY) == 0
    row = PublicNotice.objects.get()
    assert (row.title, row.lines, row.emptied) == ("", [], True)
    assert public.notice_by(notice.number, over).stage == "over"


def test_the_board_is_asked_for_when_the_time_is_over(acts, cast):
    notice = acts.public()
    posting = acts.post(notice)
    operations.expire(AT + 7 * DAY)
    assert waiting(cast.clerk, AT).waiting_for_me == []
    operations.expire(AT + 8 * DAY)
    operations.expire(AT + 8 * DAY)
    (item,) = waiting(cast.clerk, AT).waiting_for_me
    assert item.title == "撤下并登记：修缮村道的决议"
    acts.take_down(posting, TODAY + 9 * DAY)
    assert waiting(cast.clerk, AT).waiting_for_me == []
