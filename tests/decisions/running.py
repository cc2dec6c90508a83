"""A case on its way, each step a day after the one before; for tests of whole runs."""

import datetime

from jiceng.notices import operations as notices
from jiceng.notices import subjects
from jiceng.notices.queries import findings_of, notice_of
from jiceng.procedures.models import Case
from jiceng.procedures.operations import enter_sheet, take_step
from jiceng.procedures.operations.taking import How
from tests.decisions.conftest import AT, TODAY

DAY = datetime.timedelta(days=1)
HELD = {"chair": "书记", "minutes": "一致同意。"}
VOTES = {"method": "hands", "for": 40, "against": 3, "abstain": 1}
SHEET = {**VOTES, "teller_one": "甲", "teller_two": "乙"}
DIFFERENT = "名录未更新"


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

    def call(self, step, ahead, **rolls):
        told = {"meets_on": (self.day + (1 + ahead) * DAY).isoformat()}
        told |= {"place": "祠堂", "agenda": "议题"}
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
