"""The Context in which an import's rows are checked and applied."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from jiceng.access.queries import scope_of
from jiceng.core import clock
from jiceng.core.journal import Journal
from jiceng.exchange.columns import Layout
from jiceng.exchange.models import Import
from jiceng.exchange.rows import Context
from jiceng.exchange.staging import Staging
from jiceng.registry.models import Batch


def context_of(
    one: Import,
    staging: Staging,
    layout: Layout,
    *,
    at: datetime.datetime,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> Context:
    today = clock.day_of(at)

    def staged(keys: Iterable[str]) -> Mapping[str, dict[str, Any]]:
        return {key: layout.row(0, cells).values for key, cells in staging.by_keys(list(keys))}

    return Context(
        day=one.day,
        at=at,
        today=today,
        by=one.by or "system",
        scope=scope_of(one.by, "exchange.import", today) if one.by else None,
        staged=staged,
        batch=batch,
        journal=journal,
    )
