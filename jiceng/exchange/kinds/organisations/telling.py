"""What a file of organisations would change, in words: for the preview."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from jiceng.exchange.kinds.organisations.columns import KINDS, begins_of
from jiceng.exchange.kinds.organisations.standing import Standing
from jiceng.exchange.lookups import names_of
from jiceng.exchange.rows import Context, Row
from jiceng.registry.models import Membership, Post


def tell(rows: Sequence[Row], standing: dict[int, Standing], context: Context) -> None:
    """Give rows that change what stands their effects. Four statements."""
    numbers = {one.parent for one in standing.values()} | {one.seat for one in standing.values()}
    held = [row.found.get(what) for row in rows for what in ("parent", "seat")]
    numbers |= {holding.unit for holding in held if holding}
    names = names_of(number for number in numbers if number)
    staged = context.staged({row["parent"] for row in rows if row["parent"]})
    for row in rows:
        if row.number not in standing:
            row.tell(_("设立"), _("自%s起设立") % begins_of(row, context))
            continue
        for what, old, new in _changes(row, standing[row.number], names, staged):
            words = {"day": row.found["day"], "what": what, "old": old, "new": new}
            row.tell(what, _("自%(day)s起%(what)s：“%(old)s”→“%(new)s”") % words)
    _tell_of_ends([row for row in rows if row["ends"] and _is_ended(row)])


def _is_ended(row: Row) -> bool:
    return "unit" not in row.found or "end" in row.found["acts"]


def _changes(
    row: Row, one: Standing, names: Mapping[int, str], staged: Mapping[str, Row]
) -> Iterator[tuple[str, str, str]]:
    """Yield what is changed, from what, to what."""
    acts = row.found["acts"]
    if row["name"] != one.name:
        yield _("更名"), one.name, row["name"]
    if row["kind"] != one.kind:
        yield _("改类别"), str(KINDS.get(one.kind, one.kind)), str(KINDS[row["kind"]])
    if "parent" in acts:
        found = row.found.get("parent")
        other = staged.get(row["parent"] or "")
        new = names.get(found.unit, "") if found else other["name"] if other else ""
        top = _("最高一级")
        yield _("移动"), names.get(one.parent or 0, top), new or top
    if "seat" in acts:
        yield _("改所在区划"), names.get(one.seat or 0, ""), names.get(row.found["seat"].unit, "")


def _tell_of_ends(rows: Sequence[Row]) -> None:
    units = {row.found["unit"].unit: row["ends"] for row in rows if "unit" in row.found}
    posts = _lasting(Post, "unit_id", units)
    members = _lasting(Membership, "organisation_id", units)
    for row in rows:
        words = [_("自%s起终止") % row["ends"]]
        unit = row.found["unit"].unit if "unit" in row.found else 0
        if posts[unit]:
            words.append(_("%d 项任职随之终止") % posts[unit])
        if members[unit]:
            words.append(_("还有 %d 名党员的组织关系要另行转出") % members[unit])
        row.tell(_("终止"), _("；").join(words))


def _lasting(model: type[Post | Membership], owner: str, units: Mapping[int, object]) -> Counter:
    """Count the rows of each unit that would last beyond its end."""
    rows = model.objects.filter(**{f"{owner}__in": list(units)}).values_list(owner, "valid_to")
    return Counter(unit for unit, ends in rows if ends > units[unit])
