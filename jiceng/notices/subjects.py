"""Whose notices they are when they are a step of something: packages answer for their subjects."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.declarations import Registry
from jiceng.notices.refusals import NoSuchNotice

# Given user, subject, step and day: the unit whose notice it is; a refusal if he may not write it.
UnitOf = Callable[[User, str, str, datetime.date], int]
PageOf = Callable[[str], str]
Told = Callable[[str, str], dict[str, Any]]  # subject, step: values by the codes of fields


@dataclass(frozen=True, slots=True)
class Owner:
    """Answers for subjects like "procedures.case:17", by what stands before the colon."""

    code: str
    unit_of: UnitOf
    page_of: PageOf  # path of the page that shows the subject
    told: Told  # what the subject's records say already: nobody types it again


OWNERS = Registry("owner of notices")


def register(prefix: str, *, unit_of: UnitOf, page_of: PageOf, told: Told) -> None:
    """Let a package answer for its subjects; called in `ready()`."""
    OWNERS.add(Owner(prefix, unit_of, page_of, told))


def told(subject: str, step: str) -> dict[str, Any]:
    """Return what is known already of a subject's notice; nothing when nobody answers for it."""
    owner = _owner_of(subject)
    return owner.told(subject, step) if owner else {}


def unit_of(user: User, subject: str, step: str, today: datetime.date) -> int:
    """Return the unit of a subject for which `user` may write the notice of a step.

    Raises:
        NoSuchNotice: nobody answers for such a subject.
        Refusal: whatever its owner refuses.
    """
    owner = _owner_of(subject)
    if owner is None:
        raise NoSuchNotice(_("没有这个事项。"))
    return owner.unit_of(user, subject, step, today)


def page_of(subject: str) -> str:
    """Return the path of the page that shows a subject; empty when nobody answers for it."""
    owner = _owner_of(subject)
    return owner.page_of(subject) if owner else ""


def _owner_of(subject: str) -> Owner | None:
    owner: Owner | None = OWNERS.entries.get(subject.partition(":")[0])
    return owner
