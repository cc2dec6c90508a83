"""`direct`: which body decides, asked again on the day; `joint`: enough have signed who ask
together; `appraisal`: sheets of villagers, counted.

They are kinds of step; registered with the engine when the site is ready.
"""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.decisions import words
from jiceng.decisions.catalogue import shipped
from jiceng.decisions.directing import Question
from jiceng.decisions.models import Motion
from jiceng.decisions.queries import Directed, direct_at
from jiceng.decisions.signing import Signed
from jiceng.procedures.about import About
from jiceng.procedures.declarations import Procedure, Step
from jiceng.procedures.kinds import Entered, Field, Given, Judgement, Missing, Plain, Wrong
from jiceng.procedures.kinds.cleaning import clean
from jiceng.procedures.kinds.forms import Form, fields_of
from jiceng.procedures.rolls import ROLLS

DONE = "done"


class Direct(Plain):
    """options: bodies: [codes of bodies], each an outcome. The motion's matter says which one may
    decide on the day; another one is a fact without effect.
    """

    def __init__(self) -> None:
        super().__init__("direct", gettext_lazy("确定会议"))

    def outcomes_of(self, step: Step) -> Collection[str]:
        return list(step.options.get("bodies", []))

    def outcome_title(self, step: Step, outcome: str) -> str:
        body = shipped().bodies.get(outcome)
        return body.title if body else outcome

    def faults(self, step: Step, procedure: Procedure) -> list[str]:
        bodies = step.options.get("bodies")
        if not bodies:
            return [f"步骤“{step.code}”没有写明可以由哪些会议决定（options.bodies）。"]
        return [
            f"步骤“{step.code}”的会议“{body}”不在会议清单里。"
            for body in bodies
            if body not in shipped().bodies
        ]

    def fields(self, step: Step, about: About) -> list[Field]:
        motion = _motion(about)
        choices = tuple((code, self.outcome_title(step, code)) for code in self.outcomes_of(step))
        initial, why = _expected(motion, about) if motion else ("", "")
        label = _("由哪个会议决定")
        return [Field("body", label, "choice", choices=choices, initial=initial, help=why)]

    def enter(self, step: Step, given: Given, about: About) -> Entered:
        return clean(self.fields(step, about), given)

    def check(self, step: Step, entered: Entered, about: About) -> Judgement:
        motion = _motion(about)
        if motion is None:
            missing = Missing(_("这个事项没有登记议题，无从确定由谁决定。请从“村级议事”提出。"))
            return Judgement(entered["body"], missing=(missing,))
        answer = direct_at(about.case.unit_id, motion.matter, day=about.day, wished=entered["body"])
        return Judgement(
            entered["body"], missing=tuple(_faults(answer, about)), words=_said(answer)[:300]
        )

    def words(self, step: Step, data: Entered) -> list[tuple[str, str]]:
        return [(_("由哪个会议决定"), self.outcome_title(step, data["body"]))]


class Joint(Form):
    """options: fields, as a form's, `by_whom` and `signatures` among them; signatures: [{by, rule,
    roll, body}]: how many must have signed, when the meeting that is asked for is `body`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.code, self.title = "joint", gettext_lazy("联名")

    def faults(self, step: Step, procedure: Procedure) -> list[str]:
        found = super().faults(step, procedure)
        by = next((one for one in fields_of(step) if one.code == "by_whom"), None)
        for one in step.options.get("signatures", []):
            if by is None or one.get("by") not in dict(by.choices):
                found.append(f"步骤“{step.code}”的联名方“{one.get('by')}”不在“by_whom”的选项里。")
            if one.get("roll") not in ROLLS.entries:
                found.append(f"步骤“{step.code}”的名单“{one.get('roll')}”没有登记。")
        return found

    def enter(self, step: Step, given: Given, about: About) -> Entered:
        entered = super().enter(step, given, about)
        if _wanted(step, entered, about) and not entered["signatures"]:
            raise Wrong({"signatures": _("联名提出的，请填写联名人数。")})
        return entered

    def check(self, step: Step, entered: Entered, about: About) -> Judgement:
        wanted = _wanted(step, entered, about)
        if wanted is None:
            return super().check(step, entered, about)
        rule = about.rule(wanted["rule"])
        signed = Signed(entered["signatures"], rule, wanted["roll"], about.roll(wanted["roll"]))
        if signed.enough:
            return super().check(step, entered, about)
        hard = rule.refuses and signed.needed is not None
        return Judgement(DONE, missing=(Missing(signed.words, rule.key, rule.source, hard),))


def _wanted(step: Step, entered: Entered, about: About) -> dict[str, str] | None:
    """Return the rule and roll of who asks, for the meeting that the motion asks for."""
    motion = _motion(about)
    asked: list[dict[str, str]] = step.options.get("signatures", [])
    return next(
        (
            one
            for one in asked
            if one["by"] == entered["by_whom"]
            and one.get("body", "") in ("", motion.body if motion else "")
        ),
        None,
    )


class Appraisal(Plain):
    """options: none needed. Sheets are counted; who marked what is neither asked nor kept."""

    def __init__(self) -> None:
        outcomes = {DONE: gettext_lazy("已评议")}
        super().__init__("appraisal", gettext_lazy("群众评议"), outcomes=outcomes)

    def fields(self, step: Step, about: About) -> list[Field]:
        return [
            *(Field(code, label, "number") for code, label in _sheets()),
            Field("note", _("村民的主要意见"), "long", required=False, maximum=2000),
        ]

    def enter(self, step: Step, given: Given, about: About) -> Entered:
        """Return the counts.

        Raises:
            Wrong: more came back than went out, or more were marked than came back.
        """
        entered = clean(self.fields(step, about), given)
        if entered["returned"] > entered["handed_out"]:
            raise Wrong({"returned": _("收回的张数不能超过发出的。")})
        marked = sum(entered[code] for code in ("content", "fairly", "discontent"))
        if marked > entered["returned"]:
            said = _("三项合计 %(marked)d 张，超过收回的 %(returned)d 张，请核对。")
            numbers = {"marked": marked, "returned": entered["returned"]}
            raise Wrong({"content": said % numbers})
        return entered

    def check(self, step: Step, entered: Entered, about: About) -> Judgement:
        return Judgement(DONE)

    def words(self, step: Step, data: Entered) -> list[tuple[str, str]]:
        counts = [(label, str(data[code])) for code, label in _sheets()]
        return [*counts, (_("村民的主要意见"), data.get("note") or "—")]


def _sheets() -> list[tuple[str, str]]:
    return [
        ("handed_out", _("发出评议表")),
        ("returned", _("收回评议表")),
        ("content", _("满意")),
        ("fairly", _("基本满意")),
        ("discontent", _("不满意")),
    ]


def _motion(about: About) -> Motion | None:
    return Motion.objects.filter(case=about.case).first()


def _expected(motion: Motion, about: About) -> tuple[str, str]:
    """Return the body that may decide today, the one corrected to first, and why."""
    answer = direct_at(about.case.unit_id, motion.matter, day=about.day, wished=motion.body)
    if isinstance(answer, Question) or answer.direction.body is None:
        return "", _said(answer)
    return answer.direction.body.code, _said(answer)


def _said(answer: Directed | Question) -> str:
    if isinstance(answer, Question):
        return words.with_source(answer)
    return "".join(words.with_source(one) for one in answer.direction.why)


def _faults(answer: Directed | Question, about: About) -> list[Missing]:
    if isinstance(answer, Question):
        return [Missing(words.sentence(answer), source=answer.source)]
    direction = answer.direction
    if direction.procedure != about.procedure.code:
        said = _("这件事已经改走别的程序。请撤回本事项，在“村级议事”的议题页按新程序重新开办。")
        return [Missing(said, source=direction.matter.source)]
    if direction.as_wished:
        return []
    return [Missing(words.sentence(one), source=one.source) for one in direction.why]
