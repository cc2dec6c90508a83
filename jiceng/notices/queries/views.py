"""A notice as the public reads it, and what the scan finds in its draft."""

import datetime
from collections.abc import Collection

from jiceng.core.clock import day_of
from jiceng.notices import fingerprint
from jiceng.notices.kinds import Kind, kinds
from jiceng.notices.models import Notice
from jiceng.notices.redaction import Finding, View, findings_in, title_of, view_of
from jiceng.registry.queries import unit_on

_CITED = {"L", "O", "P"}


def kind_of(notice: Notice) -> Kind:
    return kinds()[notice.kind]


def findings_of(notice: Notice) -> list[Finding]:
    """Return what the scan finds in what would be public."""
    return findings_in(kind_of(notice), notice.title, notice.body)


def public_view(notice: Notice, *, kept: Collection[str] = ()) -> View:
    """Return what the public reads.

    In a released notice everything found was decided on: what was hidden is gone, the rest stays.
    In a draft whatever is found is hidden, but for `kept`.
    """
    settled = notice.released_at is not None
    return view_of(kind_of(notice), notice.title, notice.body, kept=kept, settled=settled)


def public_title(notice: Notice) -> str:
    """Return the title alone as the public reads it: in lists nothing else is looked through."""
    settled = notice.released_at is not None
    return title_of(kind_of(notice), notice.title, notice.body, settled=settled)


def foot_of(notice: Notice, today: datetime.date) -> str:
    """Return the last line, the place named as on the day of release. Two statements."""
    day = day_of(notice.released_at) if notice.released_at else today
    place = unit_on(notice.unit_id, day).name
    return fingerprint.foot_of(number=notice.number, kind=kind_of(notice).title, place=place)


def basis_of(notice: Notice) -> str:
    """Return the rule of a notice's period as the public reads it: its source, too, where that is
    a law, an official text or a place's practice.
    """
    rule = notice.rules.get("period", {})
    return str(rule.get("sentence" if rule.get("grade") in _CITED else "words", ""))
