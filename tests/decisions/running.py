"""A case on its way, each step a day after the one before; for tests of whole runs."""

import datetime
from types import MappingProxyType

from jiceng.decisions.operations import Mandate, Proposal, delegate, propose
from jiceng.notices import operations as notices
from jiceng.notices import subjects
from jiceng.notices.queries import findings_of, notice_of
from jiceng.procedures.models import Case
from jiceng.procedures.operations import enter_sheet, open_case, take_step
from jiceng.procedures.operations.taking import How
from jiceng.rules import shipped
from jiceng.rules.operations import adopt_rule
from tests.decisions.conftest import AT, TODAY

DAY = datetime.timedelta(days=1)
HELD = {"chair": "书记", "minutes": "一致同意。"}
VOTES = {"method": "hands", "for": 40, "against": 3, "abstain": 1}
SHEET = {**VOTES, "teller_one": "甲", "teller_two": "乙"}
DIFFERENT = "名录未更新"
RESOLUTION = {"resolution": "同意修路。"}
RESULT = {"outcome": "路已修好。"}
DONE_WORK = {
    "outcome": "路已修好。",
    "finished_on": TODAY.isoformat(),
    "contractor": "某工程队",
    "planned": "180000",
    "spent": "179500",
}
CHECKED = {"resolution": "yes", "accounts": "yes", "disclosed": "yes", "note": ""}


class Run:
    """A case of a procedure, moved on by the people of the village."""

    def __init__(self, case, people):
        self.pk, self.people, self.day = case.pk, people, case.opened_on

    @property
    def case(self):
        return Case.objects.select_related("procedure").get(pk=self.pk)

    @property
    def at(self):
        return AT + (self.day - TODAY)

    def take(self, step, given, by=None, days=1, **how):
        self.day += days * DAY
        return take_step(
            self.case.number,
            step,
            given,
            happened_on=self.day,
            seen=self.case.version,
            by=by or self.people.clerk,
            at=self.at,
            how=How(despite=True, **how),
        )

    def vote(self, step, given=SHEET):
        """Enter the sheet twice, by two persons."""
        for one in (self.people.clerk, self.people.secretary):
            enter_sheet(
                self.case.number,
                step,
                given,
                happened_on=self.day,
                seen=self.case.version,
                by=one,
                at=self.at,
            )

    def meet(self, step, roll, count, votes=(), known=True, **more):
        """Hold a meeting of a committee that decides at once, everyone present and in favour."""
        for_, against = votes or (count, 0)
        given = {f"roll_{roll}": count, "present": count, **HELD, "method": "hands", **more}
        if not known:
            given[f"roll_{roll}_reason"] = DIFFERENT
        return self.take(step, {**given, "for": for_, "against": against, "abstain": 0})

    def call(self, step, ahead, said=MappingProxyType({}), **rolls):
        told = {"meets_on": (self.day + (1 + ahead) * DAY).isoformat()}
        told |= {"place": "祠堂", "agenda": "议题", **said}
        return self.take(step, {**told, **{f"roll_{code}": n for code, n in rolls.items()}})

    def publish(self, step, **body):
        """Draft, release by a second person, post, wait until the period is over, go on."""
        self.day += DAY
        case = self.case
        known = subjects.told(case.subject, step)
        title = known.pop("title")
        notice = notices.draft_notice(
            kind=case.declaration.step(step).options["notice"],
            unit=case.unit_id,
            title=title,
            body={**known, **body},
            by=self.people.clerk,
            at=self.at,
            subject=case.subject,
            step=step,
        )
        found = [notices.Decided(one.key, "removed") for one in findings_of(notice)]
        notices.release_notice(
            notice, decisions=found, seen=notice.version, by=self.people.supervisor, at=self.at
        )
        notice = notice_of(case.subject, step)
        notices.record_posting(
            notice,
            board="村务公开栏",
            posted_on=self.day,
            posted_by="王文书",
            by=self.people.clerk,
            at=self.at,
        )
        notice.refresh_from_db()
        wait = (notice.ends_on - self.day).days + 1
        return self.take(step, {"note": ""}, days=wait)

    def to_members(self, after_consulting=()):
        """Propose, consult, publish the plan where the procedure wants it, and call the members."""
        self.meet("propose", "branch_committee", 3, known=False)
        self.meet("consult", "two_committees", 6, known=False)
        for step, body in after_consulting:
            self.publish(step, **body)
        self.call("call_members", 3, voting_members=48)

    def to_direct(self, **more):
        self.to_members(**more)
        self.take("members", {"present": 44, **HELD}, days=4)
        self.vote("members_vote")
        self.take("revise", {"opinions": "", "changes": "没有修订意见"})


def put_forward(village, people, matter="village.24.3", **more):
    proposal = Proposal(unit=village.number, matter=matter, title="修机耕路", text="三公里", **more)
    return propose(proposal, raised_on=TODAY, by=people.clerk, at=AT)


def opened(procedure, village, people):
    return Run(
        open_case(
            procedure, unit=village.number, title="事项", opened_on=TODAY, by=people.clerk, at=AT
        ),
        people,
    )


def delegated(village, people, matter="village.24.3"):
    start = datetime.date(2026, 1, 10)
    mandate = Mandate(
        village.number, matter, "assembly", start, "决议", start, datetime.date(2029, 1, 10)
    )
    delegate(mandate, by=people.clerk, at=AT)


def carry_out(run):
    run.take("carry_out", DONE_WORK)
    run.take("check_result", CHECKED, by=run.people.supervisor)
    run.publish("publish_result", **RESULT)


def reviewed_first(village, people):
    """Let the township adopt that it reviews between the second and the third step."""
    rule = shipped.rules_of("decision.township_review")[-1]
    adopt_rule(
        rule,
        unit=village.town,
        document="镇政〔2026〕1号",
        valid_from=TODAY,
        by=people.officer,
        at=AT,
    )
