"""Taking back one chunk of an import, the last one first, in one transaction."""

from collections import defaultdict
from collections.abc import Sequence

from django.apps import apps
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.bulk import remove
from jiceng.exchange.models import Import, JournalChange, JournalPart
from jiceng.exchange.operations.chunks import Chunk, Key, load
from jiceng.exchange.operations.restoring import restore
from jiceng.exchange.reliance import references_to, words_of
from jiceng.registry import search
from jiceng.registry.models import Unit, UnitName, UnitPath

_LISTED = 200  # sentences on what was left; all are counted


def take_back(one: Import) -> None:
    """Remove all that an import has written so far and nobody has seen."""
    while undo_chunk(one):
        pass


def take_back_changes(one: Import) -> None:
    """Give the rows that stood before the import their fields back, and remove what took their
    place: from the last chunk to the first that changed such rows, so that nobody sees half of it.

    Inside the caller's transaction.

    Raises:
        ReliedUpon: what stood before cannot stand again.
    """
    while JournalChange.objects.filter(of=one).exists():
        undo_chunk(one)


@transaction.atomic
def undo_chunk(one: Import) -> bool:
    """Take back the last chunk whose journal is still kept; say whether there was one.

    A record somebody has changed since, or something else points to, stays and is listed.

    Raises:
        ReliedUpon: what stood before cannot stand again.
    """
    locked = Import.objects.select_for_update().get(pk=one.pk)
    last = _last_sequence(locked)
    if last is None:
        return False
    parts = list(JournalPart.objects.filter(of=locked, sequence=last).order_by("pk"))
    changes = JournalChange.objects.filter(of=locked, sequence=last)
    chunk = load(parts, list(changes.order_by("-pk")))
    _leave_referenced(chunk)
    _leave_what_left_ones_need(chunk)
    _remove(chunk)
    sentences = restore(chunk)
    sentences[:0] = [
        _("%(what)s：%(why)s，予以保留。") % {"what": words_of(*record), "why": why}
        for record, why in chunk.left.items()
    ]
    JournalPart.objects.filter(pk__in=[part.pk for part in parts]).delete()
    changes.delete()
    _count(locked, last, sentences)
    return True


def _last_sequence(one: Import) -> int | None:
    found = [
        model.objects.filter(of=one).aggregate(last=Max("sequence"))["last"]
        for model in (JournalPart, JournalChange)
    ]
    return max((number for number in found if number is not None), default=None)


def _count(locked: Import, last: int, sentences: Sequence[str]) -> None:
    locked.left = [*locked.left, *sentences][:_LISTED]
    locked.left_count += len(sentences)
    locked.done = last
    locked.touched_at = clock.now()
    locked.save()


def _leave_referenced(chunk: Chunk) -> None:
    for label, numbers in chunk.standing.items():
        for reference in references_to(apps.get_model(label), numbers):
            source = (reference.model._meta.label_lower, reference.number)
            if source in chunk.root:
                continue
            why = _("导入之后有过变更") if reference.is_part else _("另有记录用到它")
            chunk.left.setdefault(chunk.root[label, reference.target], why)


def _leave_what_left_ones_need(chunk: Chunk) -> None:
    """A record that stays keeps what it points to, step by step."""
    created = {(label, n) for label, numbers in chunk.standing.items() for n in numbers}
    members: dict[Key, list[Key]] = defaultdict(list)
    for key in created:
        members[chunk.root[key]].append(key)
    front = list(chunk.left)
    while front:
        targets = [target for root in front for key in members[root] for target in _targets(key)]
        front = []
        for target in targets:
            if target in created and chunk.root[target] not in chunk.left:
                chunk.left[chunk.root[target]] = _("保留的记录用到它")
                front.append(chunk.root[target])


def _targets(key: Key) -> list[Key]:
    model = apps.get_model(key[0])
    row = model._base_manager.get(pk=key[1])
    return [
        (f.related_model._meta.label_lower, number)
        for f in model._meta.concrete_fields
        if f.is_relation and (number := getattr(row, f.attname)) is not None
    ]


def _remove(chunk: Chunk) -> None:
    for label in reversed(chunk.order):
        model = apps.get_model(label)
        gone = [n for n in chunk.standing[label] if chunk.root[label, n] not in chunk.left]
        if model is UnitName:
            search.forget_names(gone)
        if model is Unit:
            UnitPath.objects.filter(unit__in=gone).delete()
        remove(model, gone)
