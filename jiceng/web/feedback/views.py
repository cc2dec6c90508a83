"""Complaints about this software: listed, read and answered by who answers for the whole."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core import clock
from jiceng.feedback import operations
from jiceng.feedback.queries import complaint_for, complaints_for
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("答复"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("提意见的人凭查询码可见；答复后不能更改。"),
    )


def complaints(request: StaffRequest) -> HttpResponse:
    today = clock.today()
    page = page_of(request, complaints_for(request.user, today))
    return render(request, "web/feedback/complaints.html", {"page": page, "today": today})


def complaint(request: StaffRequest, number: str) -> HttpResponse:
    found = complaint_for(request.user, number, clock.today())
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            operations.answer(
                number, **form.cleaned_data, by=request.user, at=clock.now(), key=request.key
            )
            messages.success(request, _("已答复，提意见的人现在可以看到。"))
            return redirect("web:complaints")
    return form_again(request, "web/feedback/complaint.html", {"complaint": found, "form": form})
