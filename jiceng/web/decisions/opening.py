"""Opening a case that is no motion: disclosure, an interpellation, a plain service."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.refusals import NotFound
from jiceng.procedures.operations import open_case
from jiceng.procedures.queries import procedure_for
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.decisions.forms import OpenForm
from jiceng.web.decisions.frames import frame, village_for

_OPENED_HERE = {"disclosure", "interpellation", "plain_item"}  # the others begin with a motion


class BeginsWithAMotion(NotFound):
    """Such a case is opened by putting a motion forward."""


def open_(request: StaffRequest, unit: int, procedure: str) -> HttpResponse:
    found = village_for(request.user, "procedures.advance", unit)
    if procedure not in _OPENED_HERE:
        raise BeginsWithAMotion(_("这类事项请从“提出议题”开始。"))
    declared = procedure_for(procedure)
    initial = {"opened_on": clock.today(), "title": request.GET.get("title", "")}
    form = OpenForm(request.POST or None, initial=initial)
    if form.is_valid():
        with shown_on(form):
            case = open_case(
                procedure,
                unit=found.pk,
                **form.cleaned_data,
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("已开办。"))
            return redirect("web:case", case.number)
    context = {**frame(request.user, found, ""), "procedure": declared, "form": form}
    return form_again(request, "web/decisions/open.html", context)
