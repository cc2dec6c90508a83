"""The list of notices and one notice with all that has happened to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from jiceng.access.queries import permissions_of
from jiceng.core import clock
from jiceng.notices import queries, subjects
from jiceng.notices.models import Notice
from jiceng.notices.queries import Stage
from jiceng.notices.queries.parts import parts_of
from jiceng.notices.queries.timeline import timeline_of
from jiceng.registry.queries import described
from jiceng.ui.lists import page_of
from jiceng.ui.requests import StaffRequest


def notices(request: StaffRequest) -> HttpResponse:
    """List the notices of a stage: what waits for somebody first."""
    today = clock.today()
    asked = request.GET.get("stage", "")
    stage = Stage(asked) if asked in set(Stage) else Stage.ALL
    page = page_of(request, queries.notices_for(request.user, stage, today))
    states = queries.states_of(page, today)
    places = described({notice.unit_id for notice in page}, today)
    rows = [
        {
            "notice": notice,
            "title": queries.public_title(notice),
            "kind": queries.kind_of(notice),
            "state": states[notice.pk],
            "place": places[notice.unit_id],
        }
        for notice in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "stages": queries.STAGES.items(),
        "stage": stage,
        "may": permissions_of(request.user, today),
    }
    return render(request, "web/notices/notices.html", context)


def notice(request: StaffRequest, number: str) -> HttpResponse:
    today = clock.today()
    found = queries.notice_for(request.user, "notices.view", number=number, today=today)
    return render(request, "web/notices/notice.html", frame(request, found))


def frame(request: StaffRequest, notice: Notice) -> dict[str, Any]:
    """Return what the pages of one notice show; what a reader may do with it among it."""
    today = clock.today()
    may = queries.allowed(request.user, notice, today)
    view = queries.public_view(notice)
    return {
        "notice": notice,
        "kind": queries.kind_of(notice),
        "view": view,
        "foot": queries.foot_of(notice, today),
        "place": described([notice.unit_id], today)[notice.unit_id],
        "state": queries.state_of(notice, today),
        "parts": parts_of(notice, inside="notices.draft" in may),
        "timeline": timeline_of(notice, today),
        "subject_page": subjects.page_of(notice.subject),
        "may": may,
        "wrote": request.user.pk in notice.writers,
        "today": today,
    }
