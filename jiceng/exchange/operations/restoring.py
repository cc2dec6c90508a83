"""Giving rows that stood before an import their fields back, and what follows from them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from jiceng.core.bulk import change as change_rows
from jiceng.core.bulk import listed, numbered
from jiceng.core.periods import FOREVER
from jiceng.exchange.models import JournalChange
from jiceng.exchange.operations.chunks import Chunk, values_before
from jiceng.exchange.refusals import ReliedUpon
from jiceng.exchange.reliance import words_of
from jiceng.registry import search
from jiceng.registry.models import Placement, Succession, Unit, UnitCode, UnitName
from jiceng.registry.operations import rebuild_paths
from jiceng.registry.operations.ending import refresh_heirs
from jiceng.registry.refusals import InCircle

_SHAPES_TREES = {Unit._meta.label_lower, Placement._meta.label_lower}


def restore(chunk: Chunk) -> list[str]:
    """Give changed rows their fields back, unless their record is left or a record that took
    their place is; return sentences on the latter. What took their place is removed already.

    Raises:
        ReliedUpon: what stood before cannot stand again: its code has been given away, its parent
            has ended or now stands below it, it goes on in another unit.
    """
    sentences: list[str] = []
    wanted: list[JournalChange] = []
    replaced = _replaced(chunk)
    for change in chunk.changes:
        key = (change.model, change.number)
        if chunk.root[key] in chunk.left:
            continue
        if _owner_of(chunk.now[key]) in replaced.get(change.model, ()):
            what = words_of(change.model, change.number)
            sentences.append(_("%s：导入改动之后又有变更，未恢复原值。") % what)
        else:
            wanted.append(change)
    _refuse_given_codes(chunk, wanted)
    _write(wanted)
    _follow(chunk, wanted)
    return sentences


def _write(wanted: Sequence[JournalChange]) -> None:
    groups: dict[tuple[str, ...], dict[int, dict[str, Any]]] = defaultdict(dict)
    for change in wanted:
        groups[change.model, *sorted(change.before)][change.number] = values_before(change)
    for (label, *_names), values in groups.items():
        change_rows(apps.get_model(label), values)


def _replaced(chunk: Chunk) -> dict[str, set[tuple[object, ...]]]:
    """Return, by model, what the rows that stay have taken the place of."""
    found: dict[str, set[tuple[object, ...]]] = {}
    for label, numbers in chunk.standing.items():
        left = [number for number in numbers if chunk.root[label, number] in chunk.left]
        if left:
            rows = apps.get_model(label)._base_manager.filter(pk__in=left)
            found[label] = {_owner_of(row) for row in rows}
    return found


def _owner_of(row: models.Model) -> tuple[object, ...]:
    """Return whom a row points to: what is true of one owner once a day."""
    names = [f.attname for f in row._meta.concrete_fields if f.is_relation and f.name != "batch"]
    return tuple(getattr(row, name) for name in names)


def _follow(chunk: Chunk, wanted: Sequence[JournalChange]) -> None:
    """Bring up to date what follows from restored rows: the search, paths, heirs."""
    label = UnitName._meta.label_lower
    renamed = [c.number for c in wanted if c.model == label and "name" in c.before]
    names = UnitName.objects.filter(pk__in=numbered(renamed))
    search.index_names(names.values_list("pk", "name"))
    shaping = [c for c in wanted if c.model in _SHAPES_TREES]
    units = sorted({chunk.root[c.model, c.number][1] for c in shaping})
    if not units:
        return
    again = sorted({c.number for c in shaping if c.model == Unit._meta.label_lower})
    _refuse_gone_on(again)
    _refuse_outside_parents(units)
    try:
        rebuild_paths(units)
    except InCircle as refusal:
        raise ReliedUpon(
            _(
                "不能撤销：导入之后上下级关系又有变动，恢复原来的上级会绕成一圈。请先改回后来的变动。"
            )
        ) from refusal
    refresh_heirs(again)


def _refuse_given_codes(chunk: Chunk, wanted: Sequence[JournalChange]) -> None:
    label = UnitCode._meta.label_lower
    rows = {c.number: (chunk.now[label, c.number], c) for c in wanted if c.model == label}
    codes = {row.code: (row, change) for row, change in rows.values()}  # type: ignore[attr-defined]
    later = UnitCode.objects.filter(code__in=listed(codes)).exclude(pk__in=numbered(rows))
    found = []
    for other in later.order_by("pk"):
        row, change = codes[other.code]
        ends = values_before(change).get("valid_to", FOREVER)
        if row.valid_to <= other.valid_from < ends:  # type: ignore[attr-defined]
            found.append(_("代码 %s 已给了另一单位") % other.code)
    _refuse(found)


def _refuse_gone_on(units: Sequence[int]) -> None:
    """What was ended cannot stand again when it has been said in what it goes on."""
    found = Succession.objects.filter(old__in=numbered(units)).values_list("old_id", flat=True)
    _refuse(
        _("%s：已登记承继单位") % words_of(Unit._meta.label_lower, number)
        for number in sorted(set(found))
    )


def _refuse_outside_parents(units: Sequence[int]) -> None:
    early, late = Q(valid_from__lt=F("parent__valid_from")), Q(valid_to__gt=F("parent__valid_to"))
    rows = Placement.objects.filter(early | late, unit__in=numbered(units))
    _refuse(
        _("%(unit)s原来的上级（%(parent)s）已于%(day)s终止")
        % {
            "unit": words_of(Unit._meta.label_lower, row.unit_id),
            "parent": words_of(Unit._meta.label_lower, row.parent_id or 0),
            "day": row.parent.valid_to if row.parent else "",
        }
        for row in rows.select_related("parent").order_by("pk")
    )


def _refuse(found: Iterable[str]) -> None:
    sentences = list(found)
    if sentences:
        raise ReliedUpon(
            _("不能撤销：导入之后另有变动，原来的内容不能恢复。请先处理下列记录，再撤销。"),
            details=sentences[:100],
        )
