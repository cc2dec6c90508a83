"""What may be done with an order: at its step by whose turn it is, and beside its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.refusals import NotFound
from jiceng.orders import catalogue, operations
from jiceng.orders.models import Order
from jiceng.orders.queries.reading import Sight
from jiceng.web.orders import forms

CALLS = frozenset({"call_back", "last_call_back"})
HANDLES = frozenset({"handle", "settle", "examine"})


class NoSuchAct(NotFound):
    """There is no such thing to be done with an order."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something to be done: its form, and the operation that takes what the form gives."""

    code: str
    title: Promise
    steps: frozenset[str]  # empty: beside the steps, see `when`
    form: type[forms.ActForm]
    operation: Callable[..., Any]
    permission: str
    done: Promise
    note: Promise | str = ""
    when: Callable[[Order, Sight], bool] | None = None  # whether it makes sense now


def _pausable(order: Order, _sight: Sight) -> bool:
    return order.step in HANDLES and order.paused_at is None


def _paused(order: Order, _sight: Sight) -> bool:
    return order.paused_at is not None


def _extensible(order: Order, sight: Sight) -> bool:
    return order.step in HANDLES and sight.extension is None


def _to_decide(_order: Order, sight: Sight) -> bool:
    asked = sight.extension
    return asked is not None and asked.granted is None and asked.unit_id in sight.oversees


def _callable(order: Order, sight: Sight) -> bool:
    open_duty = not order.closed and order.track == Order.Track.DUTY
    return open_duty and sight.township in sight.oversees


def _assisted(order: Order, sight: Sight) -> bool:
    return not order.closed and bool(order.handler_id) and order.receiver_id in sight.oversees


def _releasable(order: Order, sight: Sight) -> bool:
    service = catalogue.shipped().services.get(order.kind)
    return bool(service and service.public) and "orders.release" in sight.may


def _released(_order: Order, sight: Sight) -> bool:
    return sight.released is not None and "orders.release" in sight.may


# At a step, by whose turn it is.
ACTS = {
    act.code: act
    for act in (
        Act(
            "dispatch",
            gettext_lazy("派单"),
            frozenset({"dispatch"}),
            forms.DispatchForm,
            operations.dispatch,
            "orders.dispatch",
            gettext_lazy("已派单。"),
        ),
        Act(
            "pass-up",
            gettext_lazy("报上一级派单"),
            frozenset({"dispatch"}),
            forms.ReasonForm,
            operations.pass_up,
            "orders.dispatch",
            gettext_lazy("已报上一级。"),
            gettext_lazy("职责不在本级及下级的，写明理由，由上一级派单。"),
        ),
        Act(
            "exclude",
            gettext_lazy("不予受理"),
            frozenset({"dispatch", "screen"}),
            forms.ExcludeForm,
            operations.exclude,
            "orders.dispatch",
            gettext_lazy("已告知不予受理和该去的地方。"),
        ),
        Act(
            "accept",
            gettext_lazy("接单"),
            frozenset({"accept"}),
            forms.AcceptForm,
            operations.accept,
            "orders.handle",
            gettext_lazy("已接单。"),
        ),
        Act(
            "object",
            gettext_lazy("对派单有异议"),
            frozenset({"accept"}),
            forms.ReasonForm,
            operations.object_to_dispatch,
            "orders.handle",
            gettext_lazy("已提出异议，等上一级复核。"),
            gettext_lazy("不是本单位职责的，写明理由，由上一级复核；复核前不必办理。"),
        ),
        Act(
            "review",
            gettext_lazy("复核异议"),
            frozenset({"review"}),
            forms.ReviewForm,
            operations.review_objection,
            "orders.oversee",
            gettext_lazy("已复核。"),
        ),
        Act(
            "finish",
            gettext_lazy("办结并答复"),
            HANDLES,
            forms.FinishForm,
            operations.finish,
            "orders.handle",
            gettext_lazy("已办结，等回访。"),
        ),
        Act(
            "give-back",
            gettext_lazy("退回派单"),
            frozenset({"handle"}),
            forms.ReasonForm,
            operations.give_back,
            "orders.handle",
            gettext_lazy("已退回，本单位停止计时。"),
            gettext_lazy("退回后本单位的时限停止，由派单的单位改派。"),
        ),
        Act(
            "ask-to-end",
            gettext_lazy("申请终止"),
            frozenset({"handle"}),
            forms.ReasonForm,
            operations.ask_to_end,
            "orders.handle",
            gettext_lazy("已申请终止，等上一级审核。"),
            gettext_lazy("客观上办不了的才申请终止；是否终止由上一级决定。"),
        ),
        Act(
            "ending",
            gettext_lazy("审核终止"),
            frozenset({"ending"}),
            forms.EndingForm,
            operations.judge_ending,
            "orders.oversee",
            gettext_lazy("已审核。"),
        ),
        Act(
            "call-back",
            gettext_lazy("回访"),
            CALLS,
            forms.CallBackForm,
            operations.call_back,
            "orders.call_back",
            gettext_lazy("已登记回访。"),
            gettext_lazy("没有解决或者不满意的，退回重办一次；再不满意，由上一级接办。"),
        ),
        Act(
            "take-up",
            gettext_lazy("受理"),
            frozenset({"screen"}),
            forms.ActForm,
            operations.take_up,
            "orders.conduct",
            gettext_lazy("已受理。"),
        ),
        Act(
            "merge",
            gettext_lazy("并入相同诉求"),
            frozenset({"dispatch"}),
            forms.MergeForm,
            operations.merge,
            "orders.dispatch",
            gettext_lazy("已并入。"),
            gettext_lazy("同一件事只办一次；群众凭各自的查询码都看得到结果。"),
        ),
    )
}

BESIDE = {
    act.code: act
    for act in (
        Act(
            "pause",
            gettext_lazy("暂停计时"),
            frozenset(),
            forms.PauseForm,
            operations.pause,
            "orders.handle",
            gettext_lazy("已暂停计时。"),
            gettext_lazy("只有列出的原因可以暂停，群众看得到原因。"),
            when=_pausable,
        ),
        Act(
            "resume",
            gettext_lazy("恢复计时"),
            frozenset(),
            forms.ActForm,
            operations.resume,
            "orders.handle",
            gettext_lazy("已恢复计时。"),
            when=_paused,
        ),
        Act(
            "extend",
            gettext_lazy("申请延期"),
            frozenset(),
            forms.WhyForm,
            operations.ask_extension,
            "orders.handle",
            gettext_lazy("已申请延期，等上一级答复。"),
            gettext_lazy("每件诉求只能申请一次，批准后群众看得到新的期限。"),
            when=_extensible,
        ),
        Act(
            "decide-extension",
            gettext_lazy("答复延期申请"),
            frozenset(),
            forms.ExtensionForm,
            operations.decide_extension,
            "orders.oversee",
            gettext_lazy("已答复。"),
            when=_to_decide,
        ),
        Act(
            "call-in",
            gettext_lazy("吹哨：请部门到场"),
            frozenset(),
            forms.CallInForm,
            operations.call_in,
            "orders.oversee",
            gettext_lazy("已吹哨。"),
            gettext_lazy("每个部门各有答复时限，由乡镇评价答复；主办单位不变。"),
            when=_callable,
        ),
        Act(
            "assist",
            gettext_lazy("请单位协办"),
            frozenset(),
            forms.AssistForm,
            operations.ask_to_assist,
            "orders.oversee",
            gettext_lazy("已请协办。"),
            when=_assisted,
        ),
        Act(
            "release",
            gettext_lazy("公开摘要"),
            frozenset(),
            forms.ReleaseForm,
            operations.release_summary,
            "orders.release",
            gettext_lazy("已公开。"),
            gettext_lazy("自己改写一段，不抄原话，不写人。发出前会检查有没有号码和姓名。"),
            when=_releasable,
        ),
        Act(
            "take-off",
            gettext_lazy("撤下公开的摘要"),
            frozenset(),
            forms.ActForm,
            operations.take_off_board,
            "orders.release",
            gettext_lazy("已撤下。"),
            when=_released,
        ),
    )
}

TASKS = {
    act.code: act
    for act in (
        Act(
            "answer",
            gettext_lazy("答复"),
            frozenset(),
            forms.AnswerForm,
            operations.answer_task,
            "orders.handle",
            gettext_lazy("已答复。"),
        ),
        Act(
            "return",
            gettext_lazy("退回"),
            frozenset(),
            forms.ReasonForm,
            operations.return_task,
            "orders.handle",
            gettext_lazy("已退回，本单位停止计时。"),
        ),
        Act(
            "judge",
            gettext_lazy("评价答复"),
            frozenset(),
            forms.JudgeForm,
            operations.judge_task,
            "orders.oversee",
            gettext_lazy("已评价。"),
        ),
    )
}


def acts_at(order: Order) -> list[Act]:
    """Return what may be done with an order at its step, the usual thing first."""
    found = [act for act in ACTS.values() if order.step in act.steps]
    return sorted(found, key=lambda act: act.code == "exclude")


def acts_beside(order: Order, sight: Sight, *, mine: bool) -> list[Act]:
    """Return what may be done beside the steps; `mine`: it is the reader's turn."""
    return [
        act
        for act in BESIDE.values()
        if act.when and act.when(order, sight) and (mine or act.permission != "orders.handle")
    ]


def act_of(code: str, among: dict[str, Act]) -> Act:
    """Return an act by its code.

    Raises:
        NoSuchAct: there is none.
    """
    if code not in among:
        raise NoSuchAct(_("没有这种操作。"))
    return among[code]
