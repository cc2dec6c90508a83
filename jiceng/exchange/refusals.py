"""What an import is refused for, shared by its operations."""

from jiceng.core.refusals import Conflict, Denied, Invalid, NotFound


class UnknownKind(NotFound):
    """No such kind of file."""


class NoSuchImport(NotFound):
    """No such import, or the user may not know of it."""


class TooLarge(Invalid):
    """The upload is larger than this installation takes."""


class TooMuchAtOnce(Invalid):
    """The file would change more rows that stand than one transaction takes."""


class NotTheTime(Conflict):
    """The import is not in a state in which this can be done."""


class FaultyRows(Conflict):
    """Some rows are faulty or undecided, and it was not said to leave them out."""


class NothingToApply(Conflict):
    """There is no row that could be applied."""


class NoSuchChoice(Invalid):
    """The decision is none of those offered."""


class ChangedSince(Conflict):
    """The register has changed since the check: rows that were good no longer are."""


class ReliedUpon(Conflict):
    """Other records rely on rows of the import: it cannot be undone."""


class NoReason(Invalid):
    """An undoing needs its reason."""


class KindNotPermitted(Denied):
    """The user may import, but not this kind of file."""
