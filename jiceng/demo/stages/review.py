"""The edition of 2023-06, received and waiting for its review."""

import datetime

from jiceng.accounts.models import User
from jiceng.demo import divisions
from jiceng.demo.city import City
from jiceng.exchange.editions.receiving import receive_edition
from jiceng.exchange.editions.rows import Row

EDITION_DAY = datetime.date(2023, 6, 30)


def receive(city: City, county: str, by: User) -> None:
    """Receive the edition, whole or of one county; nothing of it is decided yet."""
    rows = [Row(*row) for row in divisions.rows_of(divisions.EDITION_2023, county)]
    receive_edition(
        rows,
        EDITION_DAY,
        title="统计用区划代码2023年6月版",
        by=by,
        at=city.at,
    )
