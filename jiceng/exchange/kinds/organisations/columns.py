"""The columns of a file of organisations, and the days on which a row speaks."""

import datetime

from jiceng.core.periods import DAY, FOREVER
from jiceng.exchange import parsing
from jiceng.exchange.declarations import Column
from jiceng.exchange.rows import Context, Row
from jiceng.registry.models.units import Domain, Kind

KINDS = {
    kind.value: kind.label
    for kind in Kind
    if list(Kind).index(kind) >= list(Kind).index(Kind.PARTY_COMMITTEE)
}
DOMAINS = dict(Domain.choices)

CODE = Column(
    "code",
    "组织代码",
    parsing.code,
    required=True,
    example="ZZ0001",
    help="本组织唯一的代码，由字母和数字组成。已有的组织按代码认。",
)
NAME = Column("name", "组织名称", parsing.text(80), required=True, example="（示例）上村党支部")
KIND = Column(
    "kind",
    "组织类别",
    parsing.choice(KINDS),
    required=True,
    example="党支部",
    choices=tuple(map(str, KINDS.values())),
)
DOMAIN = Column(
    "domain",
    "领域",
    parsing.choice(DOMAINS),
    required=True,
    example="农村",
    choices=tuple(map(str, DOMAINS.values())),
)
PARENT = Column(
    "parent",
    "上级组织代码",
    parsing.code,
    example="ZZ0000",
    help="上级也可以在同一份表里，先后不限；最高一级留空。",
)
SEAT = Column(
    "seat",
    "所在区划代码",
    parsing.division_code,
    required=True,
    example="990102001001",
    help="组织所在的村、社区、乡镇或县的 12 位代码。",
)
SINCE = Column(
    "since",
    "自何日起",
    parsing.day,
    example="2017-06-01",
    help="名称、类别、上级、所在区划自这一天起如本行所写；留空则按本次导入的数据日期。",
)
FOUNDED = Column(
    "founded",
    "设立日期",
    parsing.day,
    example="2017-01-01",
    help="新组织的设立日；留空则同“自何日起”。已有的组织可以留空。",
)
ENDS = Column(
    "ends",
    "终止日期",
    parsing.day,
    help="不再存在的首日；没有终止的留空。下级要先终止或移走，也可以在同一份表里。",
)
COLUMNS = (CODE, NAME, KIND, DOMAIN, PARENT, SEAT, SINCE, FOUNDED, ENDS)


def said_of(row: Row, context: Context) -> datetime.date:
    """Return the day from which on a row says what it says; never one on which it has ended."""
    if row["since"]:
        return row["since"]
    day = max(context.day, row["founded"] or context.day)
    return row["ends"] - DAY if row["ends"] and row["ends"] <= day else day


def begins_of(row: Row, context: Context) -> datetime.date:
    """Return the day on which a new organisation is founded."""
    return row["founded"] or row["since"] or context.day


def ends_of(row: Row) -> datetime.date:
    """Return the day on which the organisation of a row ends, once the row is applied."""
    standing = row.found.get("unit")
    return row["ends"] or (standing.ends if standing else FOREVER)
