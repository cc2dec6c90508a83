"""From a file's text to a definition, or to the list of its faults."""

import datetime
import functools
from collections.abc import Sequence
from typing import Protocol, TypeVar

import yaml

from jiceng.programmes.definition.declarations import (
    LEVELS,
    Actions,
    BeltLevel,
    Campaign,
    Criterion,
    Definition,
    Milestone,
    Named,
    Rung,
)
from jiceng.programmes.definition.sections import Fault, Section
from jiceng.programmes.definition.targets import VILLAGE_KINDS, Vocabulary, read_target

DOMAINS = (
    "village",
    "community",
    "organ",
    "institution",
    "state_enterprise",
    "private_enterprise",
    "social_organisation",
)
_NO_DAY = datetime.date.min


class FaultyFile(ValueError):
    """The file declares no programme; `faults` says why, line by line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = list(faults)


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


Entry = TypeVar("Entry", bound=_Coded)


@functools.lru_cache(maxsize=64)
def definition_of(text: str) -> Definition:
    """Return what a programme's file declares. Kept for the last 64 files.

    Raises:
        FaultyFile: with every fault found, by line.
    """
    faults: list[Fault] = []
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FaultyFile([Fault(line, f"不是有效的 YAML：{error.problem}。")]) from error
    except yaml.YAMLError as error:
        raise FaultyFile([Fault(1, "文件含有不能识别的字符，请存为 UTF-8 文本。")]) from error
    if node is None:
        raise FaultyFile([Fault(1, "文件是空的。")])
    definition = _read(Section(node, faults))
    if faults:
        raise FaultyFile(sorted(faults))
    return definition


def _read(section: Section) -> Definition:
    code = section.code("code")
    ladder = _distinct(section, "ladder", [_rung(s) for s in section.sections("ladder")])
    if not ladder:
        section.fault("ladder", "“ladder”至少要有一级状态，由低到高。")
    belts, areas = section.section("belts"), section.section("areas")
    levels = _distinct(section, "belts", [_level(s) for s in _sections(belts, "levels")])
    anchors = _distinct(section, "belts", [_named(s) for s in _sections(belts, "anchors")])
    kinds = _distinct(section, "areas", [_named(s) for s in _sections(areas, "kinds")])
    points = section.section("points")
    domains = tuple(_domain(s) for s in _sections(points, "domains"))
    point_kinds = points.choices("kinds", VILLAGE_KINDS) if points else ()
    words = Vocabulary(
        [r.code for r in ladder], [b.code for b in levels], [a.code for a in kinds], DOMAINS
    )
    found = [read_target(s, words) for s in section.sections("targets", required=True)]
    targets = _distinct(section, "targets", [target for target in found if target])
    title, criteria = _criteria(section.section("criteria"))
    starts, judged, sunset = _days(section)
    cap_fen, cap_points = _caps(section.section("caps"))
    definition = Definition(
        code=code,
        title=section.text("title"),
        unit_code=section.text("unit_code"),
        approval_ref=section.text("approval_ref"),
        source=section.text("source"),
        starts_on=starts,
        judged_on=judged,
        sunset_on=sunset,
        cap_fen=cap_fen,
        cap_points=cap_points,
        fictional=section.flag("fictional", default=False),
        ladder=ladder,
        point_kinds=point_kinds,
        domains=domains,
        belt_levels=levels,
        anchors=anchors,
        area_kinds=kinds,
        criteria=criteria,
        criteria_title=title,
        targets=targets,
        milestones=_milestones(section),
        campaign=_campaign(section.section("campaign"), code),
        actions=_actions(section.section("actions")),
        assumptions=section.texts("assumptions"),
    )
    for part in (section, belts, areas, points):
        if part:
            part.close()
    return definition


def _sections(section: Section | None, name: str) -> list[Section]:
    return section.sections(name) if section else []


def _distinct(section: Section, name: str, entries: list[Entry]) -> tuple[Entry, ...]:
    codes = [entry.code for entry in entries if entry.code]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        section.fault(name, f"“{name}”中代码“{code}”用了两次。")
    return tuple(entries)


def _days(section: Section) -> tuple[datetime.date, datetime.date, datetime.date]:
    """Read the three days; a programme is judged while it runs, and ends (N13)."""
    days = [section.day(name) or _NO_DAY for name in ("starts_on", "judged_on", "sunset_on")]
    starts, judged, sunset = days
    if _NO_DAY not in days:
        if sunset <= starts:
            section.fault("sunset_on", f"终止日 {sunset} 必须晚于开始日 {starts}。")
        elif not starts <= judged < sunset:
            section.fault("judged_on", f"考核日 {judged} 必须不早于开始日，并早于终止日。")
    return starts, judged, sunset


def _milestones(section: Section) -> tuple[Milestone, ...]:
    found = []
    for part in section.sections("milestones"):
        found.append(Milestone(part.day("day") or _NO_DAY, part.text("title")))
        part.close()
    return tuple(sorted(found, key=lambda milestone: milestone.day))


def _campaign(section: Section | None, code: str) -> Campaign | None:
    if section is None:
        return None
    parts = [_named(part) for part in section.sections("parts", required=True)]
    if code not in {part.code for part in parts}:
        section.fault("parts", "“parts”里要有本项目自己的代码。")
    campaign = Campaign(
        section.text("title"), section.text("source"), _distinct(section, "parts", parts)
    )
    section.close()
    return campaign


def _actions(section: Section | None) -> Actions | None:
    """Read what the source counts and names; both must come to the same."""
    if section is None:
        return None
    count, items = section.whole("count", least=1), section.texts("items")
    if count is not None and count != len(items):
        section.fault("count", f"“count”写的是 {count}，“items”列出 {len(items)} 项，请核对。")
    actions = Actions(section.text("title"), section.text("source"), items)
    section.close()
    return actions


def _caps(section: Section | None) -> tuple[int | None, int | None]:
    if section is None:
        return None, None
    yuan = section.whole("cost_yuan", required=False)
    points = section.whole("points", required=False)
    section.close()
    return (None if yuan is None else yuan * 100), points


def _rung(section: Section) -> Rung:
    rung = Rung(
        section.code("code"),
        section.text("title"),
        section.choice("confirmed_by", LEVELS),
        section.flag("point", default=True),
    )
    section.close()
    return rung


def _level(section: Section) -> BeltLevel:
    level = BeltLevel(
        section.code("code"), section.text("title"), section.choice("confirmed_by", LEVELS)
    )
    section.close()
    return level


def _named(section: Section) -> Named:
    named = Named(section.code("code"), section.text("title"))
    section.close()
    return named


def _domain(section: Section) -> Named:
    named = Named(section.choice("code", DOMAINS), section.text("title"))
    section.close()
    return named


def _criteria(section: Section | None) -> tuple[str, tuple[Criterion, ...]]:
    if section is None:
        return "", ()
    found = []
    for part in section.sections("items"):
        found.append(
            Criterion(part.whole("number", least=1) or 0, part.text("text", required=False))
        )
        part.close()
    if [criterion.number for criterion in found] != list(range(1, len(found) + 1)):
        section.fault("items", "各条标准要从 1 起连续编号。")
    title = section.text("title")
    section.close()
    return title, tuple(found)
