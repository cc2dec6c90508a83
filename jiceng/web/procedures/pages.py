"""The page of one case: where it stands, what it waits for, what was done."""

from django.http import HttpResponse
from django.shortcuts import render

from jiceng.core import clock
from jiceng.documents.queries import all_documents_of
from jiceng.procedures.kinds import kind_of
from jiceng.procedures.queries import case_for, may_return, may_take, may_withdraw, story_of
from jiceng.procedures.queries.papers import may_add
from jiceng.ui.requests import StaffRequest
from jiceng.web.procedures.drawing import drawn
from jiceng.web.procedures.lists import roles_in_words


def case(request: StaffRequest, number: str) -> HttpResponse:
    today = clock.today()
    found = case_for(request.user, "procedures.view", number=number, today=today)
    story = story_of(found, today)
    step = found.current
    documents = list(all_documents_of(found.subject))
    context = {
        "case": found,
        "story": story,
        "documents": documents,
        "sensitive": any(one.sensitive and one.withdrawn_at is None for one in documents),
        "subject": found.subject,
        "may_change": may_add(request.user, found.subject),
        "today": today,
        "procedure": found.declaration,
        "diagram": drawn(found.declaration),
        "step": step,
        "roles": roles_in_words(step.by) if step else "",
        "links": kind_of(step.kind).links(step, found) if step else [],
        "mine": step is not None and may_take(request.user, found, step, today),
        "may_return": any(
            may_return(request.user, found, found.declaration.step(code), today)
            for code in list(story.standing)[:1]
        ),
        "may_withdraw": not found.ended and may_withdraw(request.user, found, today),
        "may_extend": bool(step and step.extension and found.due_on),
    }
    return render(request, "web/procedures/case.html", context)
