"""`form`: fields of the procedure's own; the outcome may be one of its choices."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.procedures.about import About
from jiceng.procedures.declarations import Procedure, Step
from jiceng.procedures.kinds.base import Entered, Field, Given, Judgement, Plain
from jiceng.procedures.kinds.cleaning import clean

DONE = "done"
_KINDS = {"text", "long", "day", "number", "choice", "flag", "money"}


class Form(Plain):
    """options: fields: [{code, label, kind, required, maximum, choices: {code: title}, help}];
    outcome: code of a choice field whose choices are the outcomes.
    """

    def __init__(self) -> None:
        super().__init__("form", gettext_lazy("登记"), outcomes={DONE: gettext_lazy("已登记")})

    def outcomes_of(self, step: Step) -> Collection[str]:
        field = _deciding(step)
        return [code for code, _title in field.choices] if field else [DONE]

    def outcome_title(self, step: Step, outcome: str) -> str:
        field = _deciding(step)
        titles = dict(field.choices) if field else {}
        return titles.get(outcome) or super().outcome_title(step, outcome)

    def faults(self, step: Step, procedure: Procedure) -> list[str]:
        fields = step.options.get("fields")
        if not isinstance(fields, list) or not fields:
            return [f"步骤“{step.code}”没有写明要登记的项目（options.fields）。"]
        found = field_faults(step)
        named = step.options.get("outcome")
        if named and _deciding(step) is None:
            found.append(f"步骤“{step.code}”的结果项目“{named}”不是选择项。")
        return found

    def fields(self, step: Step, about: About) -> list[Field]:
        return fields_of(step)

    def enter(self, step: Step, given: Given, about: About) -> Entered:
        return clean(fields_of(step), given)

    def check(self, step: Step, entered: Entered, about: About) -> Judgement:
        field = _deciding(step)
        return Judgement(entered[field.code] if field else DONE)

    def words(self, step: Step, data: Entered) -> list[tuple[str, str]]:
        return [(field.label, spoken(field, data.get(field.code))) for field in fields_of(step)]


def field_faults(step: Step) -> list[str]:
    """Return what is wrong with the fields that a step declares of its own."""
    return [
        f"步骤“{step.code}”的项目“{one.get('code', '')}”没有代码、名称或可认的种类。"
        for one in step.options.get("fields", [])
        if not one.get("code") or not one.get("label") or one.get("kind") not in _KINDS
    ]


def fields_of(step: Step) -> list[Field]:
    return [
        Field(
            code=one["code"],
            label=one["label"],
            kind=one["kind"],
            required=one.get("required", True),
            maximum=one.get("maximum", 0),
            choices=tuple((str(code), title) for code, title in one.get("choices", {}).items()),
            help=one.get("help", ""),
        )
        for one in step.options.get("fields", [])
    ]


def spoken(field: Field, value: Any) -> str:
    if value is None:
        return "—"
    if field.kind == "flag":
        return _("是") if value else _("否")
    if field.kind == "money":
        return _("%s 元") % f"{value // 100:,}.{value % 100:02d}"
    return dict(field.choices).get(value, str(value))


def _deciding(step: Step) -> Field | None:
    """Return the choice field whose choices are the step's outcomes."""
    named = step.options.get("outcome")
    fields = [one for one in fields_of(step) if one.code == named and one.kind == "choice"]
    return fields[0] if fields else None


KINDS = (Form(),)
