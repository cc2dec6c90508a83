"""Remarks: what readers of a unit's page must know of the rows behind it."""

import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.journal import Journal
from jiceng.registry.dated import replace_from
from jiceng.registry.models import Remark
from jiceng.registry.operations.locking import lock_units


@transaction.atomic
def remark_on_units(
    texts: Mapping[int, str],
    *,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
) -> None:
    """Put a remark on each unit's page from `day` on; an earlier one ends that day.

    Raises:
        NoSuchUnit: a unit does not exist on `day`.
    """
    if not texts:
        return
    journal = Journal() if journal is None else journal
    lock_units(list(texts), day)
    replace_from(
        Remark,
        "unit_id",
        {unit: {"text": text} for unit, text in texts.items()},
        day=day,
        journal=journal,
        sentence=_("有单位在%s之后另有说明，请先更正。") % day,
    )
    first = next(iter(texts))
    audit.record(
        action="registry.remark.recorded",
        subject=f"registry.unit:{first}",
        subject_text=texts[first],
        unit=first,
        by=by,
        at=at,
        key=key,
        after={"day": day, "text": texts[first], "journal": journal.digest()},
        count=len(texts),
    )
