"""What belongs to a notice: postings, objections, decisions; and what is kept inside."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jiceng.notices.models import Notice, Objection, Posting, ScanDecision
from jiceng.notices.queries.views import kind_of
from jiceng.notices.refusals import NoSuchNotice


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows that belong to one notice."""

    postings: list[Posting]
    objections: list[Objection]
    decisions: list[ScanDecision]
    inside: list[tuple[str, str]] = field(default_factory=list)  # fields that are not public

    @property
    def hanging(self) -> list[Posting]:
        """What hangs on a board now."""
        return [
            row for row in self.postings if row.superseded_at is None and row.taken_down_on is None
        ]


def parts_of(notice: Notice, *, inside: bool) -> Parts:
    """Return what belongs to a notice; with `inside`, for who handles it, the fields that are not
    published. Three statements.
    """
    return Parts(
        list(notice.postings.select_related("recorded_by").order_by("posted_on", "pk")),
        list(notice.objections.order_by("received_on", "pk")),
        list(notice.decisions.select_related("decided_by").order_by("pk")),
        _inside(notice) if inside else [],
    )


def _inside(notice: Notice) -> list[tuple[str, str]]:
    return [
        (_(one.label), str(notice.body[one.code]))
        for one in kind_of(notice).fields
        if not one.public and notice.body.get(one.code)
    ]


def posting_of(notice: Notice, number: int) -> Posting:
    """Return one posting of a notice that the caller has fetched through the gate.

    Raises:
        NoSuchNotice: it has none of this number.
    """
    posting = notice.postings.filter(pk=number).first()
    if posting is None:
        raise NoSuchNotice(_("没有这条张贴记录。"))
    return posting
