"""Everything that changes a notice: one function, one transaction, one entry."""

from jiceng.notices.operations.drafting import change_draft, draft_notice, return_draft
from jiceng.notices.operations.ending import expire, withdraw_notice
from jiceng.notices.operations.erasing import erase_objectors
from jiceng.notices.operations.objecting import Received, answer_objection, receive_objection
from jiceng.notices.operations.posting import (
    correct_posting,
    record_posting,
    record_taking_down,
)
from jiceng.notices.operations.releasing import Decided, release_notice

__all__ = [
    "Decided",
    "Received",
    "answer_objection",
    "change_draft",
    "correct_posting",
    "draft_notice",
    "erase_objectors",
    "expire",
    "receive_objection",
    "record_posting",
    "record_taking_down",
    "release_notice",
    "return_draft",
    "withdraw_notice",
]
