"""What every page of a village's decisions shows around itself, and how an answer is told."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from jiceng.access.queries import permissions_of, scope_of, unit_for
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.decisions import words
from jiceng.decisions.catalogue import shipped
from jiceng.decisions.directing import Question, Reason
from jiceng.decisions.queries import Directed
from jiceng.procedures.queries import procedure_for
from jiceng.registry.models import Unit
from jiceng.rules.queries import Rule
from jiceng.web.registry.trails import trail_of


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and its source, set apart on the page."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as the page shows it: a question, or a body with its rules and reasons."""

    question: Line | None = None
    directed: Directed | None = None
    procedure: str = ""  # its title
    quorum: tuple[str, ...] = ()
    passes: str = ""
    notice: str = ""
    why: tuple[Line, ...] = ()
    must_first: tuple[Line, ...] = ()
    how: tuple[Line, ...] = ()
    then: tuple[Line, ...] = ()
    doubts: tuple[Line, ...] = ()


def village_for(user: User, permission: str, number: int) -> Unit:
    return unit_for(user, permission, number=number)


def frame(user: User, unit: Unit, here: str) -> dict[str, object]:
    """Return the parts of a village's pages: where it stands, which page this is, what is allowed."""
    today = clock.today()
    return {
        "unit": unit,
        "here": here,
        "today": today,
        "trail": trail_of(user, unit, today),
        "day": today,
        "may": permissions_of(user, today),
        "may_propose": covers(user, "decisions.propose", unit, today),
    }


def covers(user: User, permission: str, unit: Unit, today: datetime.date) -> bool:
    return scope_of(user, permission, today).covers(unit.path)


def told(answer: Directed | Question) -> Told:
    """Return an answer in the words of the page."""
    if isinstance(answer, Question):
        return Told(question=Line(words.sentence(answer), answer.source))
    direction = answer.direction
    return Told(
        directed=answer,
        procedure=procedure_for(direction.procedure).title,
        quorum=tuple(rule.sentence() for rule in answer.quorum),
        passes=_said(answer.passes),
        notice=_said(answer.notice),
        why=_lines(direction.why),
        must_first=_lines(direction.must_first),
        how=_lines(direction.how),
        then=_lines(direction.then),
        doubts=_lines(direction.doubts),
    )


def body_title(code: str) -> str:
    body = shipped().bodies.get(code)
    return body.title if body else ""


def matter_words(code: str) -> str:
    matter = shipped().matters.get(code)
    return matter.words if matter else code


def _said(rule: Rule | None) -> str:
    return rule.sentence() if rule else ""


def _lines(reasons: Iterable[Reason]) -> tuple[Line, ...]:
    return tuple(Line(words.sentence(one), one.source) for one in reasons)
