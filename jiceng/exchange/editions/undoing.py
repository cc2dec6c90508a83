"""Undoing a county's step: its journal read backwards, as long as nothing rests on it."""

import datetime
import json
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Min, ProtectedError
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.changes import report
from jiceng.core.models import Dated
from jiceng.core.periods import FOREVER
from jiceng.core.refusals import Conflict
from jiceng.exchange.editions.reliance import relied_on_since
from jiceng.exchange.editions.waiting import ask_for_review
from jiceng.exchange.models import EditionStep
from jiceng.registry import search
from jiceng.registry.models import Placement, Succession, Unit, UnitName, UnitPath
from jiceng.registry.operations import rebuild_paths
from jiceng.registry.operations.ending import refresh_heirs
from jiceng.registry.operations.locking import lock_trees

_SHOWN = 50
_REPORTED = ["registry.Unit", "registry.UnitPath", "registry.UnitName", "registry.Succession"]


class NotInEffect(Conflict):
    """The step has not taken effect, so there is nothing to undo."""


class ReliedOn(Conflict):
    """Something else rests on what the step wrote."""


class ChangedSince(Conflict):
    """Rows that the step wrote have been changed since."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row written: `before` is None for a new one."""

    model: type[models.Model]
    pk: int
    before: dict[str, Any] | None
    after: dict[str, Any]


@transaction.atomic
def undo(
    step: int,
    *,
    reason: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> EditionStep:
    """Take a county's step back: the register is as it was before, the decisions stay.

    Raises:
        NotInEffect: it has not taken effect.
        ReliedOn: figures are closed on it, or rows hang on what it founded, told in `details`.
        ChangedSince: rows it wrote were changed later.
    """
    lock_trees()
    row = EditionStep.objects.select_for_update().select_related("edition").get(pk=step)
    if not row.effective_at:
        raise NotInEffect(_("%s还没有生效，无需撤回。") % row.name)
    first = row.fates.aggregate(day=Min("day"))["day"] or row.edition.day
    _refuse(relied_on_since(first))
    lines = list(_lines(row.journal))
    _refuse_changed(lines)
    units = _units_of(lines)
    try:
        _take_back(lines, units)
    except ProtectedError as error:
        _refuse([_words_of(one) for one in error.protected_objects])
    report(["registry.UnitPath"], [first], at)
    number = len(lines)
    row.effective_at, row.effective_by, row.journal = None, "", ""
    row.save(update_fields=["effective_at", "effective_by", "journal"])
    report(_REPORTED, [first], at)
    ask_for_review([row], at=at)
    audit.record(
        action="exchange.edition.undone",
        subject=row,
        subject_text=row.name,
        unit=row.unit_id,
        by=by,
        at=at,
        key=key,
        after={"edition": row.edition_id, "reason": reason},
        count=number,
    )
    return row


def _lines(text: str) -> Iterator[_Line]:
    """Yield what was written, the last first; paths are left out: they are computed anew."""
    for line in reversed(text.splitlines()):
        label, pk, before, after = json.loads(line)
        model = apps.get_model(label)
        if model is not UnitPath:
            yield _Line(model, pk, before, after)


def _refuse(sentences: Sequence[str]) -> None:
    if sentences:
        raise ReliedOn(
            _("不能撤回：已有 %d 项以它为依据。请先处理这些事项。") % len(sentences),
            details=list(sentences)[:_SHOWN],
        )


def _words_of(row: models.Model) -> str:
    return _("%(kind)s %(row)s") % {"kind": row._meta.verbose_name, "row": row}


def _refuse_changed(lines: Sequence[_Line]) -> None:
    """Refuse when a row no longer holds what the step's last writing left in it."""
    last: dict[tuple[type[models.Model], int], dict[str, Any]] = defaultdict(dict)
    for line in reversed(lines):
        if line.before is None and issubclass(line.model, Dated):
            last[line.model, line.pk]["valid_to"] = FOREVER
        last[line.model, line.pk].update(line.after)
    wanted: dict[type[models.Model], list[int]] = defaultdict(list)
    for model, pk in last:
        wanted[model].append(pk)
    changed = []
    for model, pks in wanted.items():
        rows = {row.pk: row for row in model._default_manager.filter(pk__in=pks)}
        for pk in pks:
            row = rows.get(pk)
            if row is None or any(
                str(getattr(row, name)) != str(value) for name, value in last[model, pk].items()
            ):
                changed.append(_words_of(row or model(pk=pk)))
    if changed:
        raise ChangedSince(
            _("不能撤回：生效后又有 %d 行记录被改动。请先更正这些改动。") % len(changed),
            details=changed[:_SHOWN],
        )


def _units_of(lines: Sequence[_Line]) -> set[int]:
    """Return the units whose being or place the step touched: their paths are computed anew."""
    units = {line.pk for line in lines if line.model is Unit}
    placed = [line.pk for line in lines if line.model is Placement]
    return units | set(Placement.objects.filter(pk__in=placed).values_list("unit_id", flat=True))


def _take_back(lines: Sequence[_Line], units: set[int]) -> None:
    for (model, is_new), group in groupby(lines, key=lambda one: (one.model, one.before is None)):
        rows = list(group)
        if is_new:
            _remove(model, [row.pk for row in rows])
        else:
            for row in rows:
                model._default_manager.filter(pk=row.pk).update(**(row.before or {}))
    standing = set(Unit.objects.filter(pk__in=units).values_list("pk", flat=True))
    rebuild_paths(standing)


def _remove(model: type[models.Model], pks: list[int]) -> None:
    rows = model._default_manager.filter(pk__in=pks)
    if model is UnitName:
        search.forget_names(pks)
    if model is Unit:
        UnitPath.objects.filter(unit__in=pks).delete()
    if model is Succession:
        old = list(rows.values_list("old_id", flat=True))
        rows.delete()
        refresh_heirs(old)
        return
    rows.delete()
