"""Files taken out: within the reader's scope, as of a day."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from jiceng.access.queries import permissions_of
from jiceng.core import clock
from jiceng.exchange import operations
from jiceng.exchange.queries import kind_for, kinds_for, reading_for
from jiceng.ui.days import day_asked
from jiceng.ui.requests import StaffRequest
from jiceng.web.exchange.forms import ExportForm

_FORMS = {"csv": "csv", "xlsx": "xlsx"}


def exports(request: StaffRequest) -> HttpResponse:
    kinds = kinds_for(request.user, "exchange.export")
    form = ExportForm(kinds, initial={"day": clock.today(), "form": "xlsx"})
    imports = "exchange.import" in permissions_of(request.user, clock.today())
    context = {"form": form, "kinds": kinds, "imports": imports}
    return render(request, "web/exchange/exports.html", context)


def export(request: StaffRequest) -> FileResponse:
    """Answer with the file; that it was taken is kept in the audit."""
    kind = kind_for(request.user, "exchange.export", request.GET.get("kind", ""))
    day = day_asked(request)
    form = _FORMS.get(request.GET.get("form", ""), "xlsx")
    reading = reading_for(request.user, kind, day)
    file = operations.export(kind, form=form, reading=reading, by=request.user, at=clock.now())
    return FileResponse(file, as_attachment=True, filename=f"{kind.title}{day:%Y%m%d}.{form}")
