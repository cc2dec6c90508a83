"""Private enterprises and social organisations, each with its own or joint party organisation."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.exchange import parsing
from jiceng.exchange.declarations import Column, Kind, Values
from jiceng.exchange.lookups import (
    check_period,
    chunked,
    codes_of,
    find_units,
    shown_end,
    units_readable,
    until,
)
from jiceng.exchange.rows import Context, Reading, Row
from jiceng.registry.models import OrganisationLink, TwoNewOrg
from jiceng.registry.models.units import Tree
from jiceng.registry.operations import (
    LinkRow,
    TwoNewRow,
    link_organisations,
    record_two_new_orgs,
)
from jiceng.registry.queries import shown

_KINDS = dict(TwoNewOrg.Kind.choices)
_COVER: dict[object, str] = {False: "单独组建", True: "联合组建"}

NUMBER = Column(
    "number", "统一社会信用代码", parsing.code, required=True, example="91330300XXXXXXXX01"
)
NAME = Column("name", "名称", parsing.text(120), required=True, example="（示例）甲鞋业有限公司")
KIND = Column(
    "kind",
    "类别",
    parsing.choice(_KINDS),
    required=True,
    example="非公企业",
    choices=tuple(map(str, _KINDS.values())),
)
DIVISION = Column(
    "division", "所在区划代码", parsing.division_code, required=True, example="990102001001"
)
STAFF = Column("staff", "从业人数", parsing.whole(10_000_000), example="120")
MEMBERS = Column("members", "党员人数", parsing.whole(1_000_000), example="8")
SINCE = Column(
    "since",
    "登记日期",
    parsing.day,
    example="2017-01-01",
    help="开始实际运营的日期；留空则按数据日期。",
    else_day=True,
)
ENDED = Column("until", "停业日期", parsing.day, help="不再运营的首日；在营的留空。")
PARTY = Column("party", "党组织代码", parsing.code, example="ZZ0009", help="还没有党组织的留空。")
JOINT = Column(
    "joint",
    "组建方式",
    parsing.choice(_COVER),
    example="单独组建",
    choices=tuple(_COVER.values()),
)
LINKED = Column("linked", "组建日期", parsing.day, help="留空则同登记日期。")


def check(rows: Sequence[Row], context: Context) -> None:
    for row in rows:
        row.values["linked"] = (row["linked"] or row["since"]) if row["party"] else None
    find_units(rows, DIVISION, context, tree=Tree.DIVISION, day=lambda row: row["since"])
    find_units(
        rows,
        PARTY,
        context,
        tree=Tree.ORGANISATION,
        day=lambda row: row["linked"] or row["since"],
    )
    check_period(rows, DIVISION, SINCE, ENDED)
    check_period([row for row in rows if row["party"]], PARTY, LINKED, ENDED)
    for row in rows:
        if row["party"] and row["linked"] < row["since"]:
            row.fault(
                LINKED.title, _("早于登记"), _("组建日期早于登记日期%s。请核对。") % row["since"]
            )
    _check_numbers(rows)


def _check_numbers(rows: Sequence[Row]) -> None:
    numbers = [row["number"] for row in rows if row["number"]]
    taken = {one.number: one for one in TwoNewOrg.objects.filter(number__in=numbers)}
    links = set(
        OrganisationLink.objects.filter(two_new_org__number__in=numbers).values_list(
            "two_new_org_id", "organisation_id", "joint", "valid_from"
        )
    )
    for row in rows:
        known = taken.get(row["number"])
        if known is None:
            continue
        division, party = row.found.get("division"), row.found.get("party")
        same = division is not None and (
            known.name,
            known.kind,
            known.division_id,
            known.staff,
            known.members,
            known.valid_from,
            known.valid_to,
        ) == (
            row["name"],
            row["kind"],
            division.unit,
            row["staff"],
            row["members"],
            row["since"],
            until(row, "until"),
        )
        linked = party is None or (
            (known.pk, party.unit, bool(row["joint"]), row["linked"]) in links
        )
        if same and linked:
            row.unchanged = True
        else:
            row.fault(
                NUMBER.title,
                _("编号已登记"),
                _("编号 %s 已在名录中，内容不同。变更请在该单位的页面办理；新单位请核对编号。")
                % row["number"],
            )


def apply(rows: Sequence[Row], context: Context) -> None:
    done: dict[str, Any] = {
        "by": context.by,
        "at": context.at,
        "batch": context.batch,
        "journal": context.journal,
    }
    ids = record_two_new_orgs(
        [
            TwoNewRow(
                number=row["number"],
                name=row["name"],
                kind=row["kind"],
                division=row.found["division"].unit,
                valid_from=row["since"],
                valid_to=until(row, "until"),
                staff=row["staff"],
                members=row["members"],
            )
            for row in rows
        ],
        **done,
    )
    link_organisations(
        [
            LinkRow(
                two_new_org=number,
                organisation=row.found["party"].unit,
                valid_from=row["linked"],
                valid_to=until(row, "until"),
                joint=bool(row["joint"]),
            )
            for number, row in zip(ids, rows, strict=True)
            if row["party"]
        ],
        **done,
    )


def export(reading: Reading) -> Iterator[Sequence[object]]:
    """One row for each; of several party organisations the one linked last."""
    rows = (
        shown(TwoNewOrg.objects.on(reading.day))
        .filter(division__in=units_readable(reading).values("pk"))
        .order_by("number")
    )
    for chunk in chunked(rows):
        linked = shown(OrganisationLink.objects.on(reading.day)).filter(two_new_org__in=chunk)
        links = {link.two_new_org_id: link for link in linked.order_by("valid_from", "pk")}
        units = [row.division_id for row in chunk]
        codes = codes_of([*units, *(one.organisation_id for one in links.values())], reading.day)
        for row in chunk:
            link = links.get(row.pk)
            yield (
                row.number,
                row.name,
                row.get_kind_display(),
                codes.get(row.division_id, ""),
                "" if row.staff is None else row.staff,
                "" if row.members is None else row.members,
                row.valid_from,
                shown_end(row.valid_to),
                codes.get(link.organisation_id, "") if link else "",
                _COVER[link.joint] if link else "",
                link.valid_from if link else "",
            )


def _key(values: Values) -> str:
    return values.get("number") or ""


TWO_NEW = Kind(
    code="two_new",
    title=gettext_lazy("两新组织"),
    description=gettext_lazy("非公企业和社会组织，及其单独或联合组建的党组织。"),
    columns=(
        NUMBER,
        NAME,
        KIND,
        DIVISION,
        STAFF,
        MEMBERS,
        SINCE,
        ENDED,
        PARTY,
        JOINT,
        LINKED,
    ),
    check=check,
    apply=apply,
    export=export,
    key=_key,
    sources=("registry.TwoNewOrg", "registry.OrganisationLink"),
    writes=2,
    order=60,
)
