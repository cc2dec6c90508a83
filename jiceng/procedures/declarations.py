"""What a Case may go through: a Procedure is an ordered list of typed Steps. Pure.

Read from YAML by `reading`; judged by `faults`; kept word for word when it is published.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

PUBLIC, SYSTEM = "public", "system"  # who takes a step without an account
END = "end."  # `next: {passed: end.done}`


@dataclass(frozen=True, slots=True)
class Interval:
    """A period that a rule sets between two steps."""

    rule: str  # key of a Period
    of: str = ""  # the step from whose day it counts; empty: the effective one before


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done, by whom, under which rules, and what follows from its outcome."""

    code: str
    title: str
    kind: str  # code of a StepKind
    by: tuple[str, ...]  # roles; who answers for one of them at the case's unit may take it
    next: Mapping[str, str]  # outcome → code of a step, or `end.NAME`
    within: Interval | None = None  # a limit: overdue after it, but never refused
    after: tuple[Interval, ...] = ()  # minimum or lead: refused before
    relies: tuple[str, ...] | None = None  # None: on every step before it
    apart_from: tuple[str, ...] = ()  # whoever took one of these may not take this one
    extension: str = ""  # key of the Period by which its limit may be extended, once
    options: Mapping[str, Any] = field(default_factory=dict)  # read by the kind
    note: str = ""  # shown with the form: what to prepare
    nearest: bool = False  # of several roles, only who stands nearest to the unit answers
    detour: bool = False  # taken only when something went wrong; shown of a case when it was

    def rules(self) -> list[str]:
        """Return the keys of the rules that bind it, each once, in the order of the file."""
        intervals = [*self.after, *([self.within] if self.within else [])]
        named = [one.rule for one in intervals] + [self.extension, *_rules_in(self.options)]
        return list(dict.fromkeys(key for key in named if key))

    def leads_to(self, outcome: str) -> str:
        """Return what follows; an outcome that is not named leaves the case where it is."""
        return self.next.get(outcome, self.code)


def _rules_in(options: Any) -> Iterator[str]:
    """Yield what options name by `rule` or `pass`, or as a lead by `notice`."""
    if isinstance(options, list | tuple):
        for one in options:
            yield from _rules_in(one)
    if not isinstance(options, Mapping):
        return
    for name, value in options.items():
        if name in {"rule", "pass"} or (name == "notice" and "." in str(value)):
            yield str(value)
        else:
            yield from _rules_in(value)


@dataclass(frozen=True, slots=True)
class Procedure:
    """A published version never changes; running cases stay on theirs."""

    code: str
    version: int
    title: str
    source: str  # to the article
    grade: str  # L, O, P, W or K, see rules
    subject: str  # what its cases are about
    starts: tuple[str, ...]  # roles that may open a case
    steps: tuple[Step, ...]  # a case begins at the first
    ends: Mapping[str, str]  # NAME of `end.NAME` → title
    note: str = ""
    listed: bool = True  # False: the package that runs its cases shows them itself

    def step(self, code: str) -> Step:
        return next(step for step in self.steps if step.code == code)

    @property
    def first(self) -> Step:
        return self.steps[0]

    def codes(self) -> list[str]:
        return [step.code for step in self.steps]

    def place_of(self, code: str) -> int:
        return self.codes().index(code)

    def relied_on_by(self, step: Step) -> tuple[str, ...]:
        """Return the steps whose correction reopens `step`."""
        if step.relies is not None:
            return step.relies
        return tuple(self.codes()[: self.place_of(step.code)])

    def edges(self) -> Iterator[tuple[str, str, str]]:
        """Yield (step, outcome, what follows)."""
        for step in self.steps:
            for outcome, target in step.next.items():
                yield step.code, outcome, target

    @property
    def name(self) -> str:
        return f"{self.code}@{self.version}"


def is_end(target: str) -> bool:
    return target.startswith(END)


def end_name(target: str) -> str:
    return target.removeprefix(END)
