"""What operations on a unit's dated rows share: their refusals, their insert and their end."""

import datetime
import uuid
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.models import Dated
from jiceng.core.refusals import Conflict, Invalid, NotFound
from jiceng.registry.overlaps import Span, clashes

Row = TypeVar("Row", bound=Dated)


class UnknownItem(Invalid):
    """There is no such duty, kind of service or line of work."""


class NeedsDocument(Invalid):
    """Nothing official is taken without the document it rests on."""


class StandsAlready(Conflict):
    """The same stands there already for one of these days."""


class NotAGrid(Conflict):
    """Such a thing hangs on a grid, and the unit is none on that day."""


class NoSuchRow(NotFound):
    """There is no such row, or it had ended by then."""


def need_document(documents: Sequence[str]) -> None:
    if not all(document.strip() for document in documents):
        raise NeedsDocument(_("请写明依据文件的名称和文号。"))


def refuse_overlaps(
    rows: Sequence[Dated], owner: str, what: str, said: Callable[[Dated], str], **condition: object
) -> None:
    """Refuse rows that share a day with another of the same owner and thing. One statement; the
    caller holds the owners' locks.
    """
    spans = [
        Span((getattr(row, owner), getattr(row, what)), row.valid_from, row.valid_to)
        for row in rows
    ]
    found = clashes(type(rows[0]), [owner, what], spans, **condition)
    if found:
        first = min(found)
        raise StandsAlready(
            _("“%(what)s”自%(day)s起已经登记。请先终止它，或者改正开始日。")
            % {"what": said(rows[first]), "day": found[first].valid_from}
        )


@transaction.atomic
def end_row(
    model: type[Row],
    number: int,
    *,
    owner: str,
    day: datetime.date,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None,
    action: str,
) -> Row:
    """End a dated row: `day` is the first on which it no longer holds. Waits for whoever changes
    it. The caller has checked that `by` may.

    Raises:
        NoSuchRow: it does not hold on the day before, or had ended by then.
    """
    row: Row | None = model._default_manager.select_for_update().filter(pk=number).first()  # type: ignore[assignment]  # of the model asked for
    if row is None or not row.valid_from < day <= row.valid_to:
        raise NoSuchRow(_("这一条在%s之前没有生效，或者已经终止。") % day)
    before = {"valid_to": row.valid_to}
    row.valid_to = day
    row.save(update_fields=["valid_to"])
    audit.record(
        action=action,
        subject=row,
        unit=getattr(row, owner),
        by=by,
        at=at,
        key=key,
        before=before,
        after={"valid_to": day},
    )
    return row
