"""Short ways to change the register, all dated, and the months in which it is counted."""

import datetime
from fractions import Fraction

from django.utils import timezone

from jiceng.core.periods import Month
from jiceng.measures.operations import refresh_for
from jiceng.registry.models.units import Kind, Level, Tree, Unit
from jiceng.registry.operations import (
    Founding,
    Inheritance,
    end_units,
    found_units,
    move_units,
    succeed,
)

EVENING = datetime.datetime(2019, 7, 1, 20, tzinfo=timezone.get_default_timezone())
JUNE, DECEMBER = Month(2017, 6), Month(2017, 12)


class Register:
    """The register, changed by its operations in the name of the system."""

    def found(self, name, parent, day, *, kind=Kind.VILLAGE, level=Level.VILLAGE, **more):
        tree = (
            Tree.ORGANISATION
            if kind in {Kind.BRANCH, Kind.JOINT_BRANCH, Kind.PARTY_COMMITTEE}
            else Tree.DIVISION
        )
        founding = Founding(name, kind, level, parent=parent, **more)
        return found_units(
            [founding], tree=tree, day=day, by="system", at=EVENING, searchable=False
        )[0]

    def move(self, unit, parent, day):
        move_units({unit: parent}, day=day, by="system", at=EVENING)

    def abolish(self, unit, day, ending=Unit.Ending.ABOLITION):
        end_units([unit], ending=ending, day=day, by="system", at=EVENING)

    def succeed(self, old, shares, day):
        """End `old` on `day`; it goes on in others: {new: share}."""
        ending = Unit.Ending.MERGER if len(shares) == 1 else Unit.Ending.SPLIT
        self.abolish(old, day, ending)
        succeed(
            [Inheritance(old, new, Fraction(share)) for new, share in shares.items()],
            day=day,
            by="system",
            at=EVENING,
        )


def count(*sources, months=(JUNE, DECEMBER), at=EVENING):
    """Count months of sources now."""
    return refresh_for(sources, list(months), at)
