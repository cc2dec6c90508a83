"""What a row changes of an organisation that stands: its name, kind, parent, seat, or its end."""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiceng.core.periods import FOREVER
from jiceng.exchange.kinds.organisations.circles import check_circles
from jiceng.exchange.kinds.organisations.columns import (
    DOMAIN,
    DOMAINS,
    ENDS,
    FOUNDED,
    NAME,
    PARENT,
    SEAT,
    SINCE,
    ends_of,
)
from jiceng.exchange.kinds.organisations.standing import Standing
from jiceng.exchange.rows import Context, Row

_TITLES = {"name": NAME.title, "parent": PARENT.title, "seat": SEAT.title}


def check_changes(rows: Sequence[Row], standing: dict[int, Standing], context: Context) -> None:
    """Put into `row.found["acts"]` what is to be done: "name", "parent", "seat", "end"."""
    for row in rows:
        one = standing[row.number]
        row.found["acts"] = acts = _acts_of(row, one)
        row.changes, row.unchanged = bool(acts), not acts
        row.seen = repr((one.name, one.kind, one.parent, one.seat, sorted(acts))) if acts else ""
        _check_identity(row, one)
        _check_end(row)
        for what in sorted(acts & _TITLES.keys()):
            _check_later(row, what, one)
        if "parent" in acts:
            _check_parent_lives(row)
        if acts - {"end"}:
            _check_day_is_said(row, context)
    moved = [row for row in rows if "parent" in row.found["acts"] and not row.faults]
    check_circles(moved, context)


def _acts_of(row: Row, one: Standing) -> set[str]:
    acts = set()
    if (row["name"], row["kind"]) != (one.name, one.kind):
        acts.add("name")
    for what, number in (("parent", one.parent), ("seat", one.seat)):
        found = row.found.get(what)
        if what not in row.found or (found is not None and found.unit != number):
            acts.add(what)
    if row["ends"] and row["ends"] != row.found["unit"].ends:
        acts.add("end")
    return acts


def _check_identity(row: Row, one: Standing) -> None:
    begins = row.found["unit"].begins
    if row["founded"] and row["founded"] != begins:
        row.fault(
            FOUNDED.title,
            _("设立日期不符"),
            _(
                "名录中这个组织设立于%s，设立日期不随导入更改。请改成这一天，或留空；新组织请换代码。"
            )
            % begins,
        )
    if row["domain"] and row["domain"] != one.domain:
        row.fault(
            DOMAIN.title,
            _("领域不符"),
            _("名录中这个组织的领域是“%s”，领域不随导入更改。请改成这一项；新组织请换代码。")
            % DOMAINS.get(one.domain, one.domain),
        )


def _check_end(row: Row) -> None:
    ends, standing = row["ends"], row.found["unit"]
    if ends is None:
        return
    begins = max(standing.begins, row["since"] or standing.begins)
    if ends <= begins:
        fault_early_end(row, begins)
    elif standing.ends not in (FOREVER, ends):
        row.fault(
            ENDS.title,
            _("已定终止"),
            _("名录中这个组织已定于%s终止。请改成这一天，或先撤销原来的终止。") % standing.ends,
        )


def fault_early_end(row: Row, begins: datetime.date) -> None:
    row.fault(
        ENDS.title,
        _("起止颠倒"),
        _("终止日期 %(ends)s 不晚于起始日 %(begins)s。请核对终止日期、“自何日起”和设立日期。")
        % {"ends": row["ends"], "begins": begins},
    )


def _check_later(row: Row, what: str, one: Standing) -> None:
    later = one.later.get(what)
    if later is not None:
        row.fault(
            SINCE.title,
            _("日期重叠"),
            _(
                "本行自%(day)s起，与名录中自%(later)s起的“%(title)s”重叠。"
                "请把“自何日起”改到%(later)s或以后，或先撤销后来的登记。"
            )
            % {"later": later, "title": _TITLES[what], "day": row.found["day"]},
        )


def _check_parent_lives(row: Row) -> None:
    parent = row.found.get("parent")
    if parent is not None and parent.ends < ends_of(row):
        row.fault(
            PARENT.title,
            _("上级将终止"),
            _("上级组织已定于%s终止，早于本组织。请改用其后仍存在的上级。") % parent.ends,
        )


def _check_day_is_said(row: Row, context: Context) -> None:
    """The day of the file lies after the end: it cannot be the day of another change."""
    if row["since"] is None and row["ends"] and row["ends"] <= context.day:
        row.fault(
            SINCE.title,
            _("缺少日期"),
            _("本行在终止之前还有别的变更。请填“自何日起”，写明变更从哪一天起。"),
        )
