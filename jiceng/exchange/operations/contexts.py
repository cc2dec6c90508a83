"""The Context in which an import's rows are checked and applied."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from jiceng.access.queries import scope_of
from jiceng.core import clock
from jiceng.core.journal import Journal
from jiceng.exchange.columns import Layout
from jiceng.exchange.models import Import
from jiceng.exchange.rows import Context, Row
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

    def staged(keys: Iterable[str]) -> Mapping[str, Row]:
        found = staging.by_keys(list(keys))
        return {key: layout.row(row.number, row.cells) for key, row in found}

    def staged_below(keys: Iterable[str]) -> Sequence[Row]:
        return [layout.row(row.number, row.cells) for row in staging.below(list(keys))]

    return Context(
        day=one.day,
        at=at,
        today=today,
        by=one.by or "system",
        scope=scope_of(one.by, "exchange.import", today) if one.by else None,
        staged=staged,
        staged_below=staged_below,
        batch=batch,
        journal=journal,
    )
