"""What the engine knows of a step kind: it takes what a form sent, and judges it."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from jiceng.core.refusals import Invalid
from jiceng.procedures.declarations import Procedure, Step

if TYPE_CHECKING:
    from jiceng.procedures.about import About
    from jiceng.procedures.models import Case, Taken
    from jiceng.procedures.timing import Due

Given = Mapping[str, Any]  # what a form sent, or a caller
Entered = dict[str, Any]  # the same cleaned: JSON-able, complete


class Wrong(Invalid):
    """What was entered cannot be so; `fields` says what is wrong with each field."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(self.fields.values()))


@dataclass(frozen=True, slots=True)
class Missing:
    """What going on wants and does not find."""

    words: str
    rule: str = ""  # key
    source: str = ""
    hard: bool = True  # False: a warning, a named person may go on

    def sentence(self) -> str:
        return f"{self.words}（{self.source}）" if self.source else self.words


@dataclass(frozen=True, slots=True)
class Judgement:
    """What comes of a step as it was entered."""

    outcome: str
    effective: bool = True  # False: stored as it happened, without effect
    missing: tuple[Missing, ...] = ()
    words: str = ""  # how the outcome was reached: "赞成 31，须 31 票以上"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a step's form, for the page that draws it."""

    code: str
    label: str
    kind: str  # text, long, day, number, choice, flag, money
    required: bool = True
    maximum: int = 0  # characters of a text; 0: the kind's own
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    initial: Any = None


class StepKind(Protocol):
    """One kind of step. Packages above register their own with `kinds.register`."""

    code: str
    title: Any
    twice: bool  # two authorised persons enter it apart
    own_clock: bool

    def outcomes_of(self, step: Step) -> Collection[str]: ...

    def outcome_title(self, step: Step, outcome: str) -> str: ...

    def faults(self, step: Step, procedure: Procedure) -> list[str]: ...

    def fields(self, step: Step, about: "About") -> list[Field]: ...

    def enter(self, step: Step, given: Given, about: "About") -> Entered:
        """Return what was sent, cleaned.

        Raises:
            Wrong: by field.
        """
        ...

    def check(self, step: Step, entered: Entered, about: "About") -> Judgement: ...

    def take(self, taken: "Taken", about: "About") -> None:
        """Write what hangs on the step, in the same transaction."""

    def undo(self, taken: "Taken", about: "About", at: datetime.datetime) -> None:
        """Take back what `take` wrote: the step is corrected, returned or reopened."""

    def words(self, step: Step, data: Entered) -> list[tuple[str, str]]:
        """Return what was recorded as labels and values, for pages and the dossier."""
        ...

    def role_for(self, step: Step, case: "Case") -> str:
        """Return the role that is asked at the unit where the case waits."""
        ...

    def clock(self, step: Step, about: "About", at: datetime.datetime) -> "Due | None":
        """Return by when the step is due that the case has reached at `at`: `about` is of the step
        before. Asked only where `own_clock` is set; else the engine counts days.
        """
        ...

    def links(self, step: Step, case: "Case") -> list[tuple[str, str]]:
        """Return (words, path) of the pages where the step is prepared, as it stands now."""
        ...


@dataclass
class Plain:
    """What most kinds share."""

    code: str = ""
    title: Any = ""
    twice: bool = False
    own_clock: bool = False
    outcomes: Mapping[str, Any] = field(default_factory=dict)  # outcome → title

    def outcomes_of(self, step: Step) -> Collection[str]:
        return list(self.outcomes)

    def outcome_title(self, step: Step, outcome: str) -> str:
        return str(self.outcomes.get(outcome, outcome))

    def faults(self, step: Step, procedure: Procedure) -> list[str]:
        return []

    def take(self, taken: "Taken", about: "About") -> None:
        return None

    def undo(self, taken: "Taken", about: "About", at: datetime.datetime) -> None:
        return None

    def role_for(self, step: Step, case: "Case") -> str:
        return step.by[0]

    def clock(self, step: Step, about: "About", at: datetime.datetime) -> "Due | None":
        return None

    def links(self, step: Step, case: "Case") -> list[tuple[str, str]]:
        return []
