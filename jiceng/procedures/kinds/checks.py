"""`check`: a list of questions answered one by one; one "no" returns the matter.
`confirm`: a responsible person says yes, or returns it with a reason.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.procedures.about import About
from jiceng.procedures.declarations import Procedure, Step
from jiceng.procedures.kinds.base import Entered, Field, Given, Judgement, Plain, Wrong
from jiceng.procedures.kinds.cleaning import clean

PASSED, RETURNED, CONFIRMED = "passed", "returned", "confirmed"


class Check(Plain):
    """options: items: [{code, label, source}]."""

    def __init__(self) -> None:
        outcomes = {PASSED: gettext_lazy("审查通过"), RETURNED: gettext_lazy("退回")}
        super().__init__("check", gettext_lazy("审查"), outcomes=outcomes)

    def faults(self, step: Step, procedure: Procedure) -> list[str]:
        items = step.options.get("items")
        if (
            isinstance(items, list)
            and items
            and all(i.get("code") and i.get("label") for i in items)
        ):
            return []
        return [f"步骤“{step.code}”没有写明要审查的各项（options.items 的 code 与 label）。"]

    def fields(self, step: Step, about: About) -> list[Field]:
        answers = (("yes", _("符合")), ("no", _("不符合")))
        items = [
            Field(i["code"], i["label"], "choice", choices=answers, help=i.get("source", ""))
            for i in step.options["items"]
        ]
        return [*items, _note()]

    def enter(self, step: Step, given: Given, about: About) -> Entered:
        entered = clean(self.fields(step, about), given)
        if "no" in entered.values() and not entered["note"]:
            raise Wrong({"note": _("有不符合的项目，请在“意见”里写明哪里不符合、怎样改。")})
        return entered

    def check(self, step: Step, entered: Entered, about: About) -> Judgement:
        return Judgement(RETURNED if "no" in entered.values() else PASSED)

    def words(self, step: Step, data: Entered) -> list[tuple[str, str]]:
        said = {"yes": _("符合"), "no": _("不符合")}
        rows = [(i["label"], said.get(data.get(i["code"], ""), "—")) for i in step.options["items"]]
        return [*rows, (_("意见"), data.get("note") or "—")]


class Confirm(Plain):
    """options: none needed. Its roles are such that confirm; a clerk only prepares."""

    def __init__(self) -> None:
        outcomes = {CONFIRMED: gettext_lazy("已确认"), RETURNED: gettext_lazy("退回")}
        super().__init__("confirm", gettext_lazy("确认"), outcomes=outcomes)

    def fields(self, step: Step, about: About) -> list[Field]:
        choices = tuple((code, str(title)) for code, title in self.outcomes.items())
        return [Field("decision", _("决定"), "choice", choices=choices), _note()]

    def enter(self, step: Step, given: Given, about: About) -> Entered:
        entered = clean(self.fields(step, about), given)
        if entered["decision"] == RETURNED and not entered["note"]:
            raise Wrong({"note": _("退回请写明理由。")})
        return entered

    def check(self, step: Step, entered: Entered, about: About) -> Judgement:
        return Judgement(entered["decision"])

    def words(self, step: Step, data: Entered) -> list[tuple[str, str]]:
        return [
            (_("决定"), self.outcome_title(step, data["decision"])),
            (_("意见"), data.get("note") or "—"),
        ]


def _note() -> Field:
    return Field("note", _("意见"), "long", required=False, maximum=2000)


KINDS = (Check(), Confirm())
