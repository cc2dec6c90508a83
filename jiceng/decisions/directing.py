"""Which body decides a matter, by which rules, and what comes first. Pure.

What the law reserves to the whole assembly never goes to representatives; what may be delegated
goes to them only while a delegation is in force. What is not known asks and is never assumed.
The sentences of the reasons are in `words`.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jiceng.decisions.catalogue import Body, Catalogue, Matter, Said

_WHOLE = {"village": "village_assembly", "collective": "collective_assembly"}
_PART = {"village": "village_representatives", "collective": "collective_representatives"}
_PROCEDURES = {
    "collective_assembly": "collective_assembly",
    "collective_representatives": "collective_representatives",
}
_BY_COURSE = {"meeting": "assembly_convened", "members": "members_decide", "plain": "plain_item"}


@dataclass(frozen=True, slots=True)
class Granted:
    """A delegation in force or not: what, from when to when (exclusive), decided where."""

    matter: str
    valid_from: datetime.date
    valid_to: datetime.date
    source: str  # "2024年3月12日村民会议"

    def holds(self, matter: str, day: datetime.date) -> bool:
        return self.matter == matter and self.valid_from <= day < self.valid_to


@dataclass(frozen=True, slots=True)
class Village:
    """What is known of the village on the day; None where the register does not know."""

    place: str  # its official code
    population: int | None = None
    representatives: int | None = None
    collective_representatives: int | None = None
    representatives_from: int | None = None  # population from which there may be representatives
    reviewed: bool = False  # the township reviews between the second and the third step


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a sentence of `words` with what it names, or a sentence of the data."""

    code: str
    source: str
    grade: str
    named: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Direction:
    """The body that decides, the rules it decides by, the procedure it takes, and why."""

    asked: Matter
    matter: Matter  # what it is decided as: another one where that gives way to another law
    body: Body | None  # none: nothing is voted on, it is handled
    procedure: str
    quorum: tuple[str, ...]
    passes: str
    notice: str
    why: tuple[Reason, ...]
    must_first: tuple[Reason, ...] = ()
    how: tuple[Reason, ...] = ()
    then: tuple[Reason, ...] = ()
    doubts: tuple[Reason, ...] = ()
    as_wished: bool = True

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(key for key in (*self.quorum, self.passes, self.notice) if key)


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be answered first; nothing is assumed meanwhile."""

    code: str
    source: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


def direct(
    code: str,
    *,
    day: datetime.date,
    village: Village,
    catalogue: Catalogue,
    granted: Iterable[Granted] = (),
    wished: str = "",
) -> Direction | Question:
    """Say which body decides a matter on a day, or what must be answered before that is known.

    Args:
        code: of a matter of the catalogue.
        granted: delegations of the village's assembly, or of the collective's charter.
        wished: code of the body the proposer would take it to, if any.
    """
    asked = catalogue.matters.get(code)
    if asked is None:
        return Question("not_in_the_list", named={"matter": code})
    if wished and wished not in catalogue.bodies:
        return Question("no_such_body", named={"body": wished})
    question = _unanswered(asked, day, village)
    if question:
        return question
    matter = decided_as(asked, day, catalogue)
    body, reason = _body(matter, day, village, catalogue, granted, wished)
    if isinstance(reason, Question):
        return reason
    if body and day < body.valid_from:
        return Question("before_the_law", body.source, {"day": f"{body.valid_from:%Y-%m-%d}"})
    return _direction(asked, matter, body, reason, village, catalogue, wished)


def _unanswered(matter: Matter, day: datetime.date, village: Village) -> Question | None:
    """Return why nothing can be said of a matter here on this day."""
    if matter.empty:
        return Question("empty_slot", matter.source if matter.text else "")
    if not village.place.startswith(matter.place):
        return Question("of_another_place", matter.source, {"matter": matter.words})
    if day < matter.valid_from:
        return Question("before_the_law", matter.source, {"day": f"{matter.valid_from:%Y-%m-%d}"})
    for said in matter.unsettled:
        if village.place.startswith(said.place) and (said.until is None or day < said.until):
            return Question("unsettled", said.source, text=said.words)
    return None


def decided_as(asked: Matter, day: datetime.date, catalogue: Catalogue) -> Matter:
    """Return the matter by whose law this one is decided on the day."""
    other = asked.gives_way
    return catalogue.matters[other.matter] if other and day >= other.valid_from else asked


def _body(
    matter: Matter,
    day: datetime.date,
    village: Village,
    catalogue: Catalogue,
    granted: Iterable[Granted],
    wished: str,
) -> tuple[Body | None, Reason | Question]:
    """Return the body and why it is this one."""
    named = {"matter": matter.words}
    if matter.decides == "handled":
        return None, Reason("handled", matter.source, matter.grade, named)
    if matter.decides in {"group", "members"}:
        fixed = {"group": "group_meeting", "members": "members_meeting"}[matter.decides]
        return catalogue.bodies[fixed], Reason("fixed", matter.source, matter.grade, named)
    whole = catalogue.bodies[_WHOLE[matter.affairs]]
    part = catalogue.bodies[_PART[matter.affairs]]
    if matter.reserved:
        return whole, Reason("reserved", matter.source, matter.grade, named)
    if wished == whole.code:
        return whole, Reason("whole_may_always", matter.source, matter.grade, named)
    grant = next((one for one in granted if one.holds(matter.code, day)), None)
    if matter.decides == "assembly" and grant is None:
        return whole, Reason(f"not_delegated_{matter.affairs}", matter.source, matter.grade, named)
    if not _members(part, village):
        if matter.decides == "either" and wished != part.code:
            return whole, Reason("either", matter.source, matter.grade, named)
        return part, Question("no_representatives", part.source, {"body": part.title})
    if grant is not None:
        return part, Reason("delegated", grant.source, matter.grade, named)
    return part, Reason("either", matter.source, matter.grade, named)


def _members(part: Body, village: Village) -> int:
    if part.code == "village_representatives":
        return village.representatives or 0
    return village.collective_representatives or 0


def _direction(
    asked: Matter,
    matter: Matter,
    body: Body | None,
    reason: Reason,
    village: Village,
    catalogue: Catalogue,
    wished: str,
) -> Direction:
    why = [*_way_given(asked, matter), reason]
    as_wished = not wished or (body is not None and body.code == wished)
    if not as_wished:
        title = {"body": catalogue.bodies[wished].title, "matter": matter.words}
        why.append(Reason("not_by_this_body", matter.source, matter.grade, title))
    procedure, way = _procedure(matter, body, village, catalogue)
    if way:
        why.append(way)
    first = (*catalogue.must_first.get(matter.course, ()), *matter.must_first)
    return Direction(
        asked=asked,
        matter=matter,
        body=body,
        procedure=procedure,
        quorum=body.quorum if body else (),
        passes=matter.passes or (body.passes if body else ""),
        notice=body.notice if body else "",
        why=tuple(why),
        must_first=_here((*first, *(body.before if body else ())), village),
        how=_here(body.how if body else (), village),
        then=_here(matter.then, village),
        doubts=(*_doubts(asked, matter, body, village, catalogue),),
        as_wished=as_wished,
    )


def _way_given(asked: Matter, matter: Matter) -> Iterable[Reason]:
    if asked is not matter and asked.gives_way:
        other = asked.gives_way
        yield Reason("gives_way", other.source, other.grade, {"matter": matter.words})


def _procedure(
    matter: Matter, body: Body | None, village: Village, catalogue: Catalogue
) -> tuple[str, Reason | None]:
    """Return the procedure, and why where it depends on the place."""
    if matter.procedure:
        return matter.procedure, None
    if matter.course == "collective" and body:
        return _PROCEDURES[body.code], None
    if matter.course != "deliberations":
        return _BY_COURSE[matter.course], None
    way = catalogue.way(village.place)
    if village.reviewed and way.procedure == "four_deliberations":
        return "four_deliberations_reviewed", Reason("reviewed", way.source, "P")
    return way.procedure, Reason(way.procedure, way.source, way.grade)


def _doubts(
    asked: Matter, matter: Matter, body: Body | None, village: Village, catalogue: Catalogue
) -> Iterable[Reason]:
    """Yield what a person has to look at: it does not change the direction."""
    said = (*asked.doubts, *(matter.doubts if matter is not asked else ()))
    yield from _here((*catalogue.doubts.get(matter.course, ()), *said), village)
    least = village.representatives_from
    if body is None or body.code != "village_representatives" or least is None:
        return
    if village.population is None or village.population < least:
        yield Reason("few_people", body.source, "L", {"least": str(least)})


def _here(said: Iterable[Said], village: Village) -> tuple[Reason, ...]:
    """Return the sentences of the data that hold at the village's place."""
    return tuple(
        Reason("said", one.source, one.grade, text=one.words)
        for one in said
        if village.place.startswith(one.place)
    )
