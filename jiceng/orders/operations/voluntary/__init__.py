"""Everything that changes wishes, posts, offers, claims and services."""

from jiceng.orders.operations.voluntary.cards import (
    record_consent,
    release_card,
    withdraw_consent,
    write_card,
)
from jiceng.orders.operations.voluntary.claims import (
    claim_post,
    claim_wish,
    confirm_claim,
    give_back,
    reveal_to_volunteer,
    turn_down_claim,
)
from jiceng.orders.operations.voluntary.erasing import erase_wishers
from jiceng.orders.operations.voluntary.fulfilling import confirm_delivery, record_delivery
from jiceng.orders.operations.voluntary.members import (
    declare_skills,
    leave_community,
    register_at_community,
)
from jiceng.orders.operations.voluntary.offers import accept_offer, decline_offer, offer
from jiceng.orders.operations.voluntary.posts import Opening, change_capacity, close_post, open_post
from jiceng.orders.operations.voluntary.services import (
    Served,
    confirm_services,
    correct_service,
    record_service,
)
from jiceng.orders.operations.voluntary.wishes import (
    Received,
    Wished,
    answer_wish,
    check_wish,
    collect_wish,
    pass_on_wish,
    reveal_wisher,
    withdraw_wish,
)

__all__ = [
    "Opening",
    "Received",
    "Served",
    "Wished",
    "accept_offer",
    "answer_wish",
    "change_capacity",
    "check_wish",
    "claim_post",
    "claim_wish",
    "close_post",
    "collect_wish",
    "confirm_claim",
    "confirm_delivery",
    "confirm_services",
    "correct_service",
    "declare_skills",
    "decline_offer",
    "erase_wishers",
    "give_back",
    "leave_community",
    "offer",
    "open_post",
    "pass_on_wish",
    "record_consent",
    "record_delivery",
    "record_service",
    "register_at_community",
    "release_card",
    "reveal_to_volunteer",
    "reveal_wisher",
    "turn_down_claim",
    "withdraw_consent",
    "withdraw_wish",
    "write_card",
]
