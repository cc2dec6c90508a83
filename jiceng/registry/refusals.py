"""What the register refuses, shared by its operations."""

from jiceng.core.refusals import Conflict, Invalid, NotFound


class NoSuchUnit(NotFound):
    """No such unit, or not on that day."""


class ParentNotThen(Conflict):
    """The parent does not exist on the day."""


class CodeTaken(Conflict):
    """Another unit holds the code on the day."""


class HasChildren(Conflict):
    """Units still stand below it on the day it would end."""


class InCircle(Invalid):
    """The move would put a unit below itself."""


class WrongTree(Invalid):
    """A division under an organisation, or the other way round."""


class EndedBefore(Conflict):
    """The end of the unit is recorded already."""


class SharesDoNotAddUp(Invalid):
    """The shares of one old unit do not sum to one."""


class AlreadySucceeded(Conflict):
    """In what the unit goes on is recorded already."""


class OutsideLife(Conflict):
    """A period begins before its unit was founded, or goes on after its end."""


class DatesOverlap(Conflict):
    """Two rows of one owner would hold on the same day."""
