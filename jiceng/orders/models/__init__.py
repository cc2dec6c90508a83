from jiceng.orders.models.clients import ClientOrder
from jiceng.orders.models.duty import DutyItem, DutyShift, LocalService
from jiceng.orders.models.grids import GridAccessItem, GridCard, GridLine, ObservationPoint
from jiceng.orders.models.orders import Addition, Contact, Extension, Order, Pause, Telling
from jiceng.orders.models.projections import BoardEntry, OrderStatus
from jiceng.orders.models.tasks import Task
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
    "Addition",
    "BoardEntry",
    "Claim",
    "ClientOrder",
    "CommunityRegistration",
    "Contact",
    "DutyItem",
    "DutyShift",
    "Extension",
    "GridAccessItem",
    "GridCard",
    "GridLine",
    "LocalService",
    "MicroWish",
    "ObservationPoint",
    "Offer",
    "Order",
    "OrderStatus",
    "Pause",
    "Service",
    "Task",
    "Telling",
    "VolunteerSkill",
    "WelfarePost",
    "WishCard",
    "WishConsent",
    "WishDetails",
    "WishStatus",
]
