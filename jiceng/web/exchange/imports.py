"""Files sent in: upload, preview, decide, apply, watch, undo."""

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiceng.core import clock
from jiceng.exchange import operations
from jiceng.exchange.declarations import KINDS
from jiceng.exchange.effects import effects_of
from jiceng.exchange.models import Import
from jiceng.exchange.queries import (
    faulty_workbook,
    import_for,
    imports_for,
    kind_for,
    kinds_for,
    preview_of,
)
from jiceng.exchange.sheets import write_template
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.exchange.forms import ApplyForm, UndoForm, UploadForm

_TONES = {
    Import.State.APPLIED: "good",
    Import.State.PREVIEWED: "warn",
    Import.State.REFUSED: "bad",
    Import.State.FAILED: "bad",
    Import.State.INTERRUPTED: "bad",
}


def imports(request: StaffRequest) -> HttpResponse:
    kinds = kinds_for(request.user, "exchange.import")
    page = page_of(request, imports_for(request.user))
    rows = [(one, KINDS[one.kind].title, _tone(one)) for one in page]
    context = {"page": page, "rows": rows, "kinds": kinds}
    return render(request, "web/exchange/imports.html", context)


def upload(request: StaffRequest) -> HttpResponse:
    kinds = kinds_for(request.user, "exchange.import")
    first = {"day": clock.today(), "kind": request.GET.get("kind", "")}
    form = UploadForm(kinds, request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            one = operations.receive(
                form.cleaned_data["file"].chunks(),
                kind=form.cleaned_data["kind"],
                name=form.cleaned_data["file"].name,
                day=form.cleaned_data["day"],
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            return redirect("web:import", one.pk)
    return form_again(request, "web/exchange/upload.html", {"form": form, "kinds": kinds})


def template(request: StaffRequest, kind: str) -> FileResponse:
    """Answer with the workbook to fill in."""
    found = kind_for(request.user, "exchange.import", kind)
    file = io.BytesIO()
    write_template(found, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("%s模板.xlsx") % found.title)


def one_import(request: StaffRequest, number: int) -> HttpResponse:
    one = import_for(request.user, number)
    return render(request, "web/exchange/import.html", _context(request, one))


def progress(request: StaffRequest, number: int) -> HttpResponse:
    """Answer with the progress line; when the work is done, with the whole page."""
    one = import_for(request.user, number)
    response = render(request, "web/exchange/_progress.html", _context(request, one))
    if not one.working:
        response["HX-Refresh"] = "true"
    return response


def _context(request: StaffRequest, one: Import) -> dict[str, Any]:
    waiting = one.state == Import.State.PREVIEWED
    what = request.GET.get("what", "")
    sorts, rows = effects_of(one, what) if waiting else ([], [])
    return {
        "what": what,
        "sorts": sorts,
        "page": page_of(request, rows),
        "one": one,
        "kind": KINDS[one.kind],
        "tone": _tone(one),
        "share": one.done * 100 // one.total if one.total else 0,
        "preview": preview_of(one),
        "apply_form": ApplyForm(),
        "undo_form": UndoForm(),
    }


def _tone(one: Import) -> str:
    return _TONES.get(Import.State(one.state), "idle")


def faulty(request: StaffRequest, number: int) -> FileResponse:
    one = import_for(request.user, number)
    path = faulty_workbook(one)
    return FileResponse(path.open("rb"), as_attachment=True, filename=_("有误的行.xlsx"))


@require_POST
def decide(request: StaffRequest, number: int) -> HttpResponse:
    one = import_for(request.user, number)
    decisions = {
        int(name.removeprefix("row-")): value
        for name, value in request.POST.items()
        if name.startswith("row-") and name[4:].isdigit() and isinstance(value, str) and value
    }
    operations.decide(one, decisions, by=request.user, at=clock.now(), key=request.key)
    messages.success(request, _("已认定 %d 行。") % len(decisions))
    return redirect("web:import", number)


@require_POST
def apply(request: StaffRequest, number: int) -> HttpResponse:
    one = import_for(request.user, number)
    form = ApplyForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            operations.begin_applying(
                one,
                skip_faulty=form.cleaned_data["skip_faulty"],
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            return redirect("web:import", number)
    context = {**_context(request, one), "apply_form": form}
    return form_again(request, "web/exchange/import.html", context)


@require_POST
def undo(request: StaffRequest, number: int) -> HttpResponse:
    one = import_for(request.user, number)
    form = UndoForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            operations.begin_undoing(
                one,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            return redirect("web:import", number)
    context = {**_context(request, one), "undo_form": form}
    return form_again(request, "web/exchange/import.html", context)


@require_POST
def withdraw(request: StaffRequest, number: int) -> HttpResponse:
    one = import_for(request.user, number)
    operations.withdraw(one, by=request.user, at=clock.now(), key=request.key)
    messages.success(request, _("已放弃这次导入，名录没有变化。"))
    return redirect("web:imports")


@require_POST
def resume(request: StaffRequest, number: int) -> HttpResponse:
    one = import_for(request.user, number)
    operations.resume(one, by=request.user, at=clock.now(), key=request.key)
    return redirect("web:import", number)
