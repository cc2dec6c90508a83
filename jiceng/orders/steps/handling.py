"""Steps by which an order is done, and what it takes to end one that cannot be."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.clock import day_of
from jiceng.orders.models import Task
from jiceng.orders.queries.stations import above_of
from jiceng.orders.steps.base import (
    REPLY,
    OrderStep,
    contacted_field,
    end_main,
    main_task,
    mark_handler_changed,
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


class Handle(OrderStep):
    """Done and answered, given back with a reason, or found impossible."""

    wants = {"done": "reply", "given_back": "reason", "asked_to_end": "reason"}

    def __init__(self) -> None:
        super().__init__(
            "order_handle",
            gettext_lazy("办理"),
            {
                "done": gettext_lazy("已办结，待回访"),
                "given_back": gettext_lazy("退回派单"),
                "asked_to_end": gettext_lazy("申请终止"),
            },
        )

    def _fields(self) -> list[Field]:
        return [
            outcome_field(self),
            Field("reply", _("给群众的答复"), "long", required=False, maximum=REPLY),
            reason_field(required=False),
            contacted_field(),
        ]

    def check(self, step: Step, entered: Entered, about: "About") -> Judgement:
        return Judgement(entered["outcome"])

    def take(self, taken: "Taken", about: "About") -> None:
        order, at, data = order_of(about), taken.recorded_at, taken.data
        note_contact(order, data, at)
        if taken.outcome == "done":
            order.done_at = at
            main_task(order).update(replied_at=at, reply=data["reply"])
        if taken.outcome == "given_back":
            end_main(order, Task.Ending.RETURNED, at, data["reason"])
            order.handler = None
            mark_handler_changed(order)
            about.case.waits_at_id = about.data_of("dispatch")["from"]
        else:
            about.case.waits_at_id = above_of(about.case.waits_at_id, day_of(at)).unit


class Ending(OrderStep):
    """Whether an order ends that cannot be done is not for its handler to say."""

    def __init__(self) -> None:
        super().__init__(
            "order_ending",
            gettext_lazy("审核终止"),
            {"ended": gettext_lazy("同意终止"), "refused": gettext_lazy("继续办理")},
        )

    def _fields(self) -> list[Field]:
        return [outcome_field(self), reason_field()]

    def check(self, step: Step, entered: Entered, about: "About") -> Judgement:
        return Judgement(entered["outcome"])

    def take(self, taken: "Taken", about: "About") -> None:
        order = order_of(about)
        if taken.outcome == "refused" and order.handler_id is not None:
            about.case.waits_at_id = order.handler_id


class Settle(Handle):
    """The level above has taken over: it does what is to be done."""

    def __init__(self) -> None:
        OrderStep.__init__(
            self,
            "order_settle",
            gettext_lazy("上一级办理"),
            {"done": gettext_lazy("已办结，待回访")},
        )
