"""Noting that data left the system: one audit entry for each file, with its count."""

import datetime
import uuid

from django.db import transaction

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.exchange.declarations import Kind


@transaction.atomic
def record_export(
    kind: Kind,
    *,
    form: str,
    day: datetime.date,
    count: int,
    digest: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """Leave the entry of an export."""
    audit.record(
        action="exchange.exported",
        subject=f"exchange.kind:{kind.code}",
        subject_text=str(kind.title),
        by=by,
        at=at,
        key=key,
        after={"form": form, "day": day, "digest": digest},
        count=count,
    )
