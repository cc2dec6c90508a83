"""What a bulk act did, row by row: kept so that it can be undone, and digested for the audit."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models


@dataclass(frozen=True, slots=True)
class Change:
    """One row written: `before` is None for a new row, else the fields it had."""

    model: str  # "registry.unit"
    pk: int
    before: dict[str, Any] | None
    after: dict[str, Any]


@dataclass
class Journal:
    """Collects changes in the order in which they were made."""

    changes: list[Change] = field(default_factory=list)

    def created(self, model: type[models.Model], pks: Iterable[int]) -> None:
        label = model._meta.label_lower
        self.changes.extend(Change(label, pk, None, {}) for pk in pks)

    def changed(
        self, model: type[models.Model], pk: int, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        self.changes.append(Change(model._meta.label_lower, pk, before, after))

    def digest(self) -> str:
        """Return the SHA-256 of all changes, for the audit entry of a bulk operation."""
        sha = hashlib.sha256()
        for change in self.changes:
            line = [change.model, change.pk, change.before, change.after]
            sha.update(json.dumps(line, sort_keys=True, default=str).encode())
        return sha.hexdigest()
