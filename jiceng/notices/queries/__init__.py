"""Reading notices: through the gate, as the public reads them, where they stand on a day."""

from jiceng.notices.queries.gate import (
    STAGES,
    Stage,
    allowed,
    notice_for,
    notices_for,
    objection_for,
)
from jiceng.notices.queries.states import Missing, State, notice_of, state_of, states_of
from jiceng.notices.queries.views import (
    basis_of,
    findings_of,
    foot_of,
    kind_of,
    public_title,
    public_view,
)

__all__ = [
    "STAGES",
    "Missing",
    "Stage",
    "State",
    "allowed",
    "basis_of",
    "findings_of",
    "foot_of",
    "kind_of",
    "notice_for",
    "notice_of",
    "notices_for",
    "objection_for",
    "public_title",
    "public_view",
    "state_of",
    "states_of",
]
