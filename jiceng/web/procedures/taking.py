"""Taking a step, and correcting one: the form comes back filled, whatever is missing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.procedures import operations
from jiceng.procedures.kinds import Field, Wrong, kind_of
from jiceng.procedures.kinds.cleaning import as_typed
from jiceng.procedures.models import Taken
from jiceng.procedures.queries import about_of, case_for, entry_of, sheets_of, step_for
from jiceng.procedures.refusals import Lacking
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.procedures.forms import AS_FACT, DESPITE, CorrectionForm, StepForm

_TEMPLATE = "web/procedures/step.html"


def step(request: StaffRequest, number: str, step: str) -> HttpResponse:
    today = clock.today()
    case = case_for(request.user, "procedures.advance", number=number, today=today)
    declared = step_for(case, step)
    about = about_of(case, declared, today, request.user)
    kind = kind_of(declared.kind)
    initial = {"seen": case.version, "happened_on": today}
    form = StepForm(kind.fields(declared, about), request.POST or None, initial=initial)
    if form.is_valid():
        enter = operations.enter_sheet if kind.twice else operations.take_step
        with shown_on(form), _said_on(form):
            taken = enter(
                number,
                step,
                form.given,
                happened_on=form.happened,
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=clock.now(),
                key=request.key,
                how=form.how,
            )
            messages.success(request, _sentence(taken))
            return redirect("web:case", number)
    context = {
        "case": case,
        "step": declared,
        "form": form,
        "sheets": sheets_of(case, declared.code) if kind.twice else [],
        "twice": kind.twice,
    }
    return form_again(request, _TEMPLATE, context)


def correct(request: StaffRequest, number: str, sequence: int) -> HttpResponse:
    today = clock.today()
    case = case_for(request.user, "procedures.advance", number=number, today=today)
    old = entry_of(case, sequence)
    declared = step_for(case, old.step)
    about = about_of(case, declared, old.happened_on, request.user)
    fields = kind_of(declared.kind).fields(declared, about)
    initial = {"seen": case.version, "happened_on": old.happened_on} | _again(old, fields)
    form = CorrectionForm(fields, request.POST or None, initial=initial)
    if form.is_valid():
        with shown_on(form), _said_on(form):
            operations.correct_step(
                number,
                sequence,
                form.given,
                happened_on=form.happened,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=clock.now(),
                key=request.key,
                how=form.how,
            )
            messages.success(request, _("已更正，原来的记录保留。"))
            return redirect("web:case", number)
    context = {"case": case, "step": declared, "form": form, "old": old}
    return form_again(request, _TEMPLATE, context)


def _again(old: Taken, fields: Iterable[Field]) -> dict[str, object]:
    """Return what was entered, so that only what is wrong has to be typed."""
    rolls = {f"roll_{code}": roll["count"] for code, roll in old.data.get("rolls", {}).items()}
    reasons = {
        f"roll_{code}_reason": roll["reason"] for code, roll in old.data.get("rolls", {}).items()
    }
    typed = {field.code: as_typed(field, old.data.get(field.code)) for field in fields}
    return {**typed, **rolls, **reasons}


def _sentence(taken: Taken | None) -> str:
    if taken is None:
        return _("已录入，等待第二人录入同一张计票单。")
    if not taken.effective:
        return _("已照实登记：%s。没有效力，事项按规定留在或退到相应步骤。") % (
            taken.words or "；".join(taken.lacked)
        )
    return _("已登记。%s") % taken.words


@contextmanager
def _said_on(form: StepForm) -> Iterator[None]:
    """Put faults at their fields, and offer the box that what is missing leaves open."""
    try:
        yield
    except Wrong as wrong:
        form.put(wrong)
    except Lacking as lacking:
        form.add_error(None, [lacking.sentence, *lacking.details])
        form.offer(AS_FACT if any(one.hard for one in lacking.missing) else DESPITE)
