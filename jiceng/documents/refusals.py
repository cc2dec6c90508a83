"""What documents refuse."""

from jiceng.core.refusals import Conflict, Invalid, NotFound


class EmptyFile(Invalid):
    """There is nothing in the file."""


class TooLarge(Invalid):
    """The file has more bytes than this installation takes, or swells to more."""


class KindNotTaken(Invalid):
    """Files with this ending are not taken."""


class NotWhatItSays(Invalid):
    """The content is not what the name says."""


class Broken(Invalid):
    """The file is cut short or damaged."""


class Protected(Invalid):
    """The file opens with a password only."""


class CarriesProgram(Invalid):
    """The file carries macros or script."""


class WrongWords(Invalid):
    """A title, name or reason is missing or too long."""


class ReasonWanted(Invalid):
    """Something sensitive is opened for a reason only."""


class UnknownRetention(Invalid):
    """No such class of retention is declared."""


class AlreadyWithdrawn(Conflict):
    """The document has been withdrawn."""


class NotYet(Conflict):
    """What stands is kept until its term is over."""


class AlreadyErased(Conflict):
    """The bytes have been erased."""


class SamePerson(Conflict):
    """Who withdrew a document does not erase it: a second person looks at it."""


class FileMissing(NotFound):
    """The row is there, its file is not: the store was not restored with the database."""


class NoSuchDocument(NotFound):
    """No such document, or the user may not know of it."""
