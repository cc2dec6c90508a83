"""Reading what was delegated and proposed; directing, disclosing and planning by the rules."""

from jiceng.decisions.queries.directing import (
    Directed,
    direct_at,
    granted_at,
    source_of,
    village_on,
)
from jiceng.decisions.queries.disclosures import (
    WAITING,
    Row,
    at_any_time,
    disclosure_calendar,
    disclosure_rows,
    published_by,
    subject_of,
)
from jiceng.decisions.queries.flows import Flow, flow_of
from jiceng.decisions.queries.lists import (
    delegation_for,
    delegations_of,
    may_restart,
    motion_for,
    motions_for,
    motions_of,
    told_of,
)

__all__ = [
    "WAITING",
    "Directed",
    "Flow",
    "Row",
    "at_any_time",
    "delegation_for",
    "delegations_of",
    "direct_at",
    "disclosure_calendar",
    "disclosure_rows",
    "flow_of",
    "granted_at",
    "may_restart",
    "motion_for",
    "motions_for",
    "motions_of",
    "published_by",
    "source_of",
    "subject_of",
    "told_of",
    "village_on",
]
