"""Steps of a complaint about a person's conduct, apart from the unit concerned."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.orders.steps.base import (
    REPLY,
    OrderStep,
    contacted_field,
    give,
    main_task,
    note_contact,
    order_of,
    outcome_field,
    reason_field,
)
from jiceng.procedures.declarations import Step
from jiceng.procedures.kinds import Entered, Field, Judgement

if TYPE_CHECKING:
    from jiceng.procedures.about import About
    from jiceng.procedures.models import Taken


class Screen(OrderStep):
    """A complaint about conduct is taken up, or the person is told where to go instead."""

    wants = {"excluded": "reason"}

    def __init__(self) -> None:
        super().__init__(
            "conduct_screen",
            gettext_lazy("受理"),
            {"taken_up": gettext_lazy("受理"), "excluded": gettext_lazy("不予受理")},
        )

    def _fields(self) -> list[Field]:
        return [outcome_field(self), reason_field(required=False), contacted_field()]

    def check(self, step: Step, entered: Entered, about: "About") -> Judgement:
        return Judgement(entered["outcome"])

    def take(self, taken: "Taken", about: "About") -> None:
        order, at = order_of(about), taken.recorded_at
        note_contact(order, taken.data, at)
        if taken.outcome == "taken_up":
            give(order, about.case.waits_at_id, at, accepted=True)


class Examine(OrderStep):
    """Looked into by whoever took it up; the answer goes to the resident alone."""

    def __init__(self) -> None:
        super().__init__(
            "conduct_examine",
            gettext_lazy("核查"),
            {"done": gettext_lazy("已核查，待回访")},
        )

    def _fields(self) -> list[Field]:
        return [Field("reply", _("给群众的答复"), "long", maximum=REPLY), contacted_field()]

    def check(self, step: Step, entered: Entered, about: "About") -> Judgement:
        return Judgement("done")

    def take(self, taken: "Taken", about: "About") -> None:
        order, at = order_of(about), taken.recorded_at
        note_contact(order, taken.data, at)
        order.done_at = at
        main_task(order).update(replied_at=at, reply=taken.data["reply"])
