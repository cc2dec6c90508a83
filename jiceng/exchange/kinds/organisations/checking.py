"""What a row of organisations would do: found one, leave it as it is, or change it from a day on."""

import datetime
from collections.abc import Container, Sequence

from django.utils.translation import gettext as _

from jiceng.core.periods import FOREVER
from jiceng.exchange.kinds.organisations.changes import check_changes, fault_early_end
from jiceng.exchange.kinds.organisations.columns import (
    CODE,
    FOUNDED,
    PARENT,
    SEAT,
    SINCE,
    begins_of,
    said_of,
)
from jiceng.exchange.kinds.organisations.endings import check_endings
from jiceng.exchange.kinds.organisations.standing import Standing, standing_of
from jiceng.exchange.kinds.organisations.telling import tell
from jiceng.exchange.lookups import Holding, codes_of, find_units, hidden_units, holdings_of
from jiceng.exchange.rows import Context, Row
from jiceng.registry.models.units import Tree


def check(rows: Sequence[Row], context: Context) -> None:
    _match(rows, context)
    standing = standing_of([row for row in rows if "unit" in row.found])
    _find_above(rows, standing, context)
    _check_staged_parents(rows, context)
    new = [row for row in rows if "unit" not in row.found]
    _check_new(new, context)
    known = [row for row in rows if "unit" in row.found]
    check_changes(known, standing, context)
    check_endings([row for row in rows if row["ends"] and not row.faults], standing, context)
    if not context.applying:
        tell([row for row in rows if row.changes and not row.faults], standing, context)


def _match(rows: Sequence[Row], context: Context) -> None:
    """Put into `row.found` the day of the row, and the organisation that bears its code then."""
    taken = holdings_of((row["code"] for row in rows if row["code"]), context)
    hidden = hidden_units(taken, context)
    for row in rows:
        row.found["day"] = said_of(row, context)
        known = taken.get(row["code"] or "", [])
        bearer = next((h for h in known if h.valid_from <= row.found["day"] < h.valid_to), None)
        if bearer is None:
            _refuse_taken(row, known, begins_of(row, context))
        elif bearer.unit in hidden or bearer.tree != Tree.ORGANISATION:
            row.fault(
                CODE.title,
                _("代码已有"),
                _("代码 %s 已属于名录中的另一单位。请核对；新组织请换代码。") % row["code"],
            )
        else:
            row.found["unit"] = bearer


def _refuse_taken(row: Row, known: Sequence[Holding], begins: datetime.date) -> None:
    later = min((h.valid_from for h in known if h.valid_to > begins), default=None)
    if later is not None:
        row.fault(
            CODE.title,
            _("代码已有"),
            _(
                "代码 %(code)s 自%(since)s起属于名录中的单位，与本行的日期重叠。"
                "请核对“自何日起”和“设立日期”；新组织请换代码。"
            )
            % {"code": row["code"], "since": later},
        )


def _find_above(rows: Sequence[Row], standing: dict[int, Standing], context: Context) -> None:
    """Look up the parents and seats that rows name anew. One that stands already is found as None:
    the sender need not be allowed to look above his own subtree.
    """
    own = [one for one in standing.values() if one.parent or one.seat]
    codes = codes_of({n for one in own for n in (one.parent, one.seat) if n}, context.day)
    for row in rows:
        one = standing.get(row.number)
        if one is not None and row["parent"] == codes.get(one.parent or 0):
            row.found["parent"] = None
        if one is not None and row["seat"] == codes.get(one.seat or 0):
            row.found["seat"] = None
    whole = [row for row in rows if not row.faults]
    find_units(
        [row for row in whole if "seat" not in row.found],
        SEAT,
        context,
        tree=Tree.DIVISION,
        day=lambda row: _day_above(row, context),
    )
    find_units(
        [row for row in whole if "parent" not in row.found],
        PARENT,
        context,
        tree=Tree.ORGANISATION,
        day=lambda row: _day_above(row, context),
        awaited=lambda codes: _awaited(codes, rows, context),
    )


def _day_above(row: Row, context: Context) -> datetime.date:
    return row.found["day"] if "unit" in row.found else begins_of(row, context)


def _awaited(codes: set[str], rows: Sequence[Row], context: Context) -> Container[str]:
    """Return the codes that rows of the file bear; while applying, those applied together."""
    if context.applying:
        return {row["code"] for row in rows if "unit" not in row.found}
    return context.staged(codes)


def _check_staged_parents(rows: Sequence[Row], context: Context) -> None:
    if context.applying:
        return
    leaning = [row for row in rows if row["parent"] and "parent" not in row.found]
    awaited = context.staged({row["parent"] for row in leaning})
    for row in leaning:
        parent = awaited.get(row["parent"])
        if parent is None:
            continue
        begins, day = begins_of(parent, context), _day_above(row, context)
        if begins > day:
            row.fault(
                (SINCE if "unit" in row.found else FOUNDED).title,
                _("早于上级"),
                _("上级组织设立于%s，本组织不能更早。请核对两行的设立日期。") % begins,
            )


def _check_new(rows: Sequence[Row], context: Context) -> None:
    for row in rows:
        begins = begins_of(row, context)
        if row["founded"] and row["since"] and row["founded"] != row["since"]:
            row.fault(
                SINCE.title,
                _("日期不一致"),
                _(
                    "代码 %s 是新组织，“自何日起”就是它的设立日期。"
                    "请填同一天，或只填一格；如是已有的组织，请核对代码。"
                )
                % row["code"],
            )
        if row["ends"] and row["ends"] <= begins:
            fault_early_end(row, begins)
        parent = row.found.get("parent")
        if parent and parent.ends != FOREVER:
            row.fault(
                PARENT.title,
                _("上级将终止"),
                _("上级组织已定于%s终止，不能再在其下设立。请改用其后仍存在的上级。") % parent.ends,
            )
        row.changes = bool(row["ends"])
        row.seen = "new" if row.changes else ""
