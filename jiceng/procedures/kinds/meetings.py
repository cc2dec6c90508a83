"""`convene`: a meeting is called, its day announced, its rolls frozen.
`meeting`: it was held; who was there, and whether that is enough.
"""

import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.procedures import timing
from jiceng.procedures.about import About
from jiceng.procedures.declarations import Procedure, Step
from jiceng.procedures.kinds import counting
from jiceng.procedures.kinds.base import Entered, Field, Given, Judgement, Missing, Plain, Wrong
from jiceng.procedures.kinds.cleaning import clean
from jiceng.procedures.kinds.forms import field_faults, fields_of, spoken
from jiceng.procedures.rolls import ROLLS

CONVENED, HELD, NO_QUORUM = "convened", "held", "no_quorum"


class Convene(Plain):
    """options: body: title; rolls: [code]; notice: key of the lead (optional); fields: as a
    form's, what else is to be said, such as which group meets and who drew up its roll.
    """

    def __init__(self) -> None:
        outcomes = {CONVENED: gettext_lazy("已召集")}
        super().__init__("convene", gettext_lazy("召集会议"), outcomes=outcomes)

    def faults(self, step: Step, procedure: Procedure) -> list[str]:
        rolls = counting.unknown_rolls(step, step.options.get("rolls"))
        return [*_without_body(step), *rolls, *field_faults(step)]

    def fields(self, step: Step, about: About) -> list[Field]:
        return [
            Field("meets_on", _("开会日期"), "day", help=self._earliest(step, about)),
            Field("place", _("地点"), "text", maximum=80),
            Field("agenda", _("议程"), "long", maximum=2000, initial=about.case.title),
            *fields_of(step),
            *counting.roll_fields(step.options["rolls"], about),
        ]

    def enter(self, step: Step, given: Given, about: About) -> Entered:
        entered = clean(self.fields(step, about), given)
        if entered["meets_on"] < about.day.isoformat():
            raise Wrong({"meets_on": _("开会日期不能早于召集日。")})
        return entered | {"rolls": counting.freeze(step.options["rolls"], entered, about)}

    def check(self, step: Step, entered: Entered, about: About) -> Judgement:
        key = step.options.get("notice")
        meets_on = datetime.date.fromisoformat(entered["meets_on"])
        missing = timing.lead_missing(key, about, about.day, meets_on) if key else []
        return Judgement(CONVENED, missing=tuple(missing))

    def words(self, step: Step, data: Entered) -> list[tuple[str, str]]:
        return [
            (_("开会日期"), data["meets_on"]),
            (_("地点"), data["place"]),
            (_("议程"), data["agenda"]),
            *((field.label, spoken(field, data.get(field.code))) for field in fields_of(step)),
            *counting.rolls_in_words(data["rolls"]),
        ]

    def _earliest(self, step: Step, about: About) -> str:
        key = step.options.get("notice")
        return timing.earliest_after_lead(key, about) if key else ""


class Meeting(Plain):
    """options: body: title; convened_by: step whose rolls were frozen, or rolls: [code];
    quorum: [{rule, roll}], one of which suffices; vote: {pass: rule, methods: [oral, hands,
    secret]} when the meeting decides at once; proxies: true.
    """

    def __init__(self) -> None:
        outcomes = {
            HELD: gettext_lazy("已召开"),
            counting.PASSED: gettext_lazy("通过"),
            counting.FAILED: gettext_lazy("未通过"),
            NO_QUORUM: gettext_lazy("不足法定人数"),
        }
        super().__init__("meeting", gettext_lazy("会议"), outcomes=outcomes)

    def outcomes_of(self, step: Step) -> list[str]:
        said = [counting.PASSED, counting.FAILED] if step.options.get("vote") else [HELD]
        merged = [step.options["merge"]["outcome"]] if step.options.get("merge") else []
        return [*said, *merged, NO_QUORUM]

    def outcome_title(self, step: Step, outcome: str) -> str:
        merge = step.options.get("merge", {})
        return (
            _("合并进行")
            if outcome == merge.get("outcome")
            else super().outcome_title(step, outcome)
        )

    def faults(self, step: Step, procedure: Procedure) -> list[str]:
        found = _without_body(step)
        convened = step.options.get("convened_by")
        if convened is None:
            found += counting.unknown_rolls(step, step.options.get("rolls"))
        elif convened not in procedure.codes() or procedure.step(convened).kind != "convene":
            found.append(f"步骤“{step.code}”的召集步骤“{convened}”不是召集会议的步骤。")
        if not step.options.get("quorum"):
            found.append(f"步骤“{step.code}”没有写明法定人数（options.quorum）。")
        return found + counting.vote_faults(step)

    def fields(self, step: Step, about: About) -> list[Field]:
        frozen = counting.rolls_of(step, about)
        return [
            *(counting.roll_fields(step.options["rolls"], about) if frozen is None else []),
            *counting.present_fields(step, about),
            Field("chair", _("主持人"), "text", maximum=40),
            Field("minutes", _("会议记录"), "long", maximum=20_000),
            *counting.vote_fields(step),
            *_merge_field(step),
        ]

    def enter(self, step: Step, given: Given, about: About) -> Entered:
        entered = clean(self.fields(step, about), given)
        rolls = counting.rolls_of(step, about)
        if rolls is None:
            rolls = counting.freeze(step.options["rolls"], entered, about)
        entered["rolls"] = rolls
        counting.refuse_impossible_presence(entered, rolls)
        if step.options.get("vote"):
            counting.refuse_impossible_votes(entered, entered["present"])
        return entered

    def check(self, step: Step, entered: Entered, about: About) -> Judgement:
        missing = tuple(_before_its_day(step, about))
        if not entered["rolls"]:
            return Judgement(HELD, effective=False, missing=(*missing, _not_called(step, about)))
        met, words, warnings = counting.quorum(step, entered, about)
        if not met:
            return Judgement(NO_QUORUM, effective=False, missing=missing, words=words)
        missing += tuple(warnings)
        if not step.options.get("vote"):
            return Judgement(HELD, missing=missing, words=words)
        vote = counting.passed(step.options["vote"]["pass"], entered, entered, about)
        outcome = counting.PASSED if vote.met else counting.FAILED
        missing += vote.warnings
        if vote.met and step.options.get("merge") and entered.get("merged"):
            outcome, missing = _merge(step, about, missing)
        return Judgement(
            outcome, effective=vote.met, missing=missing, words=f"{words}；{vote.words}"
        )

    def words(self, step: Step, data: Entered) -> list[tuple[str, str]]:
        return [
            *counting.rolls_in_words(data["rolls"]),
            (_("到会"), str(data["present"])),
            (_("主持人"), data["chair"]),
            *counting.votes_in_words(data),
            (_("会议记录"), data["minutes"]),
        ]


def _without_body(step: Step) -> list[str]:
    return (
        []
        if step.options.get("body")
        else [f"步骤“{step.code}”没有写明是什么会议（options.body）。"]
    )


def _before_its_day(step: Step, about: About) -> list[Missing]:
    """A meeting held before the day it was called for has not been announced."""
    called: dict[str, Any] = about.data_of(step.options.get("convened_by", ""))
    if called and about.day.isoformat() < called["meets_on"]:
        return [Missing(_("会议通知的开会日期是 %s，提前召开未经通知。") % called["meets_on"])]
    return []


def _not_called(step: Step, about: About) -> Missing:
    called = about.procedure.step(step.options["convened_by"])
    words = _("会议没有经过“%s”，应到人数没有确定。")
    return Missing(words % called.title, source=about.procedure.source)


def _merge_field(step: Step) -> list[Field]:
    merge = step.options.get("merge")
    return [Field("merged", merge["label"], "flag", required=False)] if merge else []


def _merge(
    step: Step, about: About, missing: tuple[Missing, ...]
) -> tuple[str, tuple[Missing, ...]]:
    """Two steps may be merged where the rule has it and one person holds both posts."""
    merge = step.options["merge"]
    rule = about.rule(merge["rule"])
    lacking = list(missing)
    if not about.flag(merge["rule"]):
        lacking.append(
            Missing(_("本地没有规定可以合并进行。"), rule.key, rule.source, rule.refuses)
        )
    if not ROLLS[merge["when"]].count(about.case.unit_id, about.day).count:
        lacking.append(Missing(_("书记和主任不是同一人，不能合并进行。"), rule.key, rule.source))
    return merge["outcome"], tuple(lacking)


KINDS = (Convene(), Meeting())
