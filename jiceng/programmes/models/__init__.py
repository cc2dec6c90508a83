"""Demonstration programmes: points, belts, areas, money, and what the targets come to."""

from jiceng.programmes.models.areas import Area, AreaMember
from jiceng.programmes.models.belts import Belt, BeltCompletion, BeltMember
from jiceng.programmes.models.points import PointStatus
from jiceng.programmes.models.programmes import Cost, Programme
from jiceng.programmes.models.verdicts import Judging, Verdict

__all__ = [
    "Area",
    "AreaMember",
    "Belt",
    "BeltCompletion",
    "BeltMember",
    "Cost",
    "Judging",
    "PointStatus",
    "Programme",
    "Verdict",
]
