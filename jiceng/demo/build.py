"""Building the demonstration city, step by step, through operations."""

import datetime
from collections.abc import Callable

from jiceng.audit.seals import seal
from jiceng.core.bulk import renew_statistics
from jiceng.demo.city import City
from jiceng.demo.stages import (
    accounts,
    belts,
    facts,
    figures,
    grids,
    ground,
    harbour,
    motions,
    orders,
    people,
    review,
    wishes,
)


def build(*, seed: int, county: str, at: datetime.datetime, say: Callable[[str], None]) -> City:
    """Build the city, or one county of it by its six digits. The same seed gives the same city."""
    city = City(seed=seed, at=at)
    say("区划……")
    ground.found_divisions(city, county)
    ground.lay_out(city)
    say("组织……")
    ground.found_organisations(city)
    facts.place(city)
    say("人员和任职……")
    people.appoint_people(city)
    people.enrol(city, city.sample_town())
    city.accounts = accounts.open_all(city)
    say("村情、两新组织和星级……")
    facts.record_village_facts(city)
    facts.record_two_new(city)
    facts.rate(city)
    say("网格、值班和职责清单……")
    grids.run(city, county)
    renew_statistics()
    say("示范项目……")
    officer = accounts.city_officer()
    harbour.run(city, belts.run(city, officer), officer)
    say("村级议事和公示……")
    motions.run(city)
    say("心愿和志愿服务……")
    wishes.run(city)
    say("群众诉求……")
    orders.run(city)
    say("数据……")
    figures.count(city)
    say("待审核的区划版本……")
    review.receive(city, county, officer)
    seal(at)
    return city
