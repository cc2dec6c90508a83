"""`ballot`: votes as counts from a sheet signed by two tellers, entered by two persons apart.

No single vote is entered or kept, and nobody votes by a device.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.procedures.about import About
from jiceng.procedures.declarations import Procedure, Step
from jiceng.procedures.kinds import counting
from jiceng.procedures.kinds.base import Entered, Field, Given, Judgement, Plain, Wrong
from jiceng.procedures.kinds.cleaning import clean


class Ballot(Plain):
    """options: meeting: step whose presence and rolls it counts against; pass: rule;
    methods: [oral, hands, secret].
    """

    def __init__(self) -> None:
        outcomes = {
            counting.PASSED: gettext_lazy("通过"),
            counting.FAILED: gettext_lazy("未通过"),
        }
        super().__init__("ballot", gettext_lazy("表决"), twice=True, outcomes=outcomes)

    def faults(self, step: Step, procedure: Procedure) -> list[str]:
        meeting = step.options.get("meeting")
        found = counting.ballot_faults(step)
        if meeting not in procedure.codes() or procedure.step(meeting).kind != "meeting":
            found.append(f"步骤“{step.code}”的会议步骤“{meeting}”不是会议。")
        return found

    def fields(self, step: Step, about: About) -> list[Field]:
        return [
            *counting.ballot_fields(step.options["methods"]),
            Field("teller_one", _("计票人"), "text", maximum=40),
            Field("teller_two", _("监票人"), "text", maximum=40),
        ]

    def enter(self, step: Step, given: Given, about: About) -> Entered:
        entered = clean(self.fields(step, about), given)
        if entered["teller_one"] == entered["teller_two"]:
            raise Wrong({"teller_two": _("计票人和监票人应是两个人。")})
        meeting = about.data_of(step.options["meeting"])
        if meeting:  # out of its turn a ballot is kept as the fact that it is
            counting.refuse_impossible_votes(entered, meeting["present"])
        return entered

    def check(self, step: Step, entered: Entered, about: About) -> Judgement:
        meeting = about.data_of(step.options["meeting"])
        vote = counting.passed(step.options["pass"], entered, meeting, about)
        outcome = counting.PASSED if vote.met else counting.FAILED
        return Judgement(outcome, effective=vote.met, words=vote.words, missing=vote.warnings)

    def words(self, step: Step, data: Entered) -> list[tuple[str, str]]:
        return [
            *counting.votes_in_words(data),
            (_("计票人"), data["teller_one"]),
            (_("监票人"), data["teller_two"]),
        ]


KINDS = (Ballot(),)
