"""Undoing an applied import: refused when others rely on it, else read backwards from its journal."""

import datetime
from collections.abc import Iterator

import numpy as np
from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.audit import operations as audit
from jiceng.core.changes import report
from jiceng.exchange.declarations import KINDS
from jiceng.exchange.models import Import, JournalChange, JournalPart
from jiceng.exchange.operations.removing import undo_chunk
from jiceng.exchange.refusals import ReliedUpon
from jiceng.exchange.reliance import Reference, references_to, words_of
from jiceng.registry.models import Batch

_LISTED = 100


def refuse_relied_upon(one: Import) -> None:
    """Look through the whole import for rows that others rely on. Memory: eight bytes a row.

    Raises:
        ReliedUpon: there are some; `details` lists the first hundred.
    """
    own = _own_numbers(one)
    sentences: list[str] = []
    for part in JournalPart.objects.filter(of=one).order_by("pk").iterator(chunk_size=20):
        for reference in _outside(part, own):
            sentences.append(
                _("%(what)s 用到 %(target)s")
                % {
                    "what": words_of(reference.model._meta.label_lower, reference.number),
                    "target": words_of(part.model, reference.target),
                }
            )
            if len(sentences) == _LISTED:
                break
        if len(sentences) == _LISTED:
            break
    if sentences:
        raise ReliedUpon(
            _("不能撤销：另有记录用到这次导入的内容。请先处理下列记录，再撤销。"), details=sentences
        )


def _own_numbers(one: Import) -> dict[str, np.ndarray]:
    """Return, by model, the sorted numbers of all rows that the import created or changed."""
    found: dict[str, list[np.ndarray]] = {}
    for part in JournalPart.objects.filter(of=one).order_by("pk").iterator(chunk_size=20):
        found.setdefault(part.model, []).append(np.frombuffer(bytes(part.numbers), dtype="<i8"))
    changes = JournalChange.objects.filter(of=one).values_list("model", "number").order_by("pk")
    for model, number in changes.iterator(chunk_size=5_000):
        found.setdefault(model, []).append(np.array([number], dtype="<i8"))
    return {model: np.sort(np.concatenate(arrays)) for model, arrays in found.items()}


def _outside(part: JournalPart, own: dict[str, np.ndarray]) -> Iterator[Reference]:
    """Yield what points to a part's rows, is no part of them, and was not written by the import."""
    numbers = np.frombuffer(bytes(part.numbers), dtype="<i8").tolist()
    for reference in references_to(apps.get_model(part.model), numbers):
        ours = own.get(reference.model._meta.label_lower)
        if reference.is_part or (ours is not None and _holds(ours, reference.number)):
            continue
        yield reference


def _holds(numbers: np.ndarray, number: int) -> bool:
    at = int(np.searchsorted(numbers, number))
    return at < len(numbers) and int(numbers[at]) == number


def undo(one: Import, *, at: datetime.datetime) -> None:
    """Take back what is still to be taken back, chunk by chunk, and close the undoing."""
    while undo_chunk(one):
        pass
    _close(one, at)


@transaction.atomic
def _close(one: Import, at: datetime.datetime) -> None:
    locked = Import.objects.select_for_update().get(pk=one.pk)
    if locked.state != Import.State.UNDOING:
        return
    Batch.objects.filter(pk__in=[locked.batch_id]).update(
        finished_at=at
    )  # what was left is seen again
    locked.state, locked.undone_at, locked.touched_at = Import.State.UNDONE, at, at
    locked.save()
    report(KINDS[locked.kind].sources, [locked.first_day or locked.day], at)
    audit.record(
        action="exchange.import.undone",
        subject=locked,
        subject_text=locked.name,
        by=locked.by or "system",
        at=at,
        after={"reason": locked.reason, "left": locked.left_count},
        count=locked.total,
    )
