"""Changing the register: each operation is bulk, the single one its case of one.

An operation that is given a `journal` is part of a larger one, which leaves the audit entry.
"""

from jiceng.registry.operations.bodies import BodyRow, BodySeatRow, form_bodies, seat_people
from jiceng.registry.operations.boundaries import NotAnOutline, record_boundaries
from jiceng.registry.operations.ending import Inheritance, end_units, succeed
from jiceng.registry.operations.facts import FactRow, record_facts
from jiceng.registry.operations.founding import Founding, found_units
from jiceng.registry.operations.leaving import (
    NotHeld,
    end_bodies,
    end_memberships,
    end_seats,
    transfer_members,
)
from jiceng.registry.operations.naming import recode_units, rename_units
from jiceng.registry.operations.people import (
    MembershipRow,
    PersonRow,
    enrol_members,
    record_people,
)
from jiceng.registry.operations.places import (
    PositionRow,
    PremisesRow,
    open_premises,
    place_units,
)
from jiceng.registry.operations.placing import move_units, rebuild_paths, seat_organisations
from jiceng.registry.operations.posts import PostRow, appoint, end_posts
from jiceng.registry.operations.remarks import remark_on_units
from jiceng.registry.operations.two_new import (
    LinkRow,
    TwoNewRow,
    link_organisations,
    record_two_new_orgs,
)
from jiceng.registry.operations.winding_up import WindingUp, wind_up

__all__ = [
    "BodyRow",
    "BodySeatRow",
    "FactRow",
    "Founding",
    "Inheritance",
    "LinkRow",
    "MembershipRow",
    "NotAnOutline",
    "NotHeld",
    "PersonRow",
    "PositionRow",
    "PostRow",
    "PremisesRow",
    "TwoNewRow",
    "WindingUp",
    "appoint",
    "end_bodies",
    "end_memberships",
    "end_posts",
    "end_seats",
    "end_units",
    "enrol_members",
    "form_bodies",
    "found_units",
    "link_organisations",
    "move_units",
    "open_premises",
    "place_units",
    "rebuild_paths",
    "recode_units",
    "record_boundaries",
    "record_facts",
    "record_people",
    "record_two_new_orgs",
    "remark_on_units",
    "rename_units",
    "seat_organisations",
    "seat_people",
    "succeed",
    "transfer_members",
    "wind_up",
]
