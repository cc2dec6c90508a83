"""Handing out what the audit holds: that it was read in bulk is an act of its own."""

import datetime
import uuid
from dataclasses import asdict

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.queries.entries import entries_for
from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.audit.models import Entry
from jiceng.audit.queries import Search
from jiceng.core.clock import day_of


@transaction.atomic
def export_entries(
    search: Search,
    *,
    most: int,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> QuerySet[Entry]:
    """Return the newest `most` entries that match, to be streamed, and keep that they went out:
    what was looked for and how many rows. The entry of this export is not among them.

    Raises:
        NotPermitted: the user may read none.
    """
    found = entries_for(by, search, day_of(at))
    last = found.aggregate(last=Max("pk"))["last"] or 0
    found = found.filter(pk__lte=last)[:most]
    rows = found.count()
    asked = {name: str(given) for name, given in asdict(search).items() if given not in ("", None)}
    audit.record(
        action="access.entries.exported",
        subject="audit.entries:csv",
        subject_text=_("审计记录"),
        by=by,
        at=at,
        key=key,
        after={**asked, "rows": rows},
        count=rows,
    )
    return found
