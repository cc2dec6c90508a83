"""A notice as the public reads it, and what the scan finds in its draft."""

import datetime
from collections.abc import Collection

from jiceng.core.clock import day_of
from jiceng.notices import fingerprint
from jiceng.notices.kinds import Kind, kinds
from jiceng.notices.models import Notice
from jiceng.notices.redaction import Finding, View, findings_in, view_of
from jiceng.registry.queries import unit_on


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
    if notice.released_at is not None:
        kept = [finding.key for finding in findings_of(notice)]
    return view_of(kind_of(notice), notice.title, notice.body, kept=kept)


def foot_of(notice: Notice, today: datetime.date) -> str:
    """Return the last line, the place named as on the day of release. Two statements."""
    day = day_of(notice.released_at) if notice.released_at else today
    place = unit_on(notice.unit_id, day).name
    return fingerprint.foot_of(number=notice.number, kind=kind_of(notice).title, place=place)
