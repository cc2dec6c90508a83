"""What notices refuse."""

from jiceng.core.refusals import Conflict, Denied, Invalid, NotFound


class NoSuchNotice(NotFound):
    """No notice has this number, or it may not be seen."""


class NoSuchCode(NotFound):
    """No objection has this query code."""


class Faulty(Invalid):
    """What is to be made public cannot be taken as it is; each fault has its sentence."""


class HoldsNumbers(Invalid):
    """It holds what looks like a number of a person, where none is to be kept."""


class NotAPlace(Invalid):
    """A notice is of a place; organisations use the board of theirs."""


class InTheFuture(Invalid):
    """What is recorded has not happened yet."""


class OutOfOrder(Invalid):
    """It would have happened before what it follows."""


class NotSecondPerson(Denied):
    """Who wrote it does not release it."""


class Undecided(Invalid):
    """The scan found something on which nobody has decided."""


class Changed(Conflict):
    """Somebody has changed it since it was shown."""


class NotADraft(Conflict):
    """It has been released or withdrawn; its text is fixed."""


class NotReleased(Conflict):
    """It is not public: still a draft, or withdrawn."""


class AlreadyTakenDown(Conflict):
    """That it came down is recorded, or the posting was corrected."""


class TakesNone(Conflict):
    """It takes no objections, or no longer."""


class TooManyAtOnce(Denied):
    """More arrives in a minute than people send."""


class AlreadyAnswered(Conflict):
    """It has been answered; an answer is not changed."""
