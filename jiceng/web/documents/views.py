"""Evidence files: sent out, added, withdrawn and erased, as whoever owns their subject allows."""

from collections.abc import Callable
from typing import BinaryIO

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jiceng.core import clock
from jiceng.documents import operations
from jiceng.documents.models import Document
from jiceng.documents.queries import (
    all_documents_of,
    changeable_document_for,
    changeable_subject_for,
    document_for,
)
from jiceng.documents.subjects import owner_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.documents.forms import (
    DocumentForm,
    EraseForm,
    HoldForm,
    OpenForm,
    WithdrawForm,
)


@never_cache
@require_safe
def document(request: StaffRequest, number: int) -> HttpResponseBase:
    """Answer with the file; what is sensitive is asked a reason for first."""
    found = document_for(request.user, number)
    if found.sensitive:
        return redirect("web:document_open", number)
    return _sent(found, operations.open_document(found, by=request.user, at=clock.now()))


@never_cache
def open_sensitive(request: StaffRequest, number: int) -> HttpResponseBase:
    found = document_for(request.user, number)
    form = OpenForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            file = operations.open_document(
                found, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            return _sent(found, file)
    return form_again(request, "web/documents/open.html", {"document": found, "form": form})


def _sent(document: Document, file: BinaryIO) -> FileResponse:
    """Answer with a file as an attachment, never to be shown as a page of this site."""
    answer = FileResponse(
        file, as_attachment=True, filename=document.name, content_type=document.media_type
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
        "today": clock.today(),
        "back": owner.page_of(subject),
    }
    return form_again(request, "web/documents/add.html", context)


def withdraw(request: StaffRequest, number: int) -> HttpResponse:
    words = {"title": _("撤回材料"), "button": _("撤回"), "done": _("材料已撤回。")}
    return _act(request, number, WithdrawForm, operations.withdraw, words)


def hold(request: StaffRequest, number: int) -> HttpResponse:
    words = {
        "title": _("暂不删除材料"),
        "button": _("暂不删除"),
        "done": _("已登记，不会自动删去。"),
    }
    return _act(request, number, HoldForm, operations.hold, words)


def erase(request: StaffRequest, number: int) -> HttpResponse:
    words = {
        "title": _("删去材料的文件"),
        "button": _("删去文件"),
        "done": _("文件已删去，摘要留存。"),
    }
    return _act(request, number, EraseForm, operations.erase, words)


def _act(
    request: StaffRequest,
    number: int,
    form_class: type[forms.Form],
    operation: Callable[..., Document],
    words: dict[str, str],
) -> HttpResponse:
    found = changeable_document_for(request.user, number)
    owner = owner_of(found.subject)
    assert owner is not None  # who may change it has said so
    back = owner.page_of(found.subject)
    form = form_class(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            operation(found, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key)
            messages.success(request, words["done"])
            return redirect(back)
    context = {"document": found, "form": form, "back": back, "words": words}
    return form_again(request, "web/documents/act.html", context)
