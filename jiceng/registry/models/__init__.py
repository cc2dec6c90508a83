"""The register: two dated trees, and the people, bodies, facts and premises that hang on them."""

from jiceng.registry.models.batches import Batch
from jiceng.registry.models.bodies import Body, BodySeat, VillageFact
from jiceng.registry.models.people import Membership, Person, Post
from jiceng.registry.models.places import Boundary, Position, Premises, Remark, Seat
from jiceng.registry.models.two_new import OrganisationLink, TwoNewOrg
from jiceng.registry.models.units import (
    Heir,
    Placement,
    SearchName,
    Succession,
    Unit,
    UnitCode,
    UnitName,
    UnitPath,
)

__all__ = [
    "Batch",
    "Body",
    "BodySeat",
    "Boundary",
    "Heir",
    "Membership",
    "OrganisationLink",
    "Person",
    "Placement",
    "Position",
    "Post",
    "Premises",
    "Remark",
    "SearchName",
    "Seat",
    "Succession",
    "TwoNewOrg",
    "Unit",
    "UnitCode",
    "UnitName",
    "UnitPath",
    "VillageFact",
]
