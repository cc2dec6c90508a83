"""What decisions refuse."""

from jiceng.core.refusals import Conflict, Invalid, NotFound


class NoSuchDelegation(NotFound):
    """There is no such delegation, or the user may not know of it."""


class NoSuchMotion(NotFound):
    """There is no such motion, or the user may not know of it."""


class NotDelegable(Conflict):
    """The law reserves it to the whole assembly, or does not leave it to an assembly at all."""


class WrongWay(Conflict):
    """Such a matter is not delegated in this way."""


class WrongDays(Invalid):
    """The days do not follow one another, or lie ahead of what has happened."""


class AlreadyDelegated(Conflict):
    """The same matter is delegated already for one of these days."""


class HasNoText(Invalid):
    """Something that must be said is left empty."""


class NotDirected(Conflict):
    """Nobody can say yet which body decides: something has to be answered first."""


class NotByThisBody(Conflict):
    """The body chosen cannot decide this matter."""


class PastCorrection(Conflict):
    """The members' meeting has deliberated: where the matter goes is no longer corrected."""


class NothingToRestart(Conflict):
    """The motion is on its way, or was carried out."""
