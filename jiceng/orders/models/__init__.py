from jiceng.orders.models.duty import DutyItem, DutyShift, LocalService
from jiceng.orders.models.grids import GridAccessItem, GridCard, GridLine, ObservationPoint
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
    "DutyItem",
    "DutyShift",
    "GridAccessItem",
    "GridCard",
    "GridLine",
    "LocalService",
    "MicroWish",
    "ObservationPoint",
    "Offer",
    "Service",
    "VolunteerSkill",
    "WelfarePost",
    "WishCard",
    "WishConsent",
    "WishDetails",
    "WishStatus",
]
