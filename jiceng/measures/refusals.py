"""Why figures cannot be counted or closed."""

from jiceng.core.refusals import Conflict, Invalid


class NotYetBegun(Invalid):
    """The period lies in the future."""


class StillRunning(Conflict):
    """The period has not ended yet."""


class NotComputed(Conflict):
    """The figures have not been counted, or must be counted anew."""


class AlreadyClosed(Conflict):
    """The figures of the period are closed."""
