from jiceng.orders.models.voluntary import (
    Claim,
    CommunityRegistration,
    Offer,
    Service,
    VolunteerSkill,
    WelfarePost,
)
from jiceng.orders.models.wishes import MicroWish, WishCard, WishConsent, WishDetails, WishStatus

__all__ = [
    "Claim",
    "CommunityRegistration",
    "MicroWish",
    "Offer",
    "Service",
    "VolunteerSkill",
    "WelfarePost",
    "WishCard",
    "WishConsent",
    "WishDetails",
    "WishStatus",
]
