"""Judging a programme's targets from the facts of a day. Pure."""

from jiceng.programmes.judging.facts import Area, Belt, Facts, Member, Point, Unit
from jiceng.programmes.judging.findings import Finding
from jiceng.programmes.judging.kinds import judge, judge_one, shortfalls, stands

__all__ = [
    "Area",
    "Belt",
    "Facts",
    "Finding",
    "Member",
    "Point",
    "Unit",
    "judge",
    "judge_one",
    "shortfalls",
    "stands",
]
