"""Whose documents they are: packages above answer for their subjects; documents have no gate."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jiceng.accounts.models import User
from jiceng.core.declarations import Registry
from jiceng.core.refusals import Denied, NotFound

MayAnswer = Callable[[User, str], object]  # truth, or a refusal raised


@dataclass(frozen=True, slots=True)
class Owner:
    """Answers for subjects like "procedures.case:17", by what stands before the colon."""

    code: str  # "procedures.case"
    may_read: MayAnswer
    may_change: MayAnswer  # add and withdraw on the pages of documents
    unit_of: Callable[[str], int]
    page_of: Callable[[str], str]  # path of the page that shows the subject

    def lets_read(self, user: User, subject: str) -> bool:
        return _answers(self.may_read, user, subject)

    def lets_change(self, user: User, subject: str) -> bool:
        return _answers(self.may_change, user, subject)


OWNERS = Registry("owner of documents")


def register(
    prefix: str,
    may_read: MayAnswer,
    *,
    may_change: MayAnswer | None = None,
    unit_of: Callable[[str], int] | None = None,
    page_of: Callable[[str], str] | None = None,
) -> None:
    """Let a package answer for its subjects; called in `ready()`.

    Args:
        prefix: label of the model, "procedures.case".
        may_read: given the user and the whole subject, "procedures.case:17".
        may_change: likewise; with it, `unit_of` and `page_of` are needed. Without it nobody adds or
            withdraws on the pages of documents; the package's own operations may.
    """
    if may_change and not (unit_of and page_of):
        raise ValueError(f"{prefix}: where documents are added, their unit and page must be known")
    OWNERS.add(
        Owner(
            prefix,
            may_read,
            may_change or _nobody,
            unit_of or _nobody_asks,
            page_of or _nobody_asks,
        )
    )


def owner_of(subject: str) -> Owner | None:
    """Return who answers for a subject; None: nobody does, and nobody may read."""
    owner: Owner | None = OWNERS.entries.get(subject.partition(":")[0])
    return owner


def _nobody(_user: User, _subject: str) -> bool:
    return False


def _nobody_asks(subject: str) -> Any:
    raise LookupError(f"{subject}: its owner does not let documents be changed")


def _answers(ask: MayAnswer, user: User, subject: str) -> bool:
    try:
        return bool(ask(user, subject))
    except (NotFound, Denied):
        return False
