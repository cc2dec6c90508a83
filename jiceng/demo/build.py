"""Building the demonstration city, step by step, through operations."""

import datetime
from collections.abc import Callable

from jiceng.demo.city import City
from jiceng.demo.stages import ground


def build(*, seed: int, county: str, at: datetime.datetime, say: Callable[[str], None]) -> City:
    """Build the city, or one county of it by its six digits. The same seed gives the same city."""
    city = City(seed=seed, at=at)
    say("区划……")
    ground.found_divisions(city, county)
    ground.lay_out(city)
    say("组织……")
    ground.found_organisations(city)
    return city
