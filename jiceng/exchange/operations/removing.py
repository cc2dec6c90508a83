"""Taking back one chunk of an import, the last one first, in one transaction."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.bulk import remove
from jiceng.exchange.journals import created_by, plain, prints_of, restored
from jiceng.exchange.models import Import, JournalChange, JournalPart
from jiceng.exchange.reliance import owners_of, references_to, words_of
from jiceng.registry import search
from jiceng.registry.models import UnitName

_LISTED = 200  # sentences on what was left; all are counted

Key = tuple[str, int]  # label of the model, number


@dataclass
class _Chunk:
    """The rows that one chunk created and that still stand, and the record each belongs to."""

    order: list[str] = field(default_factory=list)  # models as they were first written
    standing: dict[str, list[int]] = field(default_factory=dict)
    root: dict[Key, Key] = field(default_factory=dict)
    left: dict[Key, str] = field(default_factory=dict)  # record → why it is left


def take_back(one: Import) -> None:
    """Remove all that an import has written so far and nobody has seen."""
    while undo_chunk(one):
        pass


@transaction.atomic
def undo_chunk(one: Import) -> bool:
    """Take back the last chunk whose journal is still kept; say whether there was one.

    A record somebody has changed since, or something else points to, stays and is listed.
    """
    locked = Import.objects.select_for_update().get(pk=one.pk)
    last = _last_sequence(locked)
    if last is None:
        return False
    parts = list(JournalPart.objects.filter(of=locked, sequence=last).order_by("pk"))
    chunk = _load(parts)
    _leave_referenced(chunk)
    _leave_what_left_ones_need(chunk)
    _remove(chunk)
    sentences = [
        _("%(what)s：%(why)s，予以保留。") % {"what": words_of(*record), "why": why}
        for record, why in chunk.left.items()
    ]
    changes = JournalChange.objects.filter(of=locked, sequence=last)
    sentences += _restore(list(changes.order_by("-pk")), chunk)
    JournalPart.objects.filter(pk__in=[part.pk for part in parts]).delete()
    changes.delete()
    locked.left = [*locked.left, *sentences][:_LISTED]
    locked.left_count += len(sentences)
    locked.done = last
    locked.touched_at = clock.now()
    locked.save()
    return True


def _last_sequence(one: Import) -> int | None:
    found = [
        model.objects.filter(of=one).aggregate(last=Max("sequence"))["last"]
        for model in (JournalPart, JournalChange)
    ]
    return max((number for number in found if number is not None), default=None)


def _load(parts: list[JournalPart]) -> _Chunk:
    chunk = _Chunk()
    touched: list[Key] = []
    for part in parts:
        created = created_by(part)
        now = prints_of(part.model, list(created))
        chunk.order.append(part.model)
        chunk.standing[part.model] = list(now)
        touched += [(part.model, number) for number in now if now[number] != created[number]]
    for label, numbers in chunk.standing.items():
        owners = owners_of(apps.get_model(label), numbers)
        for number in numbers:
            chunk.root[label, number] = _root(chunk, label, number, owners)
    for key in touched:
        chunk.left[chunk.root[key]] = _("导入之后有过变更")
    return chunk


def _root(chunk: _Chunk, label: str, number: int, owners: dict[int, int]) -> Key:
    owner = ("registry.unit", owners.get(number, 0))
    if owners and owner[1] in set(chunk.standing.get(owner[0], ())):
        return owner
    return label, number


def _leave_referenced(chunk: _Chunk) -> None:
    for label, numbers in chunk.standing.items():
        for reference in references_to(apps.get_model(label), numbers):
            source = (reference.model._meta.label_lower, reference.number)
            if source in chunk.root:
                continue
            why = _("导入之后有过变更") if reference.is_part else _("另有记录用到它")
            chunk.left.setdefault(chunk.root[label, reference.target], why)


def _leave_what_left_ones_need(chunk: _Chunk) -> None:
    """A record that stays keeps what it points to, step by step."""
    members: dict[Key, list[Key]] = defaultdict(list)
    for key, root in chunk.root.items():
        members[root].append(key)
    front = list(chunk.left)
    while front:
        targets = [target for root in front for key in members[root] for target in _targets(key)]
        front = []
        for target in targets:
            owner = chunk.root.get(target)
            if owner is not None and owner not in chunk.left:
                chunk.left[owner] = _("保留的记录用到它")
                front.append(owner)


def _targets(key: Key) -> list[Key]:
    model = apps.get_model(key[0])
    row = model._base_manager.get(pk=key[1])
    return [
        (f.related_model._meta.label_lower, number)
        for f in model._meta.concrete_fields
        if f.is_relation and (number := getattr(row, f.attname)) is not None
    ]


def _remove(chunk: _Chunk) -> None:
    for label in reversed(chunk.order):
        model = apps.get_model(label)
        gone = [n for n in chunk.standing[label] if chunk.root[label, n] not in chunk.left]
        if model is UnitName:
            search.forget_names(gone)
        remove(model, gone)


def _restore(changes: list[JournalChange], chunk: _Chunk) -> list[str]:
    """Give changed rows their fields back, unless somebody has changed them since or a record
    that took their place stays; return sentences on those.
    """
    sentences = []
    for change in changes:
        model = apps.get_model(change.model)
        row = model._base_manager.filter(pk=change.number).first()
        now = {name: plain(getattr(row, name)) for name in change.after} if row else None
        after = {name: plain(value) for name, value in restored(model, change.after).items()}
        if now != after or _replaced(row, change.model, chunk):
            sentences.append(
                _("%s：导入改动之后又有变更，未恢复原值。") % words_of(change.model, change.number)
            )
            continue
        model._base_manager.filter(pk=change.number).update(**restored(model, change.before))
    return sentences


def _replaced(row: models.Model, label: str, chunk: _Chunk) -> bool:
    left = [n for n in chunk.standing.get(label, ()) if chunk.root[label, n] in chunk.left]
    if not left:
        return False
    names = [f.attname for f in row._meta.concrete_fields if f.is_relation and f.name != "batch"]
    owners = type(row)._base_manager.filter(pk__in=left).values_list(*names)
    return tuple(getattr(row, name) for name in names) in set(owners)
