"""What one chunk of an import wrote, held against what stands now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from jiceng.core.bulk import numbered
from jiceng.exchange.journals import created_by, plain, prints_of, restored
from jiceng.exchange.models import JournalChange, JournalPart
from jiceng.exchange.reliance import owners_of
from jiceng.registry.models import Unit

Key = tuple[str, int]  # label of the model, number
_UNIT = Unit._meta.label_lower


@dataclass
class Chunk:
    """The rows that one chunk created or changed and that still stand, and the record each
    belongs to: the unit, for a unit's own parts and for what ends with it.
    """

    order: list[str] = field(default_factory=list)  # models as they were first written
    standing: dict[str, list[int]] = field(default_factory=dict)  # created
    changes: list[JournalChange] = field(default_factory=list)
    now: dict[Key, models.Model] = field(default_factory=dict)  # changed, as they are
    root: dict[Key, Key] = field(default_factory=dict)
    left: dict[Key, str] = field(default_factory=dict)  # record → why it is left


def load(parts: Sequence[JournalPart], changes: Sequence[JournalChange]) -> Chunk:
    """Read a chunk; what somebody has touched since is left."""
    chunk = Chunk(changes=list(changes))
    touched = _load_created(chunk, parts) + _load_changed(chunk)
    for key in touched:
        chunk.left[chunk.root[key]] = _("导入之后有过变更")
    return chunk


def _load_created(chunk: Chunk, parts: Sequence[JournalPart]) -> list[Key]:
    touched: list[Key] = []
    for part in parts:
        created = created_by(part)
        now = prints_of(part.model, list(created))
        chunk.order.append(part.model)
        chunk.standing[part.model] = list(now)
        touched += [(part.model, number) for number in now if now[number] != created[number]]
        _find_roots(chunk, part.model, list(now))
    return touched


def _load_changed(chunk: Chunk) -> list[Key]:
    """Return the changed rows that no longer are as the chunk left them."""
    by_model: dict[str, list[JournalChange]] = {}
    for change in chunk.changes:
        by_model.setdefault(change.model, []).append(change)
    touched: list[Key] = []
    for label, changes in by_model.items():
        model = apps.get_model(label)
        numbers = [change.number for change in changes]
        for row in model._base_manager.filter(pk__in=numbered(numbers)):
            chunk.now[label, row.pk] = row
        _find_roots(chunk, label, numbers, changed=True)
        touched += [(label, c.number) for c in changes if not _as_left(chunk, model, c)]
    return touched


def _as_left(chunk: Chunk, model: type[models.Model], change: JournalChange) -> bool:
    row = chunk.now.get((change.model, change.number))
    if row is None:
        return False
    after = {name: plain(value) for name, value in restored(model, change.after).items()}
    return {name: plain(getattr(row, name)) for name in after} == after


def _find_roots(chunk: Chunk, label: str, numbers: list[int], *, changed: bool = False) -> None:
    owners = owners_of(apps.get_model(label), numbers, changed=changed)
    for number in numbers:
        owner = owners.get(number)
        chunk.root[label, number] = (_UNIT, owner) if owner else (label, number)


def values_before(change: JournalChange) -> dict[str, Any]:
    """Return the fields of a changed row as they were."""
    return restored(apps.get_model(change.model), change.before)
