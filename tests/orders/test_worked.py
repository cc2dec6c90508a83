"""Every transition and clock of an order, told in `worked/` with dates, holidays and sources."""

from pathlib import Path

import pytest
import yaml
from django.utils import timezone

from jiceng.orders import public
from jiceng.orders.models import Task
from tests.orders.cast import MONDAY, Run, moment

CASES = [
    pytest.param(case, id=case["名称"])
    for path in sorted((Path(__file__).parent / "worked").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text("utf-8"))["案例"]
]
GOOD = {"reached": True, "solved": True, "satisfied": True}
BAD = {"reached": True, "solved": False, "satisfied": False}
ACTS = {  # 办 → who, the operation, what is given
    "派单": ("town", "dispatch", {}),
    "县里派单": ("county_officer", "dispatch", {}),
    "上报": ("town", "pass_up", {"reason": "不归本镇"}),
    "不受理": ("town", "exclude", {"exclusion": "litigation"}),
    "接单": ("village", "accept", {}),
    "部门接单": ("department", "accept", {}),
    "异议": ("village", "object_to_dispatch", {"reason": "不归本村"}),
    "改派": ("town", "review_objection", {"reason": "属实"}),
    "维持": ("town", "review_objection", {"reason": "仍由本村"}),
    "办结": ("village", "finish", {"reply": "已办"}),
    "部门办结": ("department", "finish", {"reply": "已办"}),
    "上级办结": ("town", "finish", {"reply": "镇里办"}),
    "核查办结": ("county_officer", "finish", {"reply": "已核查"}),
    "退回": ("village", "give_back", {"reason": "要部门来"}),
    "申请终止": ("village", "ask_to_end", {"reason": "已拆除"}),
    "同意终止": ("town", "judge_ending", {"ended": True, "reason": "属实"}),
    "不同意终止": ("town", "judge_ending", {"ended": False, "reason": "还要办"}),
    "回访满意": ("town", "call_back", GOOD),
    "回访不满意": ("town", "call_back", BAD),
    "县里回访不满意": ("county_officer", "call_back", BAD),
    "没联系上": ("town", "call_back", {"reached": False}),
    "暂停": ("village", "pause", {"note": "请说明"}),
    "恢复": ("village", "resume", {}),
    "申请延期": ("village", "ask_extension", {"why": "等到货"}),
    "同意延期": ("town", "decide_extension", {"granted": True, "why": "属实"}),
    "不同意延期": ("town", "decide_extension", {"granted": False, "why": "抓紧"}),
    "受理": ("county_officer", "take_up", {}),
}
RESIDENT = {
    "群众满意": lambda code, at: public.judge(code, solved=True, satisfied=True, at=at),
    "群众不满意": lambda code, at: public.judge(code, solved=True, satisfied=False, at=at),
    "补充": lambda code, at: public.add(code, text="在村口", at=at),
    "撤回": lambda code, at: public.withdraw(code, at=at),
}


@pytest.mark.parametrize("case", CASES)
def test_goes_as_it_is_told(case, posts, county):
    units = {
        "上村": county.upper,
        "下村": county.lower,
        "东镇": county.town,
        "乙县": county.county,
        "住建局": county.department,
    }
    run = Run(posts, kind=case["种类"], at=_at(case["时间"]))
    _compare(case.get("应得", {}), run, units)
    for act in case.get("做", []):
        if act["办"] in RESIDENT:
            RESIDENT[act["办"]](run.code, _at(act["时间"]))
        else:
            who, name, given = ACTS[act["办"]]
            more = {"handler": units[act["给"]]} if "给" in act else {}
            more |= {"reason": act["原因"]} if "原因" in act else {}
            run.do(name, getattr(posts, who), _at(act["时间"]), **given, **more)
        _compare(act.get("应得", {}), run, units)


def test_every_case_names_its_source_and_each_stands_once():
    told = [param.values[0] for param in CASES]

    assert all(case["依据"].strip() for case in told)
    assert len({case["名称"] for case in told}) == len(told)


def _compare(wanted, run, units):
    order = run.now()
    case = order.case
    stopped = Task.objects.filter(order=order, ended_at__isnull=False).order_by("-ended_at").first()
    found = {
        "步骤": case.current.title if case.current else "",
        "在": next((name for name, unit in units.items() if unit == order.waits_at_id), ""),
        "群众期限": _said(order.due_at),
        "承办期限": _said(order.handler_due_at),
        "步骤期限": _said(case.due_at),
        "停钟": _said(stopped.ended_at if stopped else None),
        "结局": case.outcome_title,
    }
    assert {name: found[name] for name in wanted} == {k: str(v) for k, v in wanted.items()}


def _at(text):
    day, clock = str(text).split(" ")
    hour, minute = clock.split(":")
    return moment(type(MONDAY).fromisoformat(day), int(hour), int(minute))


def _said(at):
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else "无"
