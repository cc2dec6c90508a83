"""The dossier of a case: what was kept on the way, as one paper and as one bundle of files."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiceng.core import clock
from jiceng.documents import bundle as bundles
from jiceng.documents import pdf
from jiceng.documents.models import Document
from jiceng.documents.operations import open_documents
from jiceng.documents.queries import documents_of
from jiceng.procedures.models import Case
from jiceng.procedures.queries import case_for, story_of
from jiceng.registry.queries import unit_on
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.documents.forms import OpenForm


def paper(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.user, "procedures.view", number=number, today=clock.today())
    answer = HttpResponse(_printed(case), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{case.number}.pdf"'
    return answer


@require_safe
def bundle(request: StaffRequest, number: str) -> HttpResponseBase:
    """Answer with the paper and the documents that stand, with a manifest of hashes. What is
    sensitive is named in the manifest and left out: see `whole_bundle`.
    """
    case = case_for(request.user, "procedures.view", number=number, today=clock.today())
    documents = list(documents_of(case.subject))
    return _bundled(case, [one for one in documents if not one.sensitive], request)


def whole_bundle(request: StaffRequest, number: str) -> HttpResponseBase:
    """Ask what for, and answer with every document that stands, the sensitive ones too."""
    case = case_for(request.user, "procedures.view", number=number, today=clock.today())
    form = OpenForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            return _bundled(case, list(documents_of(case.subject)), request, **form.cleaned_data)
    return form_again(request, "web/procedures/whole_bundle.html", {"case": case, "form": form})


def _bundled(
    case: Case, documents: list[Document], request: StaffRequest, reason: str = ""
) -> FileResponse:
    files = open_documents(
        documents,
        of=case.subject,
        by=request.user,
        at=clock.now(),
        reason=reason,
        key=getattr(request, "key", None),
    )
    entries = [(f"{case.number}.pdf", _printed(case))]
    for place, (document, file) in enumerate(zip(documents, files, strict=True), 1):
        with file:
            entries.append((f"{place:02d}-{document.name}", file.read()))
    left_out = [
        {"title": one.title, "sha256": one.sha256}
        for one in documents_of(case.subject)
        if one not in documents
    ]
    told = {"case": case.number, "title": case.title, "left_out": left_out}
    made = bundles.zip_of(entries, told)
    return FileResponse(made, as_attachment=True, filename=f"{case.number}.zip")


def _printed(case: Case) -> bytes:
    today = clock.today()
    html = render_to_string(
        "web/procedures/dossier.html",
        {
            "case": case,
            "procedure": case.declaration,
            "unit": unit_on(case.unit_id, case.opened_on),
            "story": story_of(case, today),
            "documents": documents_of(case.subject),
            "today": today,
        },
    )
    return pdf.render(html, title=_("卷宗 %s") % case.number)
