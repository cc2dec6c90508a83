"""Looking at what came of a row of a worked case: by the words people read."""

import pytest
from django.db import transaction

from jiceng.core.refusals import Refusal
from jiceng.procedures.kinds import kind_of
from jiceng.procedures.models import Taken
from tests.decisions.stage import moment

REFUSALS = {  # by the word of the table; what is lacking may only be advised
    "还缺": "Lacking",
    "提醒": "Lacking",
    "填错": "Wrong",
    "无权": "NotYours",
    "不许": "NotAllowed",
    "已办结": "HasEnded",
    "还没发生": "InTheFuture",
    "已有人办": "Stale",
    "要写原因": "ReasonWanted",
    "两次不一致": "SheetsDiffer",
    "没有规则": "NoRule",
    "不能这样走": "NotByThisBody",
    "过了纠正时机": "PastCorrection",
    "不能授权": "NotDelegable",
    "不能另定": "BreaksBound",
    "须第二人": "NotSecondPerson",
    "异议期已过": "TakesNone",
}


def follow(run, row):
    """Do what a row says, and see that it comes out as it says."""
    try:
        _follow(run, row)
    except (AssertionError, Refusal, pytest.fail.Exception) as fault:
        fault.add_note(f"在这一行：{row}")
        raise


def _follow(run, row):
    wanted = next((name for name in REFUSALS if name in row), None)
    if wanted and "方式" not in row:
        with pytest.raises(Refusal) as refused, transaction.atomic():
            run.do(row)
        _is_refused_as(wanted, row, refused.value)
    else:
        _came_out_as(row, run.do(row))
    _stands_as(row, run.case)


def _is_refused_as(wanted, row, refusal):
    said = [refusal.sentence, *refusal.details, *getattr(refusal, "fields", {}).values()]
    assert type(refusal).__name__ == REFUSALS[wanted], said
    if wanted in ("还缺", "提醒"):
        assert any(one.hard for one in refusal.missing) is (wanted == "还缺"), said
    _says(row[wanted], said)


def _came_out_as(row, taken):
    if not isinstance(taken, Taken):
        assert row.get("结果") in (None, "等第二人录入")
        return
    step, kind = taken.case.declaration.step(taken.step), kind_of(taken.kind)
    if "结果" in row:
        assert kind.outcome_title(step, taken.outcome) == row["结果"], taken.words
    assert taken.effective is (row.get("效力", "有") == "有"), (taken.words, taken.lacked)
    _says(row.get("说", ()), [taken.words])
    _says(row.get("还缺", row.get("提醒", ())), taken.lacked)
    _says(row.get("所用", ()), [one["words"] for one in taken.used])
    if "记录日" in row:
        assert taken.recorded_at == moment(row["记录日"])
        assert taken.happened_on == row["日期"]


def _stands_as(row, case):
    if "现在" in row:
        assert standing_of(case) == row["现在"]
    if "期限" in row:
        assert case.due_on == row["期限"], f"期限 {case.due_on}"
        assert case.provisional is (row.get("暂定") == "是")
    if "失效" in row:
        gone = Taken.objects.filter(case=case).exclude(superseded_at=None)
        assert {case.declaration.step(taken.step).title for taken in gone} == set(row["失效"])


def standing_of(case):
    """Return where a case stands: the title of its step, or of its end."""
    return case.current.title if case.current else case.outcome_title


def _says(wanted, said):
    """See that every fragment stands somewhere in what is said."""
    for fragment in [wanted] if isinstance(wanted, str) else wanted:
        assert any(str(fragment) in str(one) for one in said), f"没有说“{fragment}”，说的是：{said}"
