"""Why a case does not go on."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiceng.core.refusals import Conflict, Denied, Invalid, NotFound
from jiceng.procedures.kinds.base import Missing


class NoSuchCase(NotFound):
    """No such case, or the user may not know of it."""


class Stale(Conflict):
    """Somebody else has gone on from what the user saw."""


class HasEnded(Conflict):
    """The case is over."""


class NotYours(Denied):
    """Another role takes this step."""


class InTheFuture(Invalid):
    """What has not happened yet cannot be recorded."""


class Lacking(Conflict):
    """Going on wants something that is not there; what happened may still be recorded."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        self.missing = list(missing)
        hard = any(one.hard for one in missing)
        words = (
            _("还不能继续。如果确实已经这样办了，可以“只登记事实”：照实保存，没有效力。")
            if hard
            else _("与下列规定不一致。确认仍要继续，请勾选“知悉并继续”。")
        )
        super().__init__(words, details=[one.sentence() for one in missing])


class NotAllowed(Conflict):
    """The procedure has no such act at this point."""


class ReasonWanted(Invalid):
    """A reason must be given."""


class SheetsDiffer(Conflict):
    """Two persons entered the sheet differently; both entries are kept."""


class Changed(Conflict):
    """A published version was changed."""


class Faulty(Invalid):
    """A procedure with faults is not published."""
