"""What a worked case tells, carried out with the real operations."""

import datetime
from copy import copy

import pytest

from jiceng.decisions.catalogue import shipped
from jiceng.decisions.operations import (
    Mandate,
    Proposal,
    delegate,
    end_delegation,
    propose,
    redirect,
    restart,
)
from jiceng.procedures import catalogue, operations
from jiceng.procedures.catalogue import Shipped
from jiceng.procedures.kinds import kind_of
from jiceng.procedures.models import Case, Taken
from jiceng.procedures.operations.taking import How
from jiceng.procedures.queries import about_of
from jiceng.procedures.reading import procedure_of
from tests.conftest import START
from tests.decisions.filling import filled_in, filled_out
from tests.decisions.noticing import Notices
from tests.decisions.stage import BY_ROLE, DAY, ENTITLED, Stage, moment, step_called

REPRESENTATIVES = "村民代表会议组成人员"
AHEAD = 90 * DAY  # before the first day that a case tells: enough for every step before it
WAYS = {"只登记事实": How(as_fact=True), "知悉并继续": How(despite=True), None: How()}
MATTERS = {  # what is put forward when a case does not say
    "四议两公开": "village.24.3",
    "五议两公开": "village.24.3",
    "四议一审两公开": "village.24.3",
    "召集会议决定": "village.23.report",
    "集体经济组织成员大会决定": "collective.26.8",
    "集体经济组织成员代表大会决定": "collective.26.7",
    "非成员享有部分权利": "collective.15",
    "党员大会决定": "party.11.other",
    "便民服务和小微权力事项": "plain.certificate",
}
_BEFORE = {  # what stands before the steps of a case, as it is when the case does not say
    "地点": "全国",
    "事项": "",
    "想开": "",
    "名录": {},
    "采用": [],
    "授权": {},
    "一肩挑": "",
    "兼任": {},
    "从": "",
}


def preparation_of(told):
    """Return what stands before the steps of a case: cases that share it begin alike."""
    first = min(row["日期"] for row in told["步骤"])
    return {
        "程序": told["程序"],
        "提出": told.get("提出", first.replace(day=1) - AHEAD),
        "应到": ENTITLED | told.get("应到", {}),
        **{name: told.get(name, usual) for name, usual in _BEFORE.items()},
    }


class Run:
    """One worked case on its way."""

    def __init__(self, told):
        """Prepare what stands before the steps of a case: see `preparation_of`."""
        self.told, self.monkeypatch, self._case = told, None, None
        self.stage = Stage(told["地点"], told["兼任"])
        self.entitled, self.day = told["应到"], told["提出"]
        self.motion = self.delegation = None
        self._prepare()
        self.case_number = self._open(self.day).number
        if told["从"]:
            self._advance(told["从"])

    def again(self, monkeypatch):
        """Return this run as it was prepared, for one case to go on from."""
        run = copy(self)
        run.monkeypatch, run._case = monkeypatch, None
        return run

    @property
    def notices(self):
        return Notices(self)

    @property
    def case(self):
        """The case as it stands; read once between two acts."""
        if self._case is None:
            cases = Case.objects.select_related("procedure")
            self._case = cases.get(number=self.case_number)
        return self._case

    def person(self, name):
        return self.stage.people[name]

    def _prepare(self):
        if self.told["一肩挑"]:
            self.stage.combine(self.told["一肩挑"] == "是")
        for title, number in self._in_register().items():
            self.stage.record(title, number, START)
        for title in self.told["采用"]:
            self.stage.adopt(title, self.day)
        if term := self.told["授权"]:
            self._delegate(term)

    def _in_register(self):
        """A body to which something was delegated stands in the register, whatever is told."""
        told = self.told["名录"]
        if not self.told["授权"]:
            return told
        title = "成员代表" if self._matter().startswith("collective") else REPRESENTATIVES
        return {title: self.entitled[title]} | told

    def _delegate(self, term):
        given = Mandate(
            unit=self.stage.village,
            matter=self._matter(),
            way="charter" if self._matter().startswith("collective") else "assembly",
            decided_on=term["自"],
            document="会议决议",
            valid_from=term["自"],
            valid_to=term["至"],
        )
        done = {"by": self.person("文书"), "at": moment(max(term["自"], self.day))}
        self.delegation = delegate(given, **done)

    def _matter(self):
        words = self.told["事项"]
        if not words:
            return MATTERS.get(self.told["程序"])
        (found,) = (m.code for m in shipped().matters.values() if m.words.startswith(words))
        return found

    def _open(self, day, previous=None):
        by, at = self.person("文书"), moment(day)
        if self._matter() is None:
            procedure = next(
                one.procedure
                for one in catalogue.newest()
                if one.procedure.title == self.told["程序"]
            )
            given = {"unit": self.stage.village, "title": "三月份收支", "opened_on": day}
            return operations.open_case(procedure.code, **given, previous=previous, by=by, at=at)
        wished = _body_of(self.told["想开"])
        given = Proposal(self.stage.village, self._matter(), "修机耕路", wished=wished)
        self.motion = propose(given, raised_on=day, by=by, at=at)
        assert self.motion.case.procedure.title == self.told["程序"]
        return self.motion.case

    # Going to where a case begins to tell

    def _advance(self, title):
        """Take every step before the one of this title, as the law wants it, one after another."""
        for _ in self.case.declaration.steps:
            if self.case.current and self.case.current.title == title:
                return
            self._take_lawfully(self.case.current)
        pytest.fail(f"从头办不到“{title}”，停在“{self.case.current}”。")

    def _take_lawfully(self, step):
        convened = step.options.get("convened_by", "")
        if called := self._data_of(convened) if convened else {}:
            self.day = max(self.day, datetime.date.fromisoformat(called["meets_on"]))
        if step.kind == "notice":
            self.day = self.notices.run_out(step, self.day)
        self.do({"办": step.title, "日期": self.day, "方式": "知悉并继续"})

    def _data_of(self, code):
        rows = Taken.objects.standing().filter(case=self.case, step=code, effective=True)
        found = rows.order_by("sequence").last()
        return found.data if found else {}

    # Acts

    def do(self, row):
        """Do what a row says; return what was taken, if that is what it does."""
        try:
            return ACTS.get(row["办"], Run.take)(self, row)
        finally:
            self._case = None

    def take(self, row):
        case, day, way = self.case, row["日期"], row.get("方式")
        step = step_called(case, row["办"])
        given = filled_in(about_of(case, step, day), row.get("填", {}), self.entitled)
        names = row.get("录入", ["文书", "书记"])
        if not kind_of(step.kind).twice:
            act, people = operations.take_step, [self._by(row, step)]
        else:
            act, people = operations.enter_sheet, [self.person(name) for name in names]
        taken = None
        for by in people:
            taken = act(
                case.number,
                step.code,
                given,
                happened_on=day,
                seen=row.get("看到的版次", case.version),
                by=by,
                at=moment(row.get("登记", day)),
                how=WAYS[way],
            )
        return taken

    def correct(self, row):
        step = step_called(self.case, row["步骤"])
        rows = Taken.objects.filter(case=self.case, step=step.code, superseded_at=None)
        old = rows.order_by("sequence").last() or Taken.objects.filter(step=step.code).last()
        happened_on = row.get("发生日", old.happened_on)
        about = about_of(self.case, step, happened_on, old.by)
        given = filled_out(old.data) | filled_in(about, row.get("填", {}), {}, defaults=False)
        return operations.correct_step(
            self.case_number,
            old.sequence,
            given,
            happened_on=happened_on,
            by=self._by(row, step),
            how=WAYS[row.get("方式")],
            **self._changed({"原因": "录错了"} | row),
        )

    def send_back(self, row):
        operations.return_case(
            self.case_number,
            step_called(self.case, row["到"]).code,
            by=self._by(row),
            **self._changed(row),
        )

    def extend(self, row):
        operations.extend_step(self.case_number, by=self._by(row), **self._changed(row))

    def withdraw(self, row):
        operations.withdraw_case(self.case_number, by=self._by(row), **self._changed(row))

    def begin_anew(self, row):
        before, at = self.case, moment(row["日期"])
        if self.motion is None:
            self.case_number = self._open(row["日期"], previous=before).number
        else:
            self.motion = restart(self.motion, by=self._by(row), at=at)
            self.case_number = self.motion.case.number
        self._case = None
        assert self.case.previous == before

    def redirect(self, row):
        redirect(
            self.motion,
            matter=self._matter(),
            body=_body_of(row["会议"]),
            reason="选错了",
            by=self._by(row),
            at=moment(row["日期"]),
        )

    def delegate(self, row):
        self._delegate(row)

    def end_delegation(self, row):
        done = {"by": self.person("文书"), "at": moment(row["日期"])}
        end_delegation(self.delegation, on=row["日期"], reason="村民会议收回", **done)

    def record(self, row):
        self.stage.record(row["项目"], row["人数"], row["日期"])

    def adopt(self, row):
        self.stage.adopt(row["规则"], row["日期"])

    def set_rule(self, row):
        self.stage.set_rule(row["规则"], row["数值"], row.get("自", row["日期"]))

    def ship_anew(self, row):
        """Ship the next version of the procedure, in which a step is called otherwise."""
        old = catalogue.latest(self.case.procedure.code)
        version = old.procedure.version + 1
        text = old.text.replace(f"version: {version - 1}", f"version: {version}")
        text = text.replace(f"title: {row['步骤']}\n", f"title: {row['改名']}\n")
        newer = Shipped(f"{old.procedure.code}@{version}", text, procedure_of(text))
        self.monkeypatch.setitem(catalogue.SHIPPED.entries, newer.code, newer)

    # What acts have in common

    def _by(self, row, step=None):
        return self.person(row.get("谁") or (BY_ROLE[step.by[0]] if step else "文书"))

    def _changed(self, row):
        return {
            "reason": row.get("原因", "村民有不同意见"),
            "seen": self.case.version,
            "at": moment(row["日期"]),
        }


ACTS = {
    "更正": Run.correct,
    "退回": Run.send_back,
    "延期": Run.extend,
    "撤回": Run.withdraw,
    "重新提出": Run.begin_anew,
    "乡镇纠正": Run.redirect,
    "授权": Run.delegate,
    "收回授权": Run.end_delegation,
    "名录变动": Run.record,
    "采用规则": Run.adopt,
    "本地规则": Run.set_rule,
    "程序改版": Run.ship_anew,
    "公示": lambda run, row: run.notices.announce(row),
    "重新张贴": lambda run, row: run.notices.post_again(row),
    "撤下": lambda run, row: run.notices.take_down(row),
    "异议": lambda run, row: run.notices.object(row),
    "答复异议": lambda run, row: run.notices.answer(row),
}


def _body_of(title):
    """Return the code of a body; empty when none is wished."""
    return next((one.code for one in shipped().bodies.values() if one.title == title), "")
