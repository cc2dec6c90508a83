"""Why an order does not go on."""

from jiceng.core.refusals import Conflict, Denied, Invalid, NotFound


class NoSuchOrder(NotFound):
    """No such order, or the user may not know of it."""


class IsVoluntary(Invalid):
    """What members do of their own will is a wish, and no order: nobody has to answer it."""


class NoSuchKind(Invalid):
    """The catalogue has no such kind of service."""


class NoSuchPlace(Invalid):
    """The place is not one of the register's divisions on the day."""


class NothingSaid(Invalid):
    """An order says what it is about."""


class TooLong(Invalid):
    """The text is longer than is taken."""


class OffTheMap(Invalid):
    """The position is none on earth, or half given."""


class NotAPhoto(Invalid):
    """The file is no picture."""


class PhotoTooLarge(Invalid):
    """The picture has more bytes than are taken."""


class SaidAlready(Conflict):
    """The same text for the same place came a moment ago."""


class TooManyAtOnce(Denied):
    """More arrives from a place within a minute than people send."""


class NoSuchCode(NotFound):
    """No order has this query code."""


class NotNow(Conflict):
    """The order is not at a point where this can be done."""


class OutOfReach(Conflict):
    """The unit cannot be given this from here."""


class NotYourTask(Denied):
    """The user answers for none of the units that have it."""


class ReasonWanted(Invalid):
    """A reason must be given."""


class HoldsNumbers(Invalid):
    """A text meant for others holds a number of a person."""


class NotExported(Denied):
    """This is taken out by nobody."""
