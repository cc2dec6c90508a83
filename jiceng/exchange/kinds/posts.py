"""Posts: who does what where, from and to."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.core.periods import FOREVER
from jiceng.exchange import parsing
from jiceng.exchange.declarations import Column, Kind, Span, Values
from jiceng.exchange.kinds.matching import (
    BORN,
    NAME,
    NUMBER,
    identity,
    match_people,
    people_of,
    person_cells,
)
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
from jiceng.registry.models import Post
from jiceng.registry.operations import PostRow, appoint
from jiceng.registry.operations.posts import held_twice, taken_by_another
from jiceng.registry.posts import post_roles
from jiceng.registry.queries import shown

_ROLES = {code: role.title for code, role in post_roles().items()}

UNIT = Column(
    "unit",
    "单位代码",
    parsing.code,
    required=True,
    example="990102001001",
    help="任职的村、社区、乡镇、县或党组织的代码。",
)
ROLE = Column(
    "role",
    "职务",
    parsing.choice(_ROLES),
    required=True,
    example="党组织书记",
    choices=tuple(_ROLES.values()),
)
TITLE = Column("title", "职务名称", parsing.text(60), help="当地的叫法；留空则同“职务”。")
SINCE = Column("since", "任职日期", parsing.day, required=True, example="2017-01-01")
ENDED = Column("until", "离任日期", parsing.day, help="不再担任的首日；在任的留空。")
DEPUTY = Column(
    "deputy",
    "代理",
    parsing.yes_or_no,
    example="否",
    choices=("是", "否"),
    help="代理空缺或离岗者的职务填“是”。",
)


def check(rows: Sequence[Row], context: Context) -> None:
    find_units(rows, UNIT, context, day=lambda row: row["since"] or context.day)
    check_period(rows, UNIT, SINCE, ENDED)
    match_people(rows, context, unit="unit")
    whole = [row for row in rows if not row.faults and not row.doubts]
    _find_deputised(whole)
    _mark_unchanged(whole)
    _check_standing([row for row in whole if not row.unchanged and not row.faults])


def _post_row(row: Row, person: int) -> PostRow:
    return PostRow(
        person=person,
        unit=row.found["unit"].unit,
        role=row["role"],
        valid_from=row["since"],
        valid_to=until(row, "until"),
        title=row["title"] or "",
        deputises=row.found.get("deputises"),
    )


def _find_deputised(rows: Sequence[Row]) -> None:
    """A deputy stands in for the last regular holder of the post."""
    acting = [row for row in rows if row["deputy"]]
    held = Post.objects.filter(
        unit__in={row.found["unit"].unit for row in acting}, deputises=None
    ).order_by("valid_from", "pk")
    last = {(post.unit_id, post.role): post.pk for post in held}
    for row in acting:
        post = last.get((row.found["unit"].unit, row["role"]))
        if post is None:
            row.fault(
                DEPUTY.title,
                _("无人可代理"),
                _("该单位从未登记过这一职务的任职者，无从代理。请先导入原任，或把“代理”改为“否”。"),
            )
        row.found["deputises"] = post


def _mark_unchanged(rows: Sequence[Row]) -> None:
    held = set(
        Post.objects.filter(unit__in={row.found["unit"].unit for row in rows}).values_list(
            "person_id", "unit_id", "role", "valid_from", "valid_to"
        )
    )
    for row in rows:
        unit, person = row.found["unit"].unit, row.found["person"]
        shape = (person, unit, row["role"], row["since"], until(row, "until"))
        row.unchanged = shape in held


def _check_standing(rows: Sequence[Row]) -> None:
    posts = [_post_row(row, row.found["person"] or 0) for row in rows]
    for place, clash in held_twice(posts).items():
        if clash.place is None and posts[place].person:
            rows[place].fault(
                SINCE.title,
                _("任职重叠"),
                _("此人自%(day)s起已在该单位任这一职务。请改正起止日期。")
                % {"day": clash.valid_from},
            )
    for place, clash in taken_by_another(posts).items():
        if clash.place is None and not rows[place].faults:
            rows[place].fault(
                ROLE.title,
                _("职务已有人"),
                _("该单位的“%(role)s”自%(day)s起已有人担任。请先免去原任，或按代理登记。")
                % {"role": _ROLES[rows[place]["role"]], "day": clash.valid_from},
            )


def apply(rows: Sequence[Row], context: Context) -> None:
    people = people_of(rows, context, unit="unit")
    appoint(
        [_post_row(row, person) for row, person in zip(rows, people, strict=True)],
        by=context.by,
        at=context.at,
        batch=context.batch,
        journal=context.journal,
    )


def export(reading: Reading) -> Iterator[Sequence[object]]:
    rows = (
        shown(Post.objects.on(reading.day))
        .filter(unit__in=units_readable(reading).values("pk"))
        .select_related("person")
        .order_by("unit", "pk")
    )
    for chunk in chunked(rows):
        codes = codes_of((row.unit_id for row in chunk), reading.day)
        for row in chunk:
            yield (
                *person_cells(row.person),
                codes.get(row.unit_id, ""),
                _ROLES.get(row.role, row.role),
                row.title,
                row.valid_from,
                shown_end(row.valid_to),
                "是" if row.deputises_id else "否",
            )


def _spans(values: Values) -> Sequence[Span]:
    unit, role, since = values.get("unit"), values.get("role"), values.get("since")
    if not (unit and role and since):
        return ()
    end = values.get("until") or FOREVER
    spans = [(f"{unit}|{role}|{identity(values, unit)}", since, end, "")]
    if post_roles()[role].single and not values.get("deputy"):
        spans.append((f"{unit}|{role}", since, end, ""))
    return spans


def _key(_values: Values) -> str:
    return ""


POSTS = Kind(
    code="posts",
    title=gettext_lazy("任职"),
    description=gettext_lazy("谁在哪个单位任什么职务，何时起、何时止。"),
    columns=(NUMBER, NAME, BORN, UNIT, ROLE, TITLE, SINCE, ENDED, DEPUTY),
    check=check,
    apply=apply,
    export=export,
    key=_key,
    spans=_spans,
    sources=("registry.Person", "registry.Post"),
    writes=2,
    permissions=("registry.people",),
    order=30,
)
