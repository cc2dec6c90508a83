"""Rolls, presence and votes: what is asked, what cannot be, and whether it is enough.

Everything is counted in whole numbers (民法典 Art. 1259: 以上 includes, 超过 and 过半 exclude).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jiceng.procedures.about import About
from jiceng.procedures.declarations import Step
from jiceng.procedures.kinds.base import Entered, Field, Missing, Wrong
from jiceng.procedures.rolls import ROLLS
from jiceng.rules.values import Ratio

PASSED, FAILED = "passed", "failed"
VOTES = ("for", "against", "abstain")
Rolls = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Vote:
    met: bool
    words: str
    warnings: tuple[Missing, ...] = ()


# Rolls


def roll_fields(codes: list[str], about: About) -> list[Field]:
    """Ask how many stand on each roll, as the register has it; another number needs a reason."""
    fields = []
    for code in codes:
        known = about.roll(code)
        title = str(ROLLS[code].title)
        fields += [
            Field(
                f"roll_{code}",
                _("应到（%s）") % title,
                "number",
                initial=known.count,
                help=known.source,
            ),
            Field(
                f"roll_{code}_reason",
                _("%s与名录不同的原因") % title,
                "text",
                required=False,
                maximum=200,
            ),
        ]
    return fields


def freeze(codes: list[str], entered: Entered, about: About) -> dict[str, dict[str, Any]]:
    """Take the rolls out of what was entered and keep them as they stand on the day.

    Raises:
        Wrong: a number differs from the register's and nobody says why, or is nought.
    """
    frozen, wrong = {}, {}
    for code in codes:
        known = about.roll(code)
        count, reason = entered.pop(f"roll_{code}"), entered.pop(f"roll_{code}_reason")
        if count == 0:
            wrong[f"roll_{code}"] = _("应到人数不能为零。")
        elif known.count is not None and known.count != count and not reason:
            wrong[f"roll_{code}_reason"] = _(
                "名录中是 %(known)d，填的是 %(count)d，请写明原因，或先更正名录。"
            ) % {"known": known.count, "count": count}
        frozen[code] = {
            "count": count,
            "known": known.count,
            "source": known.source,
            "reason": reason,
        }
    if wrong:
        raise Wrong(wrong)
    return frozen


def rolls_of(step: Step, about: About) -> dict[str, dict[str, Any]] | None:
    """Return the rolls that the calling of the meeting froze; None when it was not called."""
    convened = step.options.get("convened_by")
    if convened is None:
        return None
    found: dict[str, dict[str, Any]] = about.data_of(convened).get("rolls", {})
    return found


def unknown_rolls(step: Step, codes: Any) -> list[str]:
    if not isinstance(codes, list) or not codes:
        return [f"步骤“{step.code}”没有写明应到的名单（options.rolls）。"]
    return [
        f"步骤“{step.code}”的名单“{code}”没有登记。" for code in codes if code not in ROLLS.entries
    ]


def rolls_in_words(rolls: Rolls) -> list[tuple[str, str]]:
    return [
        (
            _("应到（%s）") % ROLLS[code].title,
            f"{roll['count']}" + (f"（{roll['reason']}）" if roll["reason"] else ""),
        )
        for code, roll in rolls.items()
    ]


# Presence


def present_fields(step: Step, about: About) -> list[Field]:
    fields = [Field("present", _("到会人数"), "number")]
    alternatives = step.options["quorum"]
    if len(alternatives) > 1:
        titles = tuple((one["roll"], str(ROLLS[one["roll"]].title)) for one in alternatives)
        fields.append(Field("counted_by", _("到会按什么计"), "choice", choices=titles))
    if step.options.get("proxies"):
        help_text = _("同户家庭成员书面委托；已计入到会人数。")
        fields.append(Field("proxies", _("其中委托"), "number", required=False, help=help_text))
    return fields


def refuse_impossible_presence(entered: Entered, rolls: Rolls) -> None:
    """Raises:
    Wrong: more are present than stand on the roll, or more proxies than present.
    """
    roll = rolls.get(entered.get("counted_by") or next(iter(rolls), ""))
    if roll is None:
        return
    if entered["present"] > roll["count"]:
        words = _("到会 %(present)d 超过应到 %(count)d，请核对。")
        raise Wrong({"present": words % {"present": entered["present"], "count": roll["count"]}})
    if (entered.get("proxies") or 0) > entered["present"]:
        raise Wrong({"proxies": _("委托人数不能超过到会人数。")})


def quorum(step: Step, entered: Entered, about: About) -> tuple[bool, str, list[Missing]]:
    """Say whether enough are present, in words, and what is only advised."""
    chosen = _alternative(step, entered)
    rule, present = about.rule(chosen["rule"]), entered["present"]
    should = entered["rolls"].get(chosen["roll"], {}).get("count", 0)
    ratio = about.ratio(chosen["rule"])
    met, words = _enough(ratio, present, should, _("应到 %(of)d，实到 %(n)d，须 %(needed)d"))
    warnings = [] if met or rule.refuses else [Missing(words, rule.key, rule.source, hard=False)]
    for advised in step.options.get("advised", []):
        other, ratio = about.rule(advised["rule"]), about.ratio(advised["rule"])
        if not ratio.met(present, should):
            _met, said = _enough(
                ratio, present, should, _("应到 %(of)d，实到 %(n)d，本地须 %(needed)d")
            )
            warnings.append(Missing(said, other.key, other.source, hard=other.refuses))
    return met or not rule.refuses, words, warnings


def _alternative(step: Step, entered: Entered) -> dict[str, str]:
    alternatives: list[dict[str, str]] = step.options["quorum"]
    chosen = entered.get("counted_by")
    return next((one for one in alternatives if one["roll"] == chosen), alternatives[0])


def _enough(ratio: Ratio, n: int, of: int, words: str) -> tuple[bool, str]:
    return ratio.met(n, of), words % {"n": n, "of": of, "needed": ratio.needed(of)}


# Votes


def ballot_fields(methods: list[str]) -> list[Field]:
    named = {"oral": _("口头"), "hands": _("举手"), "secret": _("无记名投票")}
    return [
        Field("method", _("表决方式"), "choice", choices=tuple((m, named[m]) for m in methods)),
        Field("for", _("赞成"), "number"),
        Field("against", _("反对"), "number"),
        Field("abstain", _("弃权"), "number"),
    ]


def vote_fields(step: Step) -> list[Field]:
    vote = step.options.get("vote")
    return ballot_fields(vote["methods"]) if vote else []


def refuse_impossible_votes(entered: Entered, present: int) -> None:
    """Raises:
    Wrong: more votes than people present.
    """
    total = sum(entered[vote] for vote in VOTES)
    if total > present:
        words = _("赞成、反对、弃权合计 %(total)d，超过到会 %(present)d，请核对。")
        raise Wrong({"for": words % {"total": total, "present": present}})


def passed(key: str, votes: Entered, meeting: Mapping[str, Any], about: About) -> Vote:
    """Say whether the votes in favour are enough of what the rule counts against."""
    rule, ratio = about.rule(key), about.ratio(key)
    of = _counted_against(ratio.of, votes, meeting)
    words = _("赞成 %(n)d，按 %(of)d 计须 %(needed)d") % {
        "n": votes["for"],
        "needed": ratio.needed(of),
        "of": of,
    }
    met = ratio.met(votes["for"], of)
    if met or rule.refuses or votes["for"] <= votes["against"]:
        return Vote(met, words)  # what nobody must keep warns; but the fewer never prevail
    return Vote(True, words, (Missing(words, rule.key, rule.source, hard=False),))


def _counted_against(base: str, votes: Entered, meeting: Mapping[str, Any]) -> int:
    if base == "present":
        return int(meeting["present"])
    if base == "cast":
        return sum(votes[vote] for vote in VOTES)
    rolls = meeting["rolls"]
    return int(rolls[meeting.get("counted_by") or next(iter(rolls))]["count"])


def votes_in_words(data: Entered) -> list[tuple[str, str]]:
    if "for" not in data:
        return []
    named = {"oral": _("口头"), "hands": _("举手"), "secret": _("无记名投票")}
    return [
        (_("表决方式"), named.get(data["method"], "—")),
        (_("赞成"), str(data["for"])),
        (_("反对"), str(data["against"])),
        (_("弃权"), str(data["abstain"])),
    ]


def vote_faults(step: Step) -> list[str]:
    vote = step.options.get("vote")
    return _vote_faults(step, vote) if vote else []


def ballot_faults(step: Step) -> list[str]:
    return _vote_faults(step, step.options)


def _vote_faults(step: Step, vote: Mapping[str, Any]) -> list[str]:
    found = [] if vote.get("pass") else [f"步骤“{step.code}”没有写明通过的规则（pass）。"]
    methods = vote.get("methods")
    if not methods or set(methods) - {"oral", "hands", "secret"}:
        found.append(f"步骤“{step.code}”的表决方式应取自 oral、hands、secret。")
    return found
