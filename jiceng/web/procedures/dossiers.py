"""The dossier of a case: what was kept on the way, as one paper and as one bundle of files."""

from django.http import FileResponse, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.documents import bundle as bundles
from jiceng.documents import pdf
from jiceng.documents.queries import documents_of, open_document
from jiceng.procedures.models import Case
from jiceng.procedures.queries import case_for, story_of
from jiceng.registry.queries import unit_on
from jiceng.ui.requests import StaffRequest


def paper(request: StaffRequest, number: str) -> HttpResponse:
    case = case_for(request.user, "procedures.view", number=number, today=clock.today())
    answer = HttpResponse(_printed(case), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{case.number}.pdf"'
    return answer


def bundle(request: StaffRequest, number: str) -> HttpResponse | FileResponse:
    """Answer with the paper and every document that stands, with a manifest of hashes."""
    case = case_for(request.user, "procedures.view", number=number, today=clock.today())
    entries = [(f"{case.number}.pdf", _printed(case))]
    for place, document in enumerate(documents_of(case.subject), 1):
        with open_document(document) as file:
            entries.append((f"{place:02d}-{document.name}", file.read()))
    made = bundles.zip_of(entries, {"case": case.number, "title": case.title})
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
