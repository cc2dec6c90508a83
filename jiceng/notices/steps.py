"""`notice`: a step of a procedure that is taken when its notice has run and nothing hangs.

The notice itself is written, released and posted by the operations of this package.
"""

import datetime
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.notices.kinds import kinds
from jiceng.notices.models import Notice
from jiceng.notices.queries import notice_of, state_of
from jiceng.notices.refusals import NoSuchNotice
from jiceng.procedures.about import About
from jiceng.procedures.declarations import Procedure, Step
from jiceng.procedures.kinds import Entered, Field, Given, Judgement, Missing, Plain
from jiceng.procedures.kinds.cleaning import clean
from jiceng.procedures.models import Case, Taken
from jiceng.procedures.queries import case_for, last_effective, standing_of, step_for

DONE = "done"
PREFIX = "procedures.case"
_tellers: list[Callable[[Case], dict[str, Any]]] = []


class NoticeStep(Plain):
    """options: notice: code of a kind of notice."""

    def __init__(self) -> None:
        super().__init__("notice", gettext_lazy("公示"), outcomes={DONE: gettext_lazy("公示期满")})

    def faults(self, step: Step, procedure: Procedure) -> list[str]:
        kind = step.options.get("notice")
        return [] if kind in kinds() else [f"步骤“{step.code}”的公示种类“{kind}”没有登记。"]

    def fields(self, step: Step, about: About) -> list[Field]:
        return [Field("note", _("公示期间的情况"), "long", required=False, maximum=2000)]

    def enter(self, step: Step, given: Given, about: About) -> Entered:
        notice = notice_of(about.case.subject, step.code)
        return {**clean(self.fields(step, about), given), **_kept(notice)}

    def check(self, step: Step, entered: Entered, about: About) -> Judgement:
        notice = notice_of(about.case.subject, step.code)
        if notice is None:
            missing = Missing(_("还没有拟稿公示。"), source=about.procedure.source)
            return Judgement(DONE, missing=(missing,))
        state = state_of(notice, about.day)
        hangs = (Missing(one.words, one.rule, one.source, one.refuses) for one in state.missing)
        return Judgement(DONE, missing=(*_too_old(notice, about), *hangs), words=_said(notice))

    def words(self, step: Step, data: Entered) -> list[tuple[str, str]]:
        return [
            (_("公示编号"), data.get("number") or "—"),
            (_("公示期"), f"{data.get('begins_on') or '—'} — {data.get('ends_on') or '—'}"),
            (_("内容摘要（SHA-256）"), data.get("digest") or "—"),
            (_("公示期间的情况"), data.get("note") or "—"),
        ]

    def links(self, step: Step, case: Case) -> list[tuple[str, str]]:
        notice = notice_of(case.subject, step.code)
        if notice is not None:
            return [(_("查看公示"), reverse("web:notice", args=[notice.number]))]
        address = reverse("web:notice_draft", args=[step.options["notice"]])
        about = urlencode({"subject": case.subject, "step": step.code})
        return [(_("拟稿公示"), f"{address}?{about}")]


def _too_old(notice: Notice, about: About) -> Iterator[Missing]:
    """A notice tells what was decided before it: what was decided anew since, after a return or a
    correction, is made public anew.
    """
    before = last_effective(about.standing)
    if before is None or notice.released_at is None:
        return
    if day_of(notice.released_at) < before.happened_on:
        words = _("公示是在“%(step)s”（%(day)s）以前发布的，须按新的内容重新公示。") % {
            "step": about.procedure.step(before.step).title,
            "day": before.happened_on,
        }
        yield Missing(words, source=about.procedure.source)


def unit_of(user: User, subject: str, step: str, today: datetime.date) -> int:
    """Return the unit of a case for whose step `user` may write the notice.

    Raises:
        NoSuchCase, NotPermitted: what the gate of cases says.
    """
    case = case_for(user, "procedures.advance", number=_number(subject), today=today)
    step_for(case, step)
    return case.unit_id


def also_told(teller: Callable[[Case], dict[str, Any]]) -> None:
    """Let a package above say what its own records know of a case."""
    _tellers.append(teller)


def told(subject: str, step: str) -> dict[str, Any]:
    """Return what the case's records say already of the notice of a step, by the codes of the
    notice's fields: of the meeting that decided last, of forms whose fields are called alike, and
    of what packages above know of the case.
    """
    case = Case.objects.select_related("procedure").get(number=_number(subject))
    declared = case.declaration.step(step)
    kind = kinds()[declared.options["notice"]]
    found: dict[str, Any] = {"matter": case.title, "basis": case.declaration.title}
    for teller in _tellers:
        found |= teller(case)
    for taken in sorted(standing_of(case).values(), key=lambda taken: taken.sequence):
        found |= _of_step(taken, case.declaration)
    found["title"] = f"{case.title}{kind.title}"
    return {code: value for code, value in found.items() if code == "title" or kind.field(code)}


def _of_step(taken: Taken, procedure: Procedure) -> dict[str, Any]:
    step, data = procedure.step(taken.step), taken.data
    if "present" in data:
        roll = data["rolls"].get(data.get("counted_by") or next(iter(data["rolls"]), ""), {})
        return {
            "meeting": step.options.get("body", step.title),
            "held_on": taken.happened_on,
            "entitled": roll.get("count"),
            "present": data["present"],
            **_votes(data),
        }
    return {**data, **_votes(data), "done_on": data.get("finished_on")}


def _votes(data: dict[str, Any]) -> dict[str, Any]:
    names = {"votes_for": "for", "votes_against": "against", "votes_abstained": "abstain"}
    return {name: data[vote] for name, vote in names.items() if vote in data}


def page_of(subject: str) -> str:
    return reverse("web:case", args=[_number(subject)])


def _number(subject: str) -> str:
    """Return a case's number.

    Raises:
        NoSuchNotice: nothing has this name.
    """
    key = subject.partition(":")[2]
    cases = Case.objects.filter(pk=int(key)) if key.isdecimal() else Case.objects.none()
    number = cases.values_list("number", flat=True).first()
    if number is None:
        raise NoSuchNotice(_("没有这个事项。"))
    return number


def _kept(notice: Notice | None) -> Entered:
    if notice is None:
        return {"number": None}
    return {
        "number": notice.number,
        "begins_on": notice.begins_on.isoformat() if notice.begins_on else None,
        "ends_on": notice.ends_on.isoformat() if notice.ends_on else None,
        "digest": notice.digest,
    }


def _said(notice: Notice) -> str:
    return _("公示 %(number)s：%(begins)s 至 %(ends)s") % {
        "number": notice.number,
        "begins": notice.begins_on or "—",
        "ends": notice.ends_on or "—",
    }


KINDS = (NoticeStep(),)
