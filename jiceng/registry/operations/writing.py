"""What the bulk operations on hanging rows share: the units' lock, the insert, the entry."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.bulk import insert, reserve_ids
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.registry.models import Batch, Unit
from jiceng.registry.refusals import NoSuchUnit, OutsideLife


def write(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    batch: Batch | None,
    journal: Journal,
) -> list[int]:
    """Insert rows with new numbers and the batch; return the numbers in the order given."""
    ids = reserve_ids(model, len(rows))
    batch_id = batch.pk if batch else None
    insert(
        model,
        ["id", "batch_id", *fields],
        ((pk, batch_id, *row) for pk, row in zip(ids, rows, strict=True)),
    )
    journal.created(model, ids)
    return ids


def lock_lives(periods: Iterable[tuple[int, datetime.date, datetime.date]]) -> dict[int, Unit]:
    """Lock the units, in order of number, and see that each lives through its (unit, from, to).

    Raises:
        NoSuchUnit: there is no such unit.
        OutsideLife: a period begins before the unit was founded or goes on after its end.
    """
    periods = list(periods)
    wanted = {unit for unit, _start, _end in periods}
    rows = Unit.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    found = {unit.pk: unit for unit in rows}
    if len(found) != len(wanted):
        raise NoSuchUnit(_("没有这个单位。"))
    for number, start, end in periods:
        unit = found[number]
        if start < unit.valid_from or end > unit.valid_to:
            raise OutsideLife(outside_life(unit.valid_from, unit.valid_to))
    return found


def outside_life(begins: datetime.date, ends: datetime.date) -> str:
    """Return the sentence on a period that its unit did not live through."""
    if ends == FOREVER:
        return _("单位设立于%s，起始日不能早于这一天。") % begins
    return _("单位存续于%(begins)s至%(ends)s（不含），起止日须在其间。") % {
        "begins": begins,
        "ends": ends,
    }


def record_rows(
    action: str,
    model: type[models.Model],
    ids: Sequence[int],
    journal: Journal,
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
    unit: int | None = None,
    **after: Any,
) -> None:
    """Leave the one entry of a bulk operation on rows of `model`."""
    audit.record(
        action=action,
        subject=f"{model._meta.label_lower}:{ids[0]}",
        unit=unit,
        by=by,
        at=at,
        key=key,
        after={**after, "journal": journal.digest()},
        count=len(ids),
    )
