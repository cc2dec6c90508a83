"""An organisation ends after all that stands below it, and nothing of it begins later."""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiceng.exchange.kinds.organisations.columns import ENDS, said_of
from jiceng.exchange.kinds.organisations.standing import Standing
from jiceng.exchange.lookups import codes_of, holdings_of, names_of
from jiceng.exchange.rows import Context, Row
from jiceng.registry.models import Placement, Post

_NAMED = 3


def check_endings(rows: Sequence[Row], standing: dict[int, Standing], context: Context) -> None:
    """Fault ends before which something below has not ended or gone, or after which something of
    the organisation begins. About eight statements.
    """
    ending = [row for row in rows if "unit" not in row.found or "end" in row.found["acts"]]
    _check_later(ending, standing)
    blocking = _standing_below(ending, context)
    for row, words in _named_below(ending, context):
        blocking[row.number].append(words)
    for row in ending:
        if blocking[row.number]:
            _fault(row, blocking[row.number])


def _check_later(rows: Sequence[Row], standing: dict[int, Standing]) -> None:
    units = {row.found["unit"].unit: row for row in rows if "unit" in row.found}
    last: dict[int, datetime.date] = {
        unit: standing[row.number].last for unit, row in units.items()
    }
    posts = Post.objects.filter(unit__in=units)
    for unit, begins in posts.values_list("unit_id", "valid_from"):
        last[unit] = max(last[unit], begins)
    for unit, row in units.items():
        if last[unit] >= row["ends"]:
            row.fault(
                ENDS.title,
                _("日期重叠"),
                _(
                    "名录中这个组织自%s起另有登记，终止日期不能在它之前或同一天。"
                    "请改正终止日期，或先撤销后来的登记。"
                )
                % last[unit],
            )


def _standing_below(rows: Sequence[Row], context: Context) -> dict[int, list[str]]:
    """Return, by number of the row, what stands below in the register and stays there."""
    units = {row.found["unit"].unit: row for row in rows if "unit" in row.found}
    placed = [
        (units[parent], unit, begins)
        for parent, unit, begins, ends in Placement.objects.filter(parent__in=units)
        .order_by("unit")
        .values_list("parent_id", "unit_id", "valid_from", "valid_to")
        if ends > units[parent]["ends"]
    ]
    below = {unit for _row, unit, _begins in placed}
    codes, names = codes_of(below, context.day), names_of(below)
    staged = context.staged({codes[unit] for unit in below if unit in codes})
    found: dict[int, list[str]] = defaultdict(list)
    for row, unit, begins in placed:
        child = staged.get(codes.get(unit, ""))
        if child is not None and _gone(child, row, context) and begins < row["ends"]:
            row.needs.append(child.number)
        elif child is None or child["parent"] != row["code"]:  # else told of by `_named_below`
            found[row.number].append(_("“%s”") % names.get(unit, unit))
    return found


def _gone(child: Row, row: Row, context: Context) -> bool:
    """Say whether a row of the file ends what stands below, or moves it away, in time."""
    if child["ends"] and child["ends"] <= row["ends"]:
        return True
    return child["parent"] != row["code"] and said_of(child, context) <= row["ends"]


def _named_below(rows: Sequence[Row], context: Context) -> list[tuple[Row, str]]:
    """Return rows of the file that name as their parent what ends before them."""
    ending = {row["code"]: row for row in rows}
    children = [
        child
        for child in context.staged_below(ending)
        if child["ends"] is None or child["ends"] > ending[child["parent"]]["ends"]
    ]
    known = holdings_of({child["code"] for child in children if child["code"]}, context)
    found = []
    for child in children:
        row, day = ending[child["parent"]], said_of(child, context)
        held = [h for h in known.get(child["code"] or "", []) if h.valid_from <= day < h.valid_to]
        if held and held[0].ends <= row["ends"]:
            continue
        words = _("第 %(row)d 行“%(name)s”") % {"row": child.number, "name": child["name"] or ""}
        found.append((row, words))
    return found


def _fault(row: Row, below: Sequence[str]) -> None:
    named = "、".join(below[:_NAMED])
    if len(below) > _NAMED:
        named = _("%(named)s等 %(count)d 个") % {"named": named, "count": len(below)}
    row.fault(
        ENDS.title,
        _("下级未终止"),
        _(
            "到%(day)s，其下仍有%(below)s。请在同一份表里把它们终止于这一天或以前，"
            "或移到别的上级；也可以推后本行的终止日期。"
        )
        % {"day": row["ends"], "below": named},
    )
