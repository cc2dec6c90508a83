"""Recording a place's own value, adopting a practice, ending either."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.registry.models import Unit
from jiceng.rules import words
from jiceng.rules.operations import adopt_rule, end_local_rule, record_local_rule
from jiceng.rules.queries import adoptable, local_rule_for, matter_named, rule_of_row, rules_at
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.rules.forms import AdoptForm, EndForm, RecordForm
from jiceng.web.rules.views import place_asked


def record(request: StaffRequest, key: str) -> HttpResponse:
    """Set the place's own value, as strict as what holds or stricter."""
    today = clock.today()
    unit = place_asked(request, today, "rules.edit")
    matter = matter_named(key)
    here = rules_at(unit, today, key=key).rows
    now = here[0].rule.value if here[0].rule else None
    form = RecordForm(matter, now, request.POST or None, initial={"valid_from": today})
    if form.is_valid():
        given = {**form.cleaned_data}
        with shown_on(form):
            record_local_rule(
                key,
                unit=unit.pk,
                value=given["value"],
                kind=given.get("kind", ""),
                valid_from=given["valid_from"],
                document=given["document"],
                reason=given["reason"],
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            return _done(request, key, unit, _("已登记本地规则。"))
    context = {"unit": unit, "key": key, "title": here[0].title, "here": here, "form": form}
    return form_again(request, "web/rules/record.html", context)


def adopt(request: StaffRequest, key: str) -> HttpResponse:
    """Put the practice of another place into force here."""
    today = clock.today()
    unit = place_asked(request, today, "rules.edit")
    form = AdoptForm(
        adoptable(matter_named(key), today), request.POST or None, initial={"valid_from": today}
    )
    if form.is_valid():
        with shown_on(form):
            adopt_rule(
                form.chosen,
                unit=unit.pk,
                valid_from=form.cleaned_data["valid_from"],
                document=form.cleaned_data["document"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            return _done(request, key, unit, _("已采用，自开始日起不符合的不能继续办理。"))
    here = rules_at(unit, today, key=key).rows
    context = {"unit": unit, "key": key, "title": here[0].title, "here": here, "form": form}
    return form_again(request, "web/rules/adopt.html", context)


def end(request: StaffRequest, number: int) -> HttpResponse:
    """Say from which day on a local rule no longer holds."""
    row, unit = local_rule_for(request.user, "rules.edit", number=number)
    form = EndForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            end_local_rule(
                number, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            return _done(request, row.key, unit, _("已登记终止。"))
    context = {
        "unit": unit,
        "key": row.key,
        "title": words.title_of(row.key),
        "rule": rule_of_row(row, unit),
        "form": form,
    }
    return form_again(request, "web/rules/end.html", context)


def _done(request: StaffRequest, key: str, unit: Unit, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(f"{reverse('web:rule', args=[key])}?unit={unit.pk}")
