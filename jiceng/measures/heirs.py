"""What figures rely on when units begin, end or go on in others."""

import datetime
from collections.abc import Collection

import numpy as np

from jiceng.measures.engine.trees import kept
from jiceng.measures.models import TreeSnapshot


def closed_since(units: Collection[int], day: datetime.date) -> bool:
    """Say whether figures are closed on a tree of `day` or later that holds one of the units.

    Then what happened to them can no longer be undone. One statement, and one for each tree that
    this process has not met.
    """
    numbers = np.array(sorted(units), dtype=np.int64)
    digests = (
        TreeSnapshot.objects.filter(figures__closed_at__isnull=False, figures__day__gte=day)
        .values_list("digest", flat=True)
        .distinct()
    )
    return any(bool((kept(digest).rows_of(numbers) >= 0).any()) for digest in digests)
