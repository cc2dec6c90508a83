"""A month of residents' orders in the sample town: most come in the morning, few at night and on
Sundays, and many on the day of a storm. All are invented; each goes on through operations by whose
turn it is, and some stand at every step.
"""

import datetime
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from jiceng.accounts.models import User
from jiceng.demo.chance import draw
from jiceng.demo.city import City
from jiceng.orders import operations
from jiceng.orders.models import Order
from jiceng.orders.operations import Placing, place_order
from jiceng.procedures.refusals import Lacking
from jiceng.registry.models.units import Kind

DAYS, STORM = 30, 9  # days back; how many days ago the storm was
A_DAY, A_STORM = 4, 12  # orders of a usual day, and of the storm
_HOURS = (0, 0, 0, 0, 0, 1, 3, 7, 14, 16, 12, 7, 4, 5, 8, 8, 6, 4, 4, 5, 4, 2, 1, 0)
_CHANNELS = {"portal": 6, "phone": 3, "counter": 2, "visit": 1}
_TOLD = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "orders.yaml").read_text(encoding="utf-8")
)["orders"]


def run(city: City) -> None:
    """Let the month pass, day by day."""
    month = Month(city)
    for ago in range(DAYS, 0, -1):
        month.day(ago)


class Month:
    """The sample town, those who act in it, and the chance by which things come."""

    def __init__(self, city: City) -> None:
        self.city, self.chance = city, draw(city.seed, "orders")
        self.town, self.village = city.sample_town().number, city.sample_village().number
        self.villages = [
            one.number
            for one in city.divisions
            if one.parent == self.town and one.kind in (Kind.VILLAGE, Kind.COMMUNITY)
        ]
        named = User.objects.in_bulk(["town", "county", "secretary"], field_name="username")
        self.officer, self.county, self.secretary = (
            named[name] for name in ("town", "county", "secretary")
        )

    def day(self, ago: int) -> None:
        storm = ago == STORM
        day = timezone.localtime(self.city.at) - datetime.timedelta(days=ago)
        usual = A_DAY // 2 if day.weekday() == 6 else A_DAY
        for _order in range(A_STORM if storm else self.chance.randint(usual - 1, usual + 1)):
            hour = self.chance.choices(range(24), _HOURS)[0]
            at = day.replace(hour=hour, minute=self.chance.randint(0, 59), second=0, microsecond=0)
            self.follow(self.place(at, storm=storm), at)

    def place(self, at: datetime.datetime, *, storm: bool) -> tuple[Order, dict[str, Any]]:
        weights = [row.get("storm", 0) if storm else row["share"] for row in _TOLD]
        told = self.chance.choices(_TOLD, weights)[0]
        place = self.village if self.chance.random() < 0.4 else self.chance.choice(self.villages)
        channel = self.chance.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]
        longitude, latitude = self.city.positions.get(place, (0.0, 0.0))
        near = bool(longitude) and bool(told["where"])
        placing = Placing(
            kind=told["kind"],
            text=self.chance.choice(told["texts"]),
            place=place,
            where=told["where"],
            longitude=_near(longitude, self.chance) if near else None,
            latitude=_near(latitude, self.chance) if near else None,
            name="群众（演示）",
            phone="0577-55500000",
            channel=channel,
        )
        by = "public" if channel == "portal" else self.officer
        return place_order(placing, by=by, at=at).order, told

    def follow(self, placed: tuple[Order, dict[str, Any]], at: datetime.datetime) -> None:
        """Take an order as far as it had come by now; the youngest stand at their first steps."""
        order, told = placed
        village = order.place_id == self.village
        handler = self.secretary if village else self.officer
        caller = self.officer if village else self.county
        given = self.village if village else self.town
        steps: list[tuple[int, Callable[..., Order], User, dict[str, Any]]] = [
            (1, self.dispatch, self.officer, {"handler": given}),
            (2, operations.accept, handler, {"contacted": True}),
            (20, operations.finish, handler, {"reply": told["answer"]}),
            (44, operations.call_back, caller, self._said()),
        ]
        for hours, act, by, words in steps:
            late = self.chance.randint(0, hours)
            at = _worked(at + datetime.timedelta(hours=hours + late))
            if at >= self.city.at or self.chance.random() < 0.04:
                return  # not yet, or it was left lying
            order = act(order, seen=order.case.version, by=by, at=at, **words)

    def dispatch(
        self, order: Order, *, handler: int, seen: int, by: User, at: datetime.datetime
    ) -> Order:
        """Give an order to its handler; what stands on nobody's list goes through the county."""
        try:
            return operations.dispatch(order, handler=handler, seen=seen, by=by, at=at)
        except Lacking:
            order = operations.pass_up(order, reason="职责清单上没有", seen=seen, by=by, at=at)
        return operations.dispatch(
            order, handler=handler, seen=order.case.version, by=self.county, at=at, despite=True
        )

    def _said(self) -> dict[str, Any]:
        if self.chance.random() < 0.1:
            return {"reached": False}
        solved = self.chance.random() < 0.88
        satisfied = self.chance.random() < (0.93 if solved else 0.2)
        return {"reached": True, "solved": solved, "satisfied": satisfied}


def _worked(at: datetime.datetime) -> datetime.datetime:
    """Return the moment itself in office hours, else the next morning."""
    local = timezone.localtime(at)
    if 8 <= local.hour < 18:
        return at
    morning = local.replace(hour=8, minute=30)
    return morning if local.hour < 8 else morning + datetime.timedelta(days=1)


def _near(degrees: float, chance: random.Random) -> int:
    """Return micro-degrees within about half a kilometre."""
    return round((degrees + chance.uniform(-0.005, 0.005)) * 1_000_000)
