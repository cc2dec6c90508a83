"""What rules refuse."""

from jiceng.core.refusals import Conflict, Invalid, NotFound


class NoRule(Conflict):
    """No rule holds for the matter, the place and the day: it is asked for, never assumed."""


class UnknownMatter(Invalid):
    """There is no rule of this key, or its value is of another sort."""


class StartsTooEarly(Invalid):
    """It would begin, or end, before today: the past does not change."""


class BreaksBound(Conflict):
    """A farther rule of law, or one adopted farther up, does not leave this value open."""


class EquallyNear(Conflict):
    """A value of the same place for the same days stands already."""


class NotAdoptable(Conflict):
    """Only a practice (grade P) is adopted."""


class AlreadyEnded(Conflict):
    """It has ended by that day."""


class NeedsDocument(Invalid):
    """No document is named."""


class NotAPlace(Invalid):
    """Local values belong to places, not to organisations."""


class NoSuchRule(NotFound):
    """There is no such matter, or no such local rule."""
