"""What programmes refuse, shared by their operations."""

from jiceng.core.refusals import Conflict, Denied, Invalid, NotFound


class NoSuchProgramme(NotFound):
    """No such programme, or the user may not know of it."""


class NoSuchThing(NotFound):
    """No such point, belt or area in the programme, or the user may not know of it."""


class ProgrammeClosed(Conflict):
    """The sunset has come: nothing is recorded any more, and nothing is judged."""


class FaultyProgramme(Invalid):
    """The file declares no programme; the details name lines and reasons."""


class NotInProgramme(Invalid):
    """A unit does not belong to the programme, or a code is not in its file."""


class NotTheirs(Denied):
    """The file lets somebody of another level confirm it."""


class StatusStands(Conflict):
    """A status of that day, or a later one, stands."""


class NotWaiting(Conflict):
    """What was to be confirmed or turned down does not wait any more."""


class NumberTaken(Conflict):
    """A belt or area of the programme has the number."""


class MembersChangedLater(Conflict):
    """Members that begin after the day already stand."""


class NotBuiltYet(Conflict):
    """A belt's own conditions do not hold; the details name what is missing."""


class AlreadyBuilt(Conflict):
    """The belt has been confirmed as built."""


class OverCap(Conflict):
    """The programme's file sets a cap, and this goes beyond it."""


class ReasonMissing(Invalid):
    """A correction, or turning something down, needs a reason."""
