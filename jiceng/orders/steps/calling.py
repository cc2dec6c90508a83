"""The call-back: whether the resident was reached, and what came of it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.clock import day_of
from jiceng.orders import timing
from jiceng.orders.models import Task
from jiceng.orders.queries.stations import above_of
from jiceng.orders.steps.base import (
    NO,
    REPLY,
    YES,
    OrderStep,
    end_main,
    give,
    order_of,
)
from jiceng.procedures.declarations import Step
from jiceng.procedures.kinds import Entered, Field, Judgement
from jiceng.rules.values import Number

if TYPE_CHECKING:
    from jiceng.procedures.about import About
    from jiceng.procedures.models import Taken


class CallBack(OrderStep):
    """Asked by the level above, or answered by the resident with the code: reached, solved,
    satisfied. Not satisfied once, it is returned; the second time the level above takes over.
    """

    def __init__(self) -> None:
        super().__init__(
            "order_call_back",
            gettext_lazy("回访"),
            {
                "closed": gettext_lazy("结案"),
                "again": gettext_lazy("退回重办"),
                "above": gettext_lazy("由上一级办理"),
                "not_reached": gettext_lazy("暂未联系上"),
                "unreachable": gettext_lazy("联系不上"),
            },
        )

    def outcomes_of(self, step: Step) -> list[str]:
        last = {"again", "above"} if step.options.get("last") else set()
        return [code for code in self.outcomes if code not in last]

    def _fields(self) -> list[Field]:
        answers = ((YES, _("是")), (NO, _("否")))
        return [
            Field("reached", _("是否联系上"), "choice", choices=answers),
            Field("solved", _("是否解决"), "choice", required=False, choices=answers),
            Field("satisfied", _("是否满意"), "choice", required=False, choices=answers),
            Field("note", _("群众怎么说"), "long", required=False, maximum=REPLY),
        ]

    def check(self, step: Step, entered: Entered, about: "About") -> Judgement:
        if entered["reached"] == NO:
            return Judgement(self._unreached(step, about))
        good = entered["solved"] == YES and entered["satisfied"] == YES
        if good or step.options.get("last"):
            return Judgement("closed")
        return Judgement("above" if order_of(about).times_returned else "again")

    def _unreached(self, step: Step, about: "About") -> str:
        rule = timing.rule_of("order.call_back_tries", order_of(about), about.day)
        most = rule.value.count if rule and isinstance(rule.value, Number) else 1
        taken = about.case.taken.filter(step=step.code, outcome="not_reached")
        return "unreachable" if taken.count() + 1 >= most else "not_reached"

    def take(self, taken: "Taken", about: "About") -> None:
        order, at, data = order_of(about), taken.recorded_at, taken.data
        order.reached = data["reached"] == YES
        order.solved = data["solved"] == YES if order.reached else None
        order.satisfied = data["satisfied"] == YES if order.reached else None
        handler = order.handler_id
        if handler is None or taken.outcome not in ("again", "above"):
            return
        if taken.outcome == "again":
            order.times_returned += 1
            end_main(order, Task.Ending.RETURNED, at, _("群众不满意，退回重办"))
            give(order, handler, at, accepted=True)
            about.case.waits_at_id = handler
        else:
            end_main(order, Task.Ending.TAKEN_OVER, at, _("群众仍不满意，由上一级办理"))
            unit = above_of(handler, day_of(at)).unit
            give(order, unit, at, accepted=True)
            about.case.waits_at_id = unit
