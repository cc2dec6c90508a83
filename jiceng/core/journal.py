"""What a bulk act did, row by row: kept so that it can be undone, and digested for the audit."""

import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models


@dataclass(frozen=True, slots=True)
class Change:
    """One row written: `before` is None for a new row, else the fields it had."""

    model: str  # "registry.unit"
    pk: int
    before: dict[str, Any] | None
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Created:
    """New rows of one model; a country's are millions, so eight bytes each."""

    model: str
    numbers: "array[int]"


@dataclass
class Journal:
    """Collects what was written, in the order in which it was."""

    parts: list[Created | Change] = field(default_factory=list)

    def created(self, model: type[models.Model], pks: Iterable[int]) -> None:
        if numbers := array("q", pks):
            self.parts.append(Created(model._meta.label_lower, numbers))

    def changed(
        self, model: type[models.Model], pk: int, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        self.parts.append(Change(model._meta.label_lower, pk, before, after))

    @property
    def changes(self) -> Iterator[Change]:
        """Yield each row written by itself."""
        for part in self.parts:
            if isinstance(part, Created):
                yield from (Change(part.model, pk, None, {}) for pk in part.numbers)
            else:
                yield part

    @property
    def count(self) -> int:
        """How many rows were written."""
        return sum(len(one.numbers) if isinstance(one, Created) else 1 for one in self.parts)

    def models(self) -> list[type[models.Model]]:
        """Return the models whose rows were written."""
        return [apps.get_model(label) for label in sorted({part.model for part in self.parts})]

    def digest(self) -> str:
        """Return the SHA-256 of all changes, for the audit entry of a bulk operation."""
        sha = hashlib.sha256()
        for change in self.changes:
            line = [change.model, change.pk, change.before, change.after]
            sha.update(json.dumps(line, sort_keys=True, default=str).encode())
        return sha.hexdigest()
