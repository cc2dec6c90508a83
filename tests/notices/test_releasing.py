"""From a draft to the public: who may, what is decided, what the public then reads."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction

from jiceng.agenda.queries import today as waiting
from jiceng.audit.models import Entry
from jiceng.audit.operations import AlreadyDone
from jiceng.notices import operations
from jiceng.notices.fingerprint import holds, text_of
from jiceng.notices.models import Notice, PublicNotice, ScanDecision
from jiceng.notices.operations import Decided
from jiceng.notices.queries import findings_of, foot_of, notice_of, public_view, state_of
from jiceng.notices.redaction import HIDDEN
from jiceng.notices.refusals import (
    Changed,
    Faulty,
    HoldsNumbers,
    NotADraft,
    NotAPlace,
    NotReleased,
    NotSecondPerson,
    Undecided,
)
from jiceng.registry.operations import Founding, found_units
from jiceng.rules.refusals import NoRule
from tests.notices.conftest import AT, DAY, RESOLUTION, TODAY, grant_to, holder

PHONES = {**RESOLUTION, "resolution": "请联系13800000000，或13900000000。"}


def titles(user, at=AT):
    return [item.title for item in waiting(user, at).waiting_for_me]


def test_a_draft_waits_for_the_supervision_committee_and_not_for_who_wrote_it(acts, cast):
    acts.draft()

    assert titles(cast.supervisor) == ["审核发布：修缮村道的决议"]
    for other in (cast.clerk, cast.secretary, cast.town):
        assert titles(other) == []


def test_released_it_is_public_and_waits_to_be_posted(acts, cast):
    notice = acts.public()

    row = PublicNotice.objects.get(number=notice.number)
    assert (row.title, row.released_on, row.begins_on) == ("修缮村道的决议", TODAY, None)
    assert {"label": "赞成", "text": "27", "columns": [], "people": []} in row.lines
    assert "不少于7日" in row.basis
    assert titles(cast.supervisor) == []
    assert titles(cast.clerk) == ["张贴并登记：修缮村道的决议"]
    assert Entry.objects.get(action="notices.notice.released").unit_text is not None


@pytest.mark.parametrize("who", ["clerk", "secretary"])
def test_who_wrote_a_part_of_it_does_not_release_it(acts, cast, who):
    notice = acts.draft()
    notice = operations.change_draft(
        notice, title=notice.title, body=RESOLUTION, seen=1, by=cast.secretary, at=AT
    )

    with pytest.raises(NotSecondPerson, match="另一位"):
        acts.release(notice, by=getattr(cast, who))
    assert acts.release(notice).released_by == cast.supervisor


def test_the_database_says_no_too(acts, cast):
    notice = acts.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(
            standing="released", released_by=notice.drafted_by, released_at=AT
        )


def test_in_a_village_with_one_clerk_it_falls_to_the_township(county, acts):
    alone = holder("独任文书", "village.clerk", county.lower)
    officer = holder("下乡干部", "town.officer", county.town)
    notice = acts.draft(unit=county.lower, by=alone)

    assert titles(officer) == ["审核发布：修缮村道的决议"]
    assert acts.release(notice, by=officer).standing == "released"


def test_what_a_township_writes_is_released_by_another_of_it_or_above(county, acts, cast):
    above = holder("县干部", "county.officer", county.county)
    acts.draft(unit=county.town, by=cast.town)
    assert titles(above) == ["审核发布：修缮村道的决议"]

    second = holder("乡镇另一人", "town.officer", county.town)
    acts.draft(unit=county.town, by=cast.town, title="第二份")
    assert titles(second) == ["审核发布：第二份"]


def test_where_nobody_else_is_found_it_waits_at_the_place(county, acts):
    alone = holder("县干部", "county.officer", county.county)
    acts.draft(unit=county.county, by=alone)

    second = holder("县里另一人", "county.officer", county.county)
    assert titles(second) == ["审核发布：修缮村道的决议"]


def test_whoever_holds_two_roles_is_one_person(county, acts, cast):
    grant_to(cast.clerk, "village.supervisor", county.upper)
    notice = acts.draft()
    with pytest.raises(NotSecondPerson):
        acts.release(notice, by=cast.clerk)


def test_nothing_is_released_until_every_find_is_decided(acts):
    notice = acts.draft(PHONES)
    one, two = findings_of(notice)

    for decisions in ([], [Decided(one.key, "removed")], [Decided(one.key, "removed", "看过")] * 2):
        with pytest.raises(Undecided) as refused:
            acts.release(notice, decisions=decisions)
        assert "手机号" in refused.value.details[-1]
        assert "13" not in "".join(refused.value.details)
    with pytest.raises(Undecided):
        acts.release(notice, decisions=[Decided(one.key, "removed"), Decided(two.key, "later")])
    assert not PublicNotice.objects.exists()
    assert not ScanDecision.objects.exists()


def test_what_is_hidden_is_gone_inside_too_and_what_is_kept_has_its_reason(acts, cast):
    notice = acts.draft(PHONES)
    one, two = findings_of(notice)
    notice = acts.release(
        notice,
        decisions=[
            Decided(one.key, "removed"),
            Decided(two.key, "not_personal", "村委会值班手机"),
        ],
    )

    said = f"请联系{HIDDEN}，或13900000000。"
    assert notice.body["resolution"] == said
    assert said in [line["text"] for line in PublicNotice.objects.get().lines]
    kept = ScanDecision.objects.get(outcome="not_personal")
    assert (kept.field, kept.found, kept.reason) == ("resolution", "phone", "村委会值班手机")
    assert kept.decided_by == cast.supervisor
    everything = str(list(ScanDecision.objects.values()) + list(Entry.objects.values("change")))
    assert "13800000000" not in everything
    assert "13900000000" not in everything


@pytest.mark.parametrize(
    ("reason", "refusal"), [("", Faulty), ("就是13900000000", HoldsNumbers), ("长" * 201, Faulty)]
)
def test_a_find_is_kept_only_for_a_reason_that_does_not_repeat_it(acts, reason, refusal):
    notice = acts.draft({**RESOLUTION, "resolution": "请联系13900000000"})
    (one,) = findings_of(notice)

    with pytest.raises(refusal):
        acts.release(notice, decisions=[Decided(one.key, "not_personal", reason)])
    assert not PublicNotice.objects.exists()


def test_a_place_and_day_without_a_rule_asks(acts):
    body = {"matter": "修路", "proposal": "修三百米"}
    notice = acts.draft(body, kind="plan")  # fifteen days are Ninghai's; this is no Zhejiang

    with pytest.raises(NoRule, match="方案公示"):
        acts.release(notice)
    notice.refresh_from_db()
    assert notice.standing == "draft"


def test_what_was_shown_is_what_is_released(acts, cast):
    notice = acts.draft()
    operations.change_draft(notice, title="改过的", body=RESOLUTION, seen=1, by=cast.clerk, at=AT)
    with pytest.raises(Changed):
        acts.release(notice, seen=1)
    acts.release(notice, seen=2)
    with pytest.raises(NotADraft):
        acts.release(notice, seen=2)
    with pytest.raises(NotADraft):
        operations.change_draft(notice, title="再改", body=RESOLUTION, seen=2, by=cast.clerk, at=AT)


def test_it_is_sent_back_with_a_reason_and_comes_again(acts, cast):
    notice = acts.draft()
    with pytest.raises(NotSecondPerson):
        operations.return_draft(notice, reason="不行", seen=1, by=cast.clerk, at=AT)
    with pytest.raises(Faulty):
        operations.return_draft(notice, reason=" ", seen=1, by=cast.supervisor, at=AT)
    operations.return_draft(notice, reason="会议日期不对", seen=1, by=cast.supervisor, at=AT)
    assert titles(cast.clerk) == ["修改被退回的稿子：修缮村道的决议"]
    assert titles(cast.supervisor) == []

    operations.change_draft(notice, title="改好", body=RESOLUTION, seen=1, by=cast.clerk, at=AT)
    assert titles(cast.clerk) == []
    assert titles(cast.supervisor) == ["审核发布：改好"]


def test_the_hash_is_of_what_the_public_reads(acts):
    notice = acts.public()
    row = PublicNotice.objects.get()

    text = text_of(public_view(notice), foot_of(notice, TODAY))
    assert row.digest == notice.digest
    assert holds(f"贴在村口\n{text}\n", foot=row.foot, digest=row.digest, length=row.length)
    assert notice.number in text


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"matter": " "}, "请填写“事项”"),
        ({"resolution": "长" * 5001}, "不超过 5000 个字"),
        ({"entitled": -1}, "不小于 0"),
        ({"held_on": "昨天"}, "应当是日期"),
        ({"matter": 5}, "应当是文字"),
        ({"address": "三组"}, "没有“address”这一栏"),
        ({"officials": "赵"}, "应当是名单"),
        ({"officials": [{"name": "赵刚", "phone": "1"}]}, "只写名单里列出的栏"),
        ({"officials": [{"name": "赵刚13800000000"}]}, "像有手机号"),
        ({"officials": [{"name": "赵" * 41}]}, "不超过 40 个字"),
    ],
)
def test_a_faulty_draft_is_refused_and_names_the_fault(acts, change, fault):
    with pytest.raises(Faulty) as refused:
        acts.draft({**RESOLUTION, **change})
    assert fault in "\n".join(refused.value.details)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("title", "fault"), [("", "请填写“标题”"), ("长" * 121, "120 个字")])
def test_a_title_is_needed_and_short(acts, title, fault):
    with pytest.raises(Faulty) as refused:
        acts.draft(title=title)
    assert fault in refused.value.details[0]


def test_a_relief_list_is_checked_and_masked(acts):
    people = [{"name": "张小明", "group": "三组", "amount": 50000}, {"name": "李明", "amount": -1}]
    with pytest.raises(Faulty, match="改"):
        acts.draft({"programme": "临时救助", "beneficiaries": people}, kind="relief")
    people[1]["amount"] = 60000
    notice = acts.public(
        body={"programme": "临时救助", "beneficiaries": people, "inquiry": "张小明患病"},
        kind="relief",
        title="张小明等二人救助公示",
    )

    row = PublicNotice.objects.get(number=notice.number)
    assert row.title == "张*明等二人救助公示"
    assert "张小明" not in str(row.lines)
    assert "患病" not in str(row.lines)
    assert "张小明" in str(notice.body)  # inside, for who handles it


def test_an_organisation_has_no_board_of_its_own(acts, county):
    (branch,) = found_units(
        [Founding("上村党支部", "branch", 4, domain="village", seat=county.upper)],
        tree="organisation",
        day=county.start,
        by="system",
        at=AT,
    )
    with pytest.raises(NotAPlace):
        acts.draft(unit=branch)


def test_withdrawn_only_that_stays_public(acts, cast):
    notice = acts.public()
    posting = acts.post(notice)
    with pytest.raises(Faulty):
        operations.withdraw_notice(notice, reason="", by=cast.clerk, at=AT)
    operations.withdraw_notice(notice, reason="金额有误，更正后重发", by=cast.clerk, at=AT)

    row = PublicNotice.objects.get()
    assert (row.title, row.lines, row.withdrawn_on) == ("", [], TODAY)
    assert titles(cast.clerk) == ["撤下并登记：修缮村道的决议"]
    acts.take_down(posting, TODAY)
    assert titles(cast.clerk) == []
    with pytest.raises(NotReleased):
        operations.withdraw_notice(notice, reason="再撤", by=cast.clerk, at=AT)
    with pytest.raises(NotReleased):
        acts.post(notice)


def test_a_draft_is_given_up(acts, cast):
    notice = acts.draft()
    notice = operations.withdraw_notice(notice, reason="不需要公示", by=cast.clerk, at=AT)
    assert titles(cast.supervisor) == []
    assert state_of(notice, TODAY).stage == "withdrawn"
    assert not PublicNotice.objects.exists()


def test_the_notice_of_a_step_is_the_last_that_was_not_withdrawn(acts, cast):
    of = {"subject": "procedures.case:17", "step": "disclose"}
    assert notice_of("procedures.case:17", "disclose") is None
    first = acts.draft(**of)
    assert notice_of("procedures.case:17", "disclose") == first
    operations.withdraw_notice(first, reason="重写", by=cast.clerk, at=AT)
    second = acts.draft(at=AT + DAY, **of)
    assert notice_of("procedures.case:17", "disclose") == second
    assert notice_of("procedures.case:17", "other") is None


def test_the_same_form_twice_is_one_notice(acts, cast, county):
    given = {"kind": "resolution", "unit": county.upper, "title": "一", "body": RESOLUTION}
    key = uuid.uuid4()
    operations.draft_notice(**given, by=cast.clerk, at=AT, key=key)
    with pytest.raises(AlreadyDone):
        operations.draft_notice(**given, by=cast.clerk, at=AT, key=key)
    assert Notice.objects.count() == 1


def test_a_draft_shows_nothing_that_was_found(acts):
    assert "13800000000" not in str(public_view(acts.draft(PHONES)))


def test_days_are_kept_as_text(acts):
    body = acts.draft({**RESOLUTION, "held_on": datetime.date(2026, 3, 1)}).body
    assert body["held_on"] == "2026-03-01"
