"""Evidence files: sent out, added and withdrawn, as whoever owns their subject allows."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jiceng.core import clock
from jiceng.documents import operations
from jiceng.documents.queries import (
    all_documents_of,
    changeable_document_for,
    changeable_subject_for,
    document_for,
    open_document,
)
from jiceng.documents.subjects import owner_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.documents.forms import DocumentForm, WithdrawForm


@never_cache
@require_safe
def document(request: StaffRequest, number: int) -> FileResponse:
    """Answer with the file as an attachment, never to be shown as a page of this site."""
    found = document_for(request.user, number)
    answer = FileResponse(
        open_document(found), as_attachment=True, filename=found.name, content_type=found.media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def add(request: StaffRequest, subject: str) -> HttpResponse:
    owner = changeable_subject_for(request.user, subject)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with shown_on(form):
            operations.keep(
                **form.kept(),
                subject=subject,
                unit=owner.unit_of(subject),
                by=request.user,
                at=clock.now(),
                key=request.key,
            )
            messages.success(request, _("材料已保存。"))
            return redirect(owner.page_of(subject))
    context = {
        "form": form,
        "subject": subject,
        "documents": all_documents_of(subject),
        "back": owner.page_of(subject),
    }
    return form_again(request, "web/documents/add.html", context)


def withdraw(request: StaffRequest, number: int) -> HttpResponse:
    found = changeable_document_for(request.user, number)
    owner = owner_of(found.subject)
    assert owner is not None  # who may change it has said so
    back = owner.page_of(found.subject)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            operations.withdraw(
                found, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            messages.success(request, _("材料已撤回。"))
            return redirect(back)
    context = {"document": found, "form": form, "back": back}
    return form_again(request, "web/documents/withdraw.html", context)
