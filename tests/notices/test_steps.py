"""A notice as a step: it is prepared by notices, and taken when it has run."""

import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from jiceng.notices import operations as notices
from jiceng.notices import subjects
from jiceng.notices.queries import findings_of
from jiceng.procedures import catalogue, operations, rolls
from jiceng.procedures.catalogue import Shipped
from jiceng.procedures.kinds import kind_of
from jiceng.procedures.models import Case
from jiceng.procedures.reading import procedure_of
from jiceng.procedures.refusals import Lacking
from jiceng.procedures.rolls import Counted, Roll
from tests.notices.conftest import AT, DAY, TODAY

PROCEDURE = {
    "code": "test_notice",
    "version": 1,
    "title": "测试公开",
    "source": "测试用，虚构",
    "grade": "K",
    "subject": "测试",
    "starts": ["village.clerk"],
    "ends": {"done": "办结"},
    "steps": [
        {
            "code": "meet",
            "title": "代表会议",
            "kind": "meeting",
            "by": ["village.clerk"],
            "options": {
                "body": "村民代表会议",
                "rolls": ["test_reps"],
                "quorum": [{"rule": "village_reps.quorum", "roll": "test_reps"}],
                "vote": {"pass": "village_reps.pass", "methods": ["hands"]},
            },
            "next": {"passed": "publish", "failed": "meet", "no_quorum": "meet"},
        },
        {
            "code": "publish",
            "title": "公示决议",
            "kind": "notice",
            "by": ["village.clerk"],
            "options": {"notice": "resolution"},
            "next": {"done": "end.done"},
        },
    ],
}


@pytest.fixture
def case(cast, county, monkeypatch):
    """A case whose meeting has decided, and that waits for its notice."""
    text = yaml.safe_dump(PROCEDURE, allow_unicode=True)
    shipped = Shipped("test_notice@1", text, procedure_of(text))
    monkeypatch.setitem(catalogue.SHIPPED.entries, shipped.code, shipped)
    roll = Roll("test_reps", "村民代表", lambda _unit, _day: Counted(30, "测试名单"))
    monkeypatch.setitem(rolls.ROLLS.entries, roll.code, roll)
    opened = operations.open_case(
        "test_notice", unit=county.upper, title="修缮村道", opened_on=TODAY, by=cast.clerk, at=AT
    )
    given = {"present": 28, "chair": "甲", "minutes": "同意", "method": "hands"}
    given |= {"for": 27, "against": 1, "abstain": 0, "roll_test_reps": 30}
    take(opened, cast, "meet", given, TODAY)
    return opened


def take(case, cast, step, given, day):
    return operations.take_step(
        case.number,
        step,
        given,
        happened_on=day,
        seen=Case.objects.get(pk=case.pk).version,
        by=cast.clerk,
        at=AT + (day - TODAY),
        key=uuid.uuid4(),
    )


def test_what_the_meeting_recorded_is_not_typed_again(case):
    known = subjects.told(case.subject, "publish")

    assert known["matter"] == "修缮村道"
    assert (known["meeting"], known["held_on"]) == ("村民代表会议", TODAY)
    assert (known["entitled"], known["present"], known["votes_for"]) == (30, 28, 27)
    assert "minutes" not in known


def test_the_step_leads_to_where_its_notice_is_written(case):
    step = case.declaration.step("publish")
    ((words, path),) = kind_of("notice").links(step, case)

    assert words == "拟稿公示"
    assert parse_qs(urlsplit(path).query) == {"subject": [case.subject], "step": ["publish"]}


def test_going_on_waits_for_draft_release_posting_and_the_last_day(case, cast, acts):
    def missing(day):
        with pytest.raises(Lacking) as refusal:
            take(case, cast, "publish", {}, day)
        return refusal.value.details[0]

    assert "还没有拟稿" in missing(TODAY)
    notice = acts.draft(subject=case.subject, step="publish")
    assert "还没有发布" in missing(TODAY)
    notices.release_notice(
        notice,
        decisions=[notices.Decided(one.key, "removed") for one in findings_of(notice)],
        by=cast.supervisor,
        at=AT,
        seen=notice.version,
    )
    assert "张贴" in missing(TODAY)
    acts.post(notice)
    notice.refresh_from_db()
    assert "没有满" in missing(notice.ends_on)

    taken = take(case, cast, "publish", {"note": "无异议"}, notice.ends_on + DAY)
    assert taken.effective
    assert taken.data["ends_on"] == notice.ends_on.isoformat()
    assert Case.objects.get(pk=case.pk).outcome == "done"


def test_an_unanswered_objection_holds_the_step(case, cast, acts):
    notice = acts.draft(subject=case.subject, step="publish")
    acts.release(notice)
    acts.post(notice)
    notice.refresh_from_db()
    acts.object(notice, notice.ends_on)
    with pytest.raises(Lacking) as refusal:
        take(case, cast, "publish", {}, notice.ends_on + 3 * DAY)

    assert "异议" in refusal.value.details[0]
