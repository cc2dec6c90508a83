from jiceng.procedures.queries.cases import (
    case_for,
    cases_for,
    entry_of,
    last_effective,
    listed,
    procedure_for,
    sheets_of,
    standing_of,
    step_for,
    steps_of,
    story_of,
)
from jiceng.procedures.queries.lacking import about_of, what_is_missing
from jiceng.procedures.queries.who import (
    answers_for,
    kept_apart,
    may_return,
    may_take,
    may_withdraw,
)

__all__ = [
    "about_of",
    "answers_for",
    "case_for",
    "cases_for",
    "entry_of",
    "kept_apart",
    "last_effective",
    "listed",
    "may_return",
    "may_take",
    "may_withdraw",
    "procedure_for",
    "sheets_of",
    "standing_of",
    "step_for",
    "steps_of",
    "story_of",
    "what_is_missing",
]
