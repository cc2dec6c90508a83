"""Cases through the gate."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.declarations import label_of
from jiceng.access.queries import reach_of, scope_of, within
from jiceng.access.queries.gate import NotPermitted, covers_everything, require
from jiceng.accounts.models import User
from jiceng.procedures.catalogue import latest, unlisted
from jiceng.procedures.declarations import Procedure, Step
from jiceng.procedures.kinds import kind_of
from jiceng.procedures.models import Case, Sheet, Taken
from jiceng.procedures.refusals import NoSuchCase
from jiceng.registry.models import Unit
from jiceng.registry.queries import described


def case_for(user: User, permission: str, *, number: str, today: datetime.date) -> Case:
    """Return one case, checked by its unit's place today. About eight statements.

    Raises:
        NoSuchCase: there is none, or `user` may not even see it.
        NotPermitted: `user` may see it but not do this.
    """
    case = _listed_cases().filter(number=number).first()
    reach = reach_of([case.unit_id], today).get(case.unit_id, []) if case else []
    if case and scope_of(user, permission, today).covers_any(reach):
        return case
    if case and scope_of(user, "procedures.view", today).covers_any(reach):
        raise NotPermitted(_("您没有“%s”的权限。") % label_of(permission))
    raise NoSuchCase(_("没有这个事项，或者您无权查看。"))


def cases_for(
    user: User,
    today: datetime.date,
    *,
    unit: int | None = None,
    ended: bool = False,
    text: str = "",
) -> QuerySet[Case]:
    """Return the cases that `user` may see, the open ones by deadline, ended ones newest first.

    Raises:
        NotPermitted: he may see cases nowhere.
    """
    scope = require(user, "procedures.view", today=today)
    cases = _listed_cases()
    cases = cases.filter(step="") if ended else cases.exclude(step="")
    if unit is not None:
        cases = cases.filter(unit=unit)
    if text:
        cases = cases.filter(Q(title__icontains=text) | Q(number=text))
    if not covers_everything(scope, today):
        inside = Unit.objects.filter(within(scope, today)).values_list("pk", flat=True)
        cases = cases.filter(unit__in=list(inside))
    return cases.order_by("-ended_on", "-pk") if ended else cases.order_by("due_on", "pk")


def _listed_cases() -> QuerySet[Case]:
    """Leave out what the package that runs it shows behind a gate of its own."""
    return Case.objects.select_related("procedure").exclude(procedure__code__in=unlisted())


def steps_of(case: Case) -> list[Taken]:
    """Return everything that was recorded of a case, in the order in which it was recorded."""
    rows = Taken.objects.filter(case=case).select_related("by", "second")
    return list(rows.order_by("sequence"))


def standing_of(case: Case) -> dict[str, Taken]:
    """Return what stands and has effect, by step: the last of each."""
    rows = Taken.objects.standing().filter(case=case, effective=True).order_by("sequence")
    return {taken.step: taken for taken in rows}


def last_effective(standing: dict[str, Taken]) -> Taken | None:
    return max(standing.values(), key=lambda taken: taken.sequence, default=None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded step, in words."""

    taken: Taken
    title: str
    outcome: str
    words: list[tuple[str, str]]
    correctable: bool


@dataclass(frozen=True, slots=True)
class Story:
    """A case as it is told: every entry in order, and the state of each step."""

    entries: list[Entry]
    standing: dict[str, Taken]
    states: list[tuple[Step, str, Taken | None]]  # done, now or ahead
    due: str  # overdue, soon or nothing


def story_of(case: Case, today: datetime.date) -> Story:
    """Return everything about a case for its page and dossier. One statement."""
    rows = steps_of(case)
    procedure = case.declaration
    standing = {t.step: t for t in rows if t.effective and t.superseded_at is None}
    entries = [_entry(taken, procedure) for taken in rows]
    states: list[tuple[Step, str, Taken | None]] = []
    for step in procedure.steps:
        taken = standing.get(step.code)
        state = "now" if step.code == case.step else "done" if taken else "ahead"
        if state != "ahead" or not step.detour:
            states.append((step, state, taken))
    overdue = case.due_on is not None and case.due_on < today
    return Story(entries, standing, states, "overdue" if overdue else "")


def _entry(taken: Taken, procedure: Procedure) -> Entry:
    step, kind = procedure.step(taken.step), kind_of(taken.kind)
    return Entry(
        taken,
        step.title,
        kind.outcome_title(step, taken.outcome),
        kind.words(step, taken.data),
        correctable=taken.superseded_at is None and not kind.twice,
    )


def step_for(case: Case, code: str) -> Step:
    """Return a declared step.

    Raises:
        NoSuchCase: the procedure has none of this code.
    """
    if code not in case.declaration.codes():
        raise NoSuchCase(_("这个事项的程序没有这一步。"))
    return case.declaration.step(code)


def entry_of(case: Case, sequence: int) -> Taken:
    """Return a standing entry.

    Raises:
        NoSuchCase: none stands there.
    """
    found = Taken.objects.standing().filter(case=case, sequence=sequence).first()
    if found is None:
        raise NoSuchCase(_("这一条已经不是现行记录，不能更正。"))
    return found


def sheets_of(case: Case, step: str) -> list[Sheet]:
    """Return the entries of a ballot sheet that wait for each other."""
    sheets = Sheet.objects.filter(case=case, step=step, version=case.version)
    return list(sheets.select_related("by").order_by("entered_at"))


def procedure_for(code: str) -> Procedure:
    """Return the newest version of a procedure.

    Raises:
        NoSuchCase: no package ships one of this code.
    """
    found = latest(code)
    if found is None:
        raise NoSuchCase(_("没有代码为“%s”的程序。") % code)
    return found.procedure


def listed(cases: Iterable[Case], today: datetime.date) -> list[Case]:
    """Return cases with `unit_name`. Two statements."""
    rows = list(cases)
    names = described({case.unit_id for case in rows}, today)
    for case in rows:
        case.unit_name = names[case.unit_id].name
    return rows
