"""One audit entry for each operation: a larger one that hands its journal down leaves it itself."""

import datetime
import uuid
from collections.abc import Sequence

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.journal import Journal


def own_or_given(journal: Journal | None) -> tuple[bool, Journal]:
    """Return the journal to write in, and whether the operation stands alone: if so it leaves
    the audit entry, else the one that gave the journal does.
    """
    return (True, Journal()) if journal is None else (False, journal)


def leave_entry(
    action: str,
    units: Sequence[int],
    journal: Journal,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
    text: str = "",
    **after: object,
) -> None:
    """Leave the entry of an operation on units, under the first of them."""
    audit.record(
        action=action,
        subject=f"registry.unit:{units[0]}",
        subject_text=text,
        unit=units[0],
        unit_text=text,
        by=by,
        at=at,
        key=key,
        after={**after, "journal": journal.digest()},
        count=len(units),
    )
