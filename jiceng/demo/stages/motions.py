"""What one village decides: its bodies, and four motions on their way through 五议两公开, each
taken on by the people whose turn it is, on days that the rules allow.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from jiceng.accounts.models import User
from jiceng.decisions.models import Delegation
from jiceng.decisions.operations import Mandate, Proposal, delegate, propose
from jiceng.demo import names
from jiceng.demo.chance import draw
from jiceng.demo.city import START, City
from jiceng.notices import subjects
from jiceng.notices.models import Notice
from jiceng.notices.operations import (
    draft_notice,
    receive_objection,
    record_posting,
    release_notice,
)
from jiceng.procedures.models import Case
from jiceng.procedures.operations import enter_sheet, take_step
from jiceng.procedures.operations.taking import How
from jiceng.procedures.rolls import counted
from jiceng.registry.models import Body, Post
from jiceng.registry.operations import (
    BodyRow,
    BodySeatRow,
    PersonRow,
    PostRow,
    appoint,
    form_bodies,
    record_people,
    seat_people,
)

_WORKS = "village.24.3"  # 公益事业、筹资筹劳、建设承包
_COMMITTEE, _BRANCH, _REPRESENTATIVES, _SUPERVISORS = 3, 4, 36, 3
_DAY = datetime.timedelta(days=1)
_GO_ON = How(despite=True)  # rules that only warn are noted by whoever goes on


def run(city: City) -> None:
    """Let the sample village decide: one matter finished, one at its vote, one noticed, one new."""
    _form_bodies(city)
    village = Village(city)
    village.delegate()
    roads = village.motion("硬化村内主干道", 78)
    village.through(roads, 78, "members", "noticed", "decided", "done")
    lamps = village.motion("安装太阳能路灯", 40)
    village.through(lamps, 40, "members", "noticed", "voting")
    hall = village.motion("修缮文化礼堂", 9)
    village.through(hall, 9, "members", "posted")
    village.object(hall, "礼堂屋面去年刚修过，请说明这次修哪里。", ago=2)
    village.motion("整治村口水塘", 2)


class Village:
    """The sample village, and the accounts that act for it."""

    def __init__(self, city: City) -> None:
        self.city, self.number = city, city.sample_village().number
        named = User.objects.in_bulk(["secretary", "clerk", "oversight"], field_name="username")
        self.secretary, self.clerk, self.oversight = (
            named[name] for name in ("secretary", "clerk", "oversight")
        )

    def ago(self, days: int) -> datetime.datetime:
        return self.city.at - days * _DAY

    def delegate(self) -> None:
        """Let the assembly have handed public works to the representatives for their term."""
        decided = self.ago(400).date()
        term = Mandate(
            self.number,
            _WORKS,
            Delegation.Way.ASSEMBLY,
            decided,
            "村民会议决议（演示）",
            decided,
            decided.replace(year=decided.year + 3, day=1),
        )
        delegate(term, by=self.clerk, at=self.ago(399))

    def motion(self, title: str, ago: int) -> Case:
        raised = self.ago(ago)
        proposal = Proposal(
            self.number,
            _WORKS,
            title,
            "党员和村民代表在走访中多次提出。",
            wished=Body.Kind.VILLAGE_REPS,
        )
        motion = propose(proposal, raised_on=raised.date(), by=self.clerk, at=raised)
        assert motion.case is not None
        return motion.case

    def through(self, case: Case, ago: int, *parts: str) -> None:
        """Take a case on, part by part; each begins where the one before ended."""
        for part in parts:
            ago = getattr(self, f"_{part}")(case, ago)

    def object(self, case: Case, text: str, ago: int) -> None:
        notice = Notice.objects.get(subject=case.subject, step="publish_plan")
        at = self.ago(ago)
        receive_objection(
            notice, text=text, how="oral", received_on=at.date(), by=self.clerk, at=at
        )

    # The parts of 五议两公开

    def _members(self, case: Case, ago: int) -> int:
        """Propose and consult; write the plan's notice and have it released and posted."""
        self._meet(case, "propose", "branch_committee", ago)
        self._meet(case, "consult", "two_committees", ago - 1)
        self._publish(
            case, "publish_plan", {"proposal": f"{case.title}，由村集体出资，公开询价。"}, ago - 2
        )
        return ago - 2

    def _posted(self, case: Case, ago: int) -> int:
        """Leave it there: the notice runs."""
        return ago

    def _noticed(self, case: Case, ago: int) -> int:
        """Wait until the notice has run; let the party members deliberate."""
        ago = self._ended(case, "publish_plan")
        self._take(case, "publish_plan", {"note": "公示期间没有异议。"}, ago)
        ago = self._call(case, "call_members", "voting_members", ago, lead=4)
        self._hold(case, "members", "voting_members", ago)
        self._ballot(case, "members_vote", "voting_members", ago)
        self._take(
            case, "revise", {"opinions": "", "changes": "党员没有不同意见，方案不作修订。"}, ago
        )
        self._take(case, "direct", {"body": Body.Kind.VILLAGE_REPS}, ago)
        ago = self._call(case, "call_representatives", "village_representatives", ago, lead=4)
        self._hold(case, "representatives", "village_representatives", ago)
        return ago

    def _voting(self, case: Case, ago: int) -> int:
        """Let the clerk enter the sheet, and wait for the second person."""
        self._sheet(case, "representatives_vote", "village_representatives", ago, self.clerk)
        return ago

    def _decided(self, case: Case, ago: int) -> int:
        self._ballot(case, "representatives_vote", "village_representatives", ago)
        resolution = {"resolution": f"同意{case.title}，年内完成。"}
        self._publish(case, "publish_resolution", resolution, ago - 1)
        ago = self._ended(case, "publish_resolution")
        self._take(case, "publish_resolution", {"note": ""}, ago)
        return ago

    def _done(self, case: Case, ago: int) -> int:
        done = {
            "outcome": "已完工并验收。",
            "finished_on": self.ago(ago - 12).date(),
            "contractor": "演示建设有限公司",
            "planned": "186000",
            "spent": "179800.50",
        }
        self._take(case, "carry_out", done, ago - 12)
        checked = {"resolution": "yes", "accounts": "yes", "disclosed": "yes", "note": ""}
        self._take(case, "check_result", checked, ago - 13, by=self.oversight)
        self._publish(case, "publish_result", {"outcome": "已完工并验收。"}, ago - 14)
        ago = self._ended(case, "publish_result")
        self._take(case, "publish_result", {"note": "没有异议。"}, ago)
        sheets = {"handed_out": 60, "returned": 57, "content": 49, "fairly": 6, "discontent": 2}
        self._take(case, "appraise", sheets, ago - 1, by=self.oversight)
        return ago - 1

    # One step each

    def _take(
        self, case: Case, step: str, given: Mapping[str, Any], ago: int, by: User | None = None
    ) -> None:
        at = self.ago(ago)
        take_step(
            case.number,
            step,
            given,
            happened_on=at.date(),
            seen=Case.objects.values_list("version", flat=True).get(pk=case.pk),
            by=by or self.clerk,
            at=at,
            how=_GO_ON,
        )

    def _roll(self, code: str, ago: int) -> tuple[int, dict[str, Any]]:
        """Return how many stand on a roll, and what a form says of it."""
        known = counted(code, self.number, self.ago(ago).date()).count
        count = known or 40
        return count, {f"roll_{code}": count, f"roll_{code}_reason": ""}

    def _meet(self, case: Case, step: str, roll: str, ago: int) -> None:
        """Let a committee meet and agree."""
        count, said = self._roll(roll, ago)
        votes = {"method": "hands", "for": count, "against": 0, "abstain": 0, "merged": False}
        given = {"present": count, "chair": "书记", "minutes": "逐项讨论，一致同意。"}
        self._take(case, step, {**given, **votes, **said}, ago)

    def _call(self, case: Case, step: str, roll: str, ago: int, *, lead: int) -> int:
        _count, said = self._roll(roll, ago)
        meets = {
            "meets_on": self.ago(ago - lead).date(),
            "place": "村文化礼堂",
            "agenda": case.title,
        }
        self._take(case, step, {**meets, **said}, ago)
        return ago - lead

    def _hold(self, case: Case, step: str, roll: str, ago: int) -> None:
        count, _said = self._roll(roll, ago)
        minutes = "主持人说明方案，到会人员逐一发表意见。"
        given = {"present": count - count // 10, "chair": "书记", "minutes": minutes}
        self._take(case, step, given, ago)

    def _ballot(self, case: Case, step: str, roll: str, ago: int) -> None:
        for by in (self.clerk, self.secretary):
            self._sheet(case, step, roll, ago, by)

    def _sheet(self, case: Case, step: str, roll: str, ago: int, by: User) -> None:
        count, _said = self._roll(roll, ago)
        present, at = count - count // 10, self.ago(ago)
        votes = {"method": "secret", "for": present - 3, "against": 2, "abstain": 1}
        enter_sheet(
            case.number,
            step,
            {**votes, "teller_one": "计票人甲", "teller_two": "监票人乙"},
            happened_on=at.date(),
            seen=Case.objects.values_list("version", flat=True).get(pk=case.pk),
            by=by,
            at=at,
            how=_GO_ON,
        )

    def _publish(self, case: Case, step: str, given: Mapping[str, Any], ago: int) -> None:
        """Write a notice, have it released by another person, and post it."""
        at = self.ago(ago)
        known = {code: value for code, value in subjects.told(case.subject, step).items() if value}
        title = known.pop("title")
        kind = case.declaration.step(step).options["notice"]
        notice = draft_notice(
            kind=kind,
            unit=self.number,
            title=title,
            body={**known, **given},
            by=self.clerk,
            at=at,
            subject=case.subject,
            step=step,
        )
        notice = release_notice(notice, decisions=[], seen=notice.version, by=self.oversight, at=at)
        record_posting(
            notice,
            board="村口公开栏",
            posted_on=at.date(),
            posted_by="文书",
            by=self.clerk,
            at=at,
        )

    def _ended(self, case: Case, step: str) -> int:
        """Return how many days ago the day after a notice's period was."""
        notice = Notice.objects.get(subject=case.subject, step=step)
        assert notice.ends_on is not None
        return (self.city.at.date() - notice.ends_on).days - 1


def _form_bodies(city: City) -> None:
    """Give the sample village its committees, representatives and supervisors."""
    village, chance = city.sample_village().number, draw(city.seed, "bodies")
    done: dict[str, Any] = {"by": "system", "at": city.at}

    def people(count: int) -> list[int]:
        return record_people([PersonRow(name=names.person(chance)) for _ in range(count)], **done)

    branch = people(_BRANCH)
    roles = ["deputy_secretary", *["committee_member"] * (_BRANCH - 1)]
    organisation = city.organisation_of(village)
    appoint(
        [
            PostRow(person, organisation, role, START)
            for person, role in zip(branch, roles, strict=True)
        ],
        **done,
    )
    director = Post.objects.filter(unit=village, role="village_director").order_by("pk").first()
    committee = ([director.person_id] if director else people(1)) + people(_COMMITTEE - 1)
    members = {
        Body.Kind.VILLAGERS_COMMITTEE: committee,
        Body.Kind.VILLAGE_REPS: people(_REPRESENTATIVES),
        Body.Kind.SUPERVISION_COMMITTEE: people(_SUPERVISORS - 1) + _supervisor(village),
    }
    bodies = form_bodies([BodyRow(village, kind, "演示届", START) for kind in members], **done)
    seats = [
        BodySeatRow(body, person, "成员", START)
        for body, seated in zip(bodies, members.values(), strict=True)
        for person in seated
    ]
    seat_people(seats, **done)


def _supervisor(village: int) -> list[int]:
    """Return the head of the supervision committee, whose post the accounts have filled."""
    posts = Post.objects.filter(unit=village, role="supervision_director")
    return list(posts.values_list("person_id", flat=True))
