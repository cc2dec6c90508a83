"""What the kinds of step of an order share. `take` changes the order in memory; it is written once,
when the case has moved (see `operations.settling`).
"""

import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from jiceng.orders import timing
from jiceng.orders.models import Order, Task
from jiceng.procedures.declarations import Step
from jiceng.procedures.kinds import Entered, Field, Given, Plain, Wrong
from jiceng.procedures.kinds.cleaning import clean
from jiceng.procedures.timing import Due

if TYPE_CHECKING:
    from jiceng.procedures.about import About
    from jiceng.procedures.models import Case

REASON, REPLY = 300, 2000
YES, NO = "yes", "no"


def order_of(about: "About") -> Order:
    """Return the order of the case, the same one throughout the operation."""
    order: Order = about.case.order  # type: ignore[attr-defined]  # the other end of Order.case
    return order


class OrderStep(Plain):
    """What the kinds of step of an order share: their own clocks, and whom they ask."""

    wants: dict[str, str] = {}  # outcome → the field that it cannot do without

    def __init__(self, code: str, title: Any, outcomes: dict[str, Any]) -> None:
        super().__init__(code, title, own_clock=True, outcomes=outcomes)

    def role_for(self, step: Step, case: "Case") -> str:
        return timing.role_at(case.waits_at, step.by)

    def clock(self, step: Step, about: "About", at: datetime.datetime) -> Due | None:
        order = getattr(about.case, "order", None)  # none while the case is being opened
        return timing.due_of_step(step, order, at) if order else None

    def enter(self, step: Step, given: Given, about: "About") -> Entered:
        fields = self.fields(step, about)
        entered = clean(fields, given)
        wanted = self.wants.get(entered.get("outcome", ""), "")
        if wanted and not entered[wanted]:
            label = next(field.label for field in fields if field.code == wanted)
            raise Wrong({wanted: _("请填写“%s”。") % label})
        return entered

    def words(self, step: Step, data: Entered) -> list[tuple[str, str]]:
        said = {YES: _("是"), NO: _("否")}
        titles = {field.code: field for field in self._fields()}
        return [
            (field.label, _("是") if value is True else said.get(value, _chosen(field, value)))
            for code, value in data.items()
            if value not in (None, "")
            and value is not False
            and (field := titles.get(code)) is not None
        ]

    def fields(self, step: Step, about: "About") -> list[Field]:
        return self._fields()

    def _fields(self) -> list[Field]:
        return []


def _chosen(field: Field, value: Any) -> str:
    return str(dict(field.choices).get(value, value))


def main_task(order: Order) -> Any:
    return Task.objects.filter(order=order, part=Task.Part.MAIN, ended_at=None)


def end_main(order: Order, how: Task.Ending, at: datetime.datetime, reason: str = "") -> None:
    main_task(order).update(ended_at=at, ended_as=how, reason=reason)


def give(order: Order, unit: int, at: datetime.datetime, *, accepted: bool = False) -> None:
    """Make a unit the main handler, with a clock of its own from `at` on."""
    clock = timing.handlers_clock(order, at)
    Task.objects.create(
        order=order,
        unit_id=unit,
        part=Task.Part.MAIN,
        given_at=at,
        accepted_at=at if accepted else None,
        due_at=clock.due_at if clock else None,
        due_rule=order.limit_rule,
        provisional=clock.provisional if clock else False,
    )
    order.handler_id = unit
    mark_handler_changed(order)
    order.dispatched_at = order.dispatched_at or at
    order.handler_due_at = clock.due_at if clock else None


def handler_changed(order: Order) -> bool:
    """Say whether this operation has given the order to another unit, or taken it back."""
    return bool(order.__dict__.get("_handler_changed"))


def mark_handler_changed(order: Order) -> None:
    order.__dict__["_handler_changed"] = True


def note_contact(order: Order, data: Entered, at: datetime.datetime) -> None:
    """Keep when the resident was first spoken to."""
    if data.get("contacted") and order.contacted_at is None:
        order.contacted_at = at


def outcome_field(kind: OrderStep) -> Field:
    choices = tuple((code, str(title)) for code, title in kind.outcomes.items())
    return Field("outcome", _("结果"), "choice", choices=choices)


def reason_field(*, required: bool = True) -> Field:
    return Field("reason", _("理由"), "text", required=required, maximum=REASON)


def contacted_field() -> Field:
    return Field("contacted", _("已联系群众"), "flag")
