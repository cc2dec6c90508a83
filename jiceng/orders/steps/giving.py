"""Steps by which an order finds its handler."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.clock import day_of
from jiceng.orders.merging import target_of
from jiceng.orders.models import Task
from jiceng.orders.queries.giving import check_may_be_given
from jiceng.orders.queries.stations import above_of
from jiceng.orders.steps.base import (
    OrderStep,
    contacted_field,
    end_main,
    give,
    main_task,
    note_contact,
    order_of,
    outcome_field,
    reason_field,
)
from jiceng.procedures.declarations import Step
from jiceng.procedures.kinds import Entered, Field, Given, Judgement, Missing

if TYPE_CHECKING:
    from jiceng.procedures.about import About
    from jiceng.procedures.models import Taken


class Dispatch(OrderStep):
    """Whose it is: a unit below, or whoever is above; or not an order at all."""

    wants = {
        "dispatched": "handler",
        "excluded": "exclusion",
        "merged": "into",
        "passed_up": "reason",
    }

    def __init__(self) -> None:
        super().__init__(
            "order_dispatch",
            gettext_lazy("派单"),
            {
                "dispatched": gettext_lazy("已派单"),
                "passed_up": gettext_lazy("报上一级"),
                "excluded": gettext_lazy("不予受理"),
                "merged": gettext_lazy("并入相同诉求"),
            },
        )

    def _fields(self) -> list[Field]:
        return [
            outcome_field(self),
            Field("handler", _("承办单位"), "number", required=False),
            Field("exclusion", _("不予受理的情形"), "text", required=False, maximum=40),
            Field("into", _("并入"), "text", required=False, maximum=24),
            reason_field(required=False),
        ]

    def enter(self, step: Step, given: Given, about: "About") -> Entered:
        """Keep from where it was dispatched: there it comes back to."""
        return super().enter(step, given, about) | {"from": about.case.waits_at_id}

    def check(self, step: Step, entered: Entered, about: "About") -> Judgement:
        order, outcome = order_of(about), entered["outcome"]
        missing: tuple[Missing, ...] = ()
        if outcome == "dispatched":
            missing = check_may_be_given(order, entered["handler"], about)
        if outcome == "merged":
            target_of(order, entered["into"])
        return Judgement(outcome, missing=missing)

    def take(self, taken: "Taken", about: "About") -> None:
        order, at, data = order_of(about), taken.recorded_at, taken.data
        if taken.outcome == "dispatched":
            give(order, data["handler"], at)
            about.case.waits_at_id = data["handler"]
        elif taken.outcome == "merged":
            order.merged_into = target_of(order, data["into"])
        elif taken.outcome == "passed_up":
            about.case.waits_at_id = above_of(about.case.waits_at_id, day_of(at)).unit


class Accept(OrderStep):
    """First receiver responsible: taken on, or objected to with a reason."""

    wants = {"objected": "reason"}

    def __init__(self) -> None:
        super().__init__(
            "order_accept",
            gettext_lazy("接单"),
            {"accepted": gettext_lazy("已接单"), "objected": gettext_lazy("对派单有异议")},
        )

    def _fields(self) -> list[Field]:
        return [outcome_field(self), reason_field(required=False), contacted_field()]

    def check(self, step: Step, entered: Entered, about: "About") -> Judgement:
        return Judgement(entered["outcome"])

    def take(self, taken: "Taken", about: "About") -> None:
        order, at = order_of(about), taken.recorded_at
        note_contact(order, taken.data, at)
        if taken.outcome == "accepted":
            main_task(order).update(accepted_at=at)
        else:
            about.case.waits_at_id = above_of(about.case.waits_at_id, day_of(at)).unit


class Review(OrderStep):
    """An objection to a dispatch is judged one level up."""

    wants = {"redirected": "handler"}

    def __init__(self) -> None:
        super().__init__(
            "order_review",
            gettext_lazy("复核派单异议"),
            {"kept": gettext_lazy("仍由原单位办理"), "redirected": gettext_lazy("改派")},
        )

    def _fields(self) -> list[Field]:
        return [
            outcome_field(self),
            Field("handler", _("改派给"), "number", required=False),
            reason_field(),
        ]

    def check(self, step: Step, entered: Entered, about: "About") -> Judgement:
        missing: tuple[Missing, ...] = ()
        if entered["outcome"] == "redirected":
            missing = check_may_be_given(order_of(about), entered["handler"], about)
        return Judgement(entered["outcome"], missing=missing)

    def take(self, taken: "Taken", about: "About") -> None:
        order, at = order_of(about), taken.recorded_at
        if taken.outcome == "redirected":
            end_main(order, Task.Ending.REDIRECTED, at, taken.data["reason"])
            give(order, taken.data["handler"], at)
        assert order.handler_id is not None
        about.case.waits_at_id = order.handler_id
