"""A county with its officers, a village that handles, a department seated in the county."""

import datetime
import uuid

from django.utils import timezone

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.orders import operations
from jiceng.orders.duties import duties
from jiceng.orders.models import DutyItem, Order
from jiceng.orders.operations import Placing, place_order
from jiceng.orders.operations.duty import DutyRow, record_duty_items
from jiceng.registry.models import Seat
from jiceng.registry.models.units import Kind, Tree
from jiceng.registry.operations import Founding, found_units

MONDAY = datetime.date(2026, 3, 2)
LAMP = "lamp.out"


def moment(day=MONDAY, hour=9, minute=0):
    return datetime.datetime(
        day.year, day.month, day.day, hour, minute, tzinfo=timezone.get_default_timezone()
    )


class People:
    """Users who hold a role at a unit from the register's first day on."""

    def __init__(self, county):
        self.county = county
        self.made = {}

    def __call__(self, role, unit, name=""):
        known = (role, unit, name)
        if known not in self.made:
            user = User.objects.create_user(
                f"{role}-{unit}-{name}".strip("-")[:32],
                "correct horse",
                display_name=name or role,
                created_at=moment(),
            )
            Grant.objects.create(
                user=user,
                role=role,
                unit_id=unit,
                valid_from=self.county.start,
                valid_to=datetime.date(2030, 1, 1),
                recorded_at=moment(),
            )
            self.made[known] = user
        return self.made[known]


def posts_of(county):
    """Return the posts that a county has; ask for more as `posts(role, unit)`."""
    found = People(county)
    county.department = found_department(county, "住建局党组")
    found.city = found("city.officer", county.city, "市里")
    found.county_officer = found("county.officer", county.county, "县里")
    found.town = found("town.officer", county.town, "东镇")
    found.west = found("town.officer", county.subdistrict, "西街道")
    found.village = found("village.secretary", county.upper, "上村")
    found.other_village = found("village.secretary", county.lower, "下村")
    found.department = found("department.officer", county.department, "住建局")
    list_duties(county.upper, county.lower, county.town, county.subdistrict, county.department)
    return found


def list_duties(*units):
    """Let the units' own lists hold every item: what is not on a list needs the county."""
    since = datetime.date(2017, 1, 1)
    rows = [DutyRow(unit, item, "乙县〔2017〕1号", since) for unit in units for item in duties()]
    record_duty_items(rows, by="system", at=moment())


def strike_duty(unit, item):
    DutyItem.objects.filter(unit=unit, item=item).delete()


def found_department(county, name):
    """Found a department of the county: an organisation with its seat there."""
    (number,) = found_units(
        [Founding(name, Kind.PARTY_COMMITTEE, 1, "", domain="organ")],
        tree=Tree.ORGANISATION,
        day=county.start,
        by="system",
        at=moment(),
    )
    Seat.objects.create(organisation_id=number, division_id=county.county, valid_from=county.start)
    return number


class Run:
    """One order as it is taken on."""

    def __init__(self, posts, **told):
        self.posts, self.county = posts, posts.county
        told = {"kind": LAMP, "text": "村口的路灯不亮了", "place": self.county.upper} | told
        by, at = told.pop("by", "public"), told.pop("at", moment())
        self.order, self.code = place_order(Placing(**told), by=by, at=at, key=uuid.uuid4())

    def now(self):
        return Order.objects.select_related("case__procedure").get(pk=self.order.pk)

    def do(self, act, by, at=None, **given):
        order = self.now()
        found = getattr(operations, act)(
            order,
            seen=order.case.version,
            by=by,
            at=at or moment(hour=10),
            key=uuid.uuid4(),
            **given,
        )
        if isinstance(found, Order):
            self.order = found
        return found

    def dispatched(self, handler=None, at=None):
        self.do("dispatch", self.posts.town, at, handler=handler or self.county.upper)
        return self

    def accepted(self, at=None):
        self.dispatched(at=at).do("accept", self.posts.village, at)
        return self

    def done(self, at=None, reply="灯已换好"):
        self.accepted(at).do("finish", self.posts.village, at, reply=reply)
        return self
