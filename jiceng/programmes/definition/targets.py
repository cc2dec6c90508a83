"""The kinds of target a file may name, and how each is read."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from jiceng.programmes.definition.declarations import (
    LEVELS,
    Areas,
    BeltFloor,
    BeltMembers,
    BeltsBuilt,
    BeltStars,
    Counted,
    Coverage,
    Points,
    PointShare,
    Target,
    VillageStatus,
)
from jiceng.programmes.definition.sections import Section

VILLAGE_KINDS = ("village", "community", "other_village")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes that a file's targets may refer to."""

    statuses: Collection[str]
    belt_levels: Collection[str]
    area_kinds: Collection[str]
    domains: Collection[str]


def _belts_built(section: Section, words: Vocabulary) -> Counted:
    return BeltsBuilt(section.choice("belt_level", words.belt_levels))


def _belt_members(section: Section, words: Vocabulary) -> Counted:
    return BeltMembers(
        section.choice("belt_level", words.belt_levels),
        section.choice("status", words.statuses),
        section.choices("kinds", VILLAGE_KINDS),
        section.flag("higher_counts", default=True),
        section.whole("higher_reserved", required=False) or 0,
    )


def _belt_floor(section: Section, words: Vocabulary) -> Counted:
    return BeltFloor(
        section.choice("belt_level", words.belt_levels),
        section.choice("status", words.statuses),
        section.choices("kinds", VILLAGE_KINDS),
    )


def _belt_stars(section: Section, words: Vocabulary) -> Counted:
    return BeltStars(
        section.choice("belt_level", words.belt_levels),
        section.code("standard"),
        section.whole("stars", least=1) or 0,
    )


def _place(section: Section, words: Vocabulary) -> tuple[str, str]:
    if section.has("level") == section.has("area_kind"):
        section.fault("", "要写 level（按层级考核）或 area_kind（按片区考核），二者只写其一。")
    return (
        section.choice("level", LEVELS, required=False),
        section.choice("area_kind", words.area_kinds, required=False),
    )


def _coverage(section: Section, words: Vocabulary) -> Counted:
    return Coverage(
        *_place(section, words),
        section.choices("kinds", VILLAGE_KINDS, required=True),
        section.choices("belt_levels", words.belt_levels, required=True),
        section.flag("built_only", default=False),
    )


def _village_status(section: Section, words: Vocabulary) -> Counted:
    return VillageStatus(
        *_place(section, words),
        section.choices("kinds", VILLAGE_KINDS, required=True),
        section.choice("status", words.statuses),
    )


def _point_share(section: Section, words: Vocabulary) -> Counted:
    return PointShare(
        section.choice("status", words.statuses), section.choices("domains", words.domains)
    )


def _points(section: Section, words: Vocabulary) -> Counted:
    return Points(
        section.choice("status", words.statuses), section.choices("domains", words.domains)
    )


def _areas(section: Section, words: Vocabulary) -> Counted:
    return Areas(section.choice("area_kind", words.area_kinds))


# What a file may write as `kind`: whether its threshold is a share, and how it is read.
KINDS: dict[str, tuple[bool, Callable[[Section, Vocabulary], Counted]]] = {
    "belts_built": (False, _belts_built),
    "belt_members": (False, _belt_members),
    "belt_floor": (True, _belt_floor),
    "belt_stars": (True, _belt_stars),
    "coverage": (True, _coverage),
    "village_status": (True, _village_status),
    "point_share": (True, _point_share),
    "points": (False, _points),
    "areas": (False, _areas),
}


def read_target(section: Section, words: Vocabulary) -> Target | None:
    """Return one target; None when its kind is not known, which is noted."""
    kind = section.choice("kind", KINDS)
    if kind not in KINDS:
        return None
    share, read = KINDS[kind]
    target = Target(
        code=section.code("code"),
        title=section.text("title"),
        kind=kind,
        counted=read(section, words),
        threshold=section.threshold(share=share),
        measured_in=section.text("measured_in"),
        definition=section.text("definition"),
        source=section.text("source"),
        interpretation=section.text("interpretation", required=False),
    )
    section.close()
    return target
