"""Ratings as a file: who holds which level against which standard, from when on."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.exchange import parsing
from jiceng.exchange.declarations import KINDS, Column, Kind, Values
from jiceng.exchange.lookups import check_period, chunked, codes_of, find_units, units_readable
from jiceng.exchange.rows import Context, Reading, Row
from jiceng.standards.models import Rating, Standard
from jiceng.standards.operations import RatingRow, record_ratings, standing_ratings
from jiceng.standards.queries import levels_in_force

UNIT = Column("unit", "组织代码", parsing.code, required=True, example="ZZ0001")
STANDARD = Column("standard", "标准代码", parsing.text(40), required=True, example="star")
LEVEL = Column(
    "level", "等级", parsing.text(20), required=True, example="四星", help="按标准里的叫法填写。"
)
SINCE = Column("since", "生效日期", parsing.day, help="留空则按本次导入的数据日期。", else_day=True)
DOCUMENT = Column("document", "依据文件", parsing.text(200), example="（示例）某委〔2017〕1号")
REASON = Column(
    "reason", "更正原因", parsing.text(200), help="同一天已登记了别的等级时，写明为什么更正。"
)


def check(rows: Sequence[Row], context: Context) -> None:
    find_units(rows, UNIT, context, day=lambda row: row["since"])
    check_period(rows, UNIT, SINCE, None)
    _find_levels(rows)
    whole = [row for row in rows if not row.faults]
    standing = standing_ratings([_rating(row) for row in whole])
    for place, old in standing.items():
        row = whole[place]
        row.unchanged = old.level == row.found["level"]
        level = row.found["standard"].levels.get(str(old.level), old.level)
        if not row.unchanged and not row["reason"]:
            row.fault(
                LEVEL.title,
                _("已有另一等级"),
                _("%(day)s已登记为“%(old)s”。如要更正，请在“更正原因”一列写明原因。")
                % {"day": row["since"], "old": level},
            )
        elif not row.unchanged:
            row.changes, row.seen = True, str(old.pk)
            words = {"old": level, "new": row["level"]}
            row.tell(_("更正"), _("更正等级：“%(old)s”→“%(new)s”") % words)


def _find_levels(rows: Sequence[Row]) -> None:
    standards = {
        one.code: one for one in Standard.objects.filter(code__in={r["standard"] for r in rows})
    }
    for row in rows:
        standard = standards.get(row["standard"])
        if standard is None:
            if row["standard"]:
                row.fault(
                    STANDARD.title,
                    _("标准不存在"),
                    _("没有代码为“%s”的标准。请核对标准代码。") % row["standard"],
                )
            continue
        levels = {title: int(level) for level, title in standard.levels.items()}
        levels |= {str(level): level for level in levels.values()}
        row.found["standard"] = standard
        row.found["level"] = levels.get(row["level"])
        if row["level"] and row.found["level"] is None:
            row.fault(
                LEVEL.title,
                _("等级不存在"),
                _("“%(level)s”不是这个标准的等级。请填：%(levels)s。")
                % {"level": row["level"], "levels": "、".join(standard.levels.values())},
            )


def _rating(row: Row) -> RatingRow:
    return RatingRow(
        organisation=row.found["unit"].unit,
        standard=row.found["standard"].pk,
        level=row.found["level"],
        valid_from=row["since"],
        document=row["document"] or "",
        reason=row["reason"] or "",
    )


def apply(rows: Sequence[Row], context: Context) -> None:
    record_ratings(
        [_rating(row) for row in rows],
        origin=Rating.Origin.IMPORTED,
        by=context.by,
        at=context.at,
        batch=context.batch,
        journal=context.journal,
    )


def export(reading: Reading) -> Iterator[Sequence[object]]:
    rows = (
        levels_in_force(reading.day)
        .filter(organisation__in=units_readable(reading).values("pk"))
        .select_related("standard")
        .order_by("organisation", "standard")
    )
    for chunk in chunked(rows):
        codes = codes_of((row.organisation_id for row in chunk), reading.day)
        for row in chunk:
            yield (
                codes.get(row.organisation_id, ""),
                row.standard.code,
                row.standard.levels.get(str(row.level), row.level),
                row.valid_from,
                row.document,
                "",
            )


def _key(values: Values) -> str:
    if not values.get("unit"):
        return ""
    return f"{values['unit']}|{values.get('standard')}|{values.get('since') or ''}"


KINDS.add(
    Kind(
        code="ratings",
        title=gettext_lazy("评定"),
        description=gettext_lazy("各组织按标准评定的等级（如星级），自何日起。"),
        columns=(UNIT, STANDARD, LEVEL, SINCE, DOCUMENT, REASON),
        check=check,
        apply=apply,
        export=export,
        key=_key,
        sources=("standards.Rating",),
        writes=2,
        permissions=("standards.record",),
        order=90,
    )
)
