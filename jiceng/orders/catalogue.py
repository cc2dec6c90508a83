"""The kinds of service residents may ask for, and what is dealt with elsewhere. Pure.

Read once from `data/services.yaml` and `data/exclusions.yaml`. Groups, lines and tiers have no
official source: they are defaults that a county replaces with a document, from a day on.
"""

import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from jiceng.core.names import simplified

_DATA = Path(__file__).parent / "data"
Track = Literal["duty", "voluntary", "conduct"]
First = Literal["village", "town", "county"]
PlacedAt = Literal["point", "place", "none"]
DispatchTier = Literal["emergency", "utilities", "general"]
TIERS = ("", "tier1", "tier2", "tier3", "tier4")
URGENT = "tier1"  # reaches the posts on duty at any hour


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of service, in a resident's words, and how it is usually handled."""

    code: str
    title: str
    group: str
    first: First  # the level that usually handles it
    track: Track = "duty"
    public: bool = False  # concerns public space: a rewritten summary may be released
    tier: str = ""  # kind of the rule order.tiers; empty: order.default_limit
    dispatch_tier: DispatchTier = "general"  # kind of the rule order.dispatch
    keywords: tuple[str, ...] = ()
    line: str = ""  # line of work of the department that handles it at the county
    direct: bool = False  # goes to its handler without a person's confirmation
    duty_item: str = ""  # code in duty-list.yaml; voluntary kinds have none
    placed_at: PlacedAt = "place"
    note: str = ""
    source: str = ""
    grade: str = "K"

    @property
    def urgent(self) -> bool:
        """Say whether it reaches those on duty at any hour."""
        return self.tier == URGENT


@dataclass(frozen=True, slots=True)
class Channel:
    """Where to go instead: a telephone number or an office."""

    title: str
    phone: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What is not dealt with as an order, and where the person goes instead."""

    code: str
    title: str
    asks: str
    says: str
    channels: tuple[Channel, ...]
    words: tuple[str, ...] = ()
    source: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every kind of service with the names of groups and lines of work, in the file's order."""

    groups: dict[str, str]
    lines: dict[str, str]
    services: dict[str, Service]


@functools.cache
def shipped() -> Catalogue:
    """Return the catalogue of `data/services.yaml`.

    Raises:
        ValueError: the file is faulty; a kind of service is never guessed at.
    """
    return read(_load("services"))


def services() -> tuple[Service, ...]:
    """Return every kind of service in the order of the file."""
    return tuple(shipped().services.values())


def service(code: str) -> Service:
    """Return one kind of service.

    Raises:
        KeyError: there is no such kind; interfaces refuse before they ask.
    """
    return shipped().services[code]


def grouped() -> dict[str, list[Service]]:
    """Return the kinds of service by group, both in the order of the file."""
    found: dict[str, list[Service]] = {group: [] for group in shipped().groups}
    for one in services():
        found[one.group].append(one)
    return found


@functools.cache
def exclusions(place: str = "") -> tuple[Exclusion, ...]:
    """Return the six exclusions for a place (its official code): where the regulation is not
    the law of the place they carry no force and say so.
    """
    raw = _load("exclusions")
    here = bool(place) and place.startswith(raw["place"])
    said = {
        "source": raw["source"] if here else raw["elsewhere"],
        "grade": raw["grade"] if here else "P",
    }
    return tuple(_exclusion({**said, **row}) for row in raw["exclusions"])


def excluded_by(words: str, place: str = "") -> list[Exclusion]:
    """Return the exclusions that a text makes one think of. They remind, they never refuse."""
    text = simplified(words)
    return [
        exclusion
        for exclusion in exclusions(place)
        if any(word in text for word in exclusion.words)
    ]


def find(words: str, among: Iterable[Service] | None = None) -> list[Service]:
    """Return the kinds of service a text speaks of, the likeliest first; none for no match.

    A keyword counts by its length, twice in the title's own words: three characters say more
    than one. Equal ones stay in the order of the file.
    """
    text = simplified(words)
    if not text:
        return []
    scores = Counter({one: score for one in among or services() if (score := _likeness(one, text))})
    return [one for one, _ in scores.most_common()]


def _likeness(one: Service, text: str) -> int:
    said = sum(len(word) ** 2 for word in one.keywords if word in text)
    title = simplified(one.title)
    return said + (2 * len(title) ** 2 if title in text or text in title else 0)


def read(raw: dict[str, Any]) -> Catalogue:
    """Read a catalogue from what YAML gives.

    Raises:
        ValueError: every fault, in words.
    """
    found = list(faults_of(raw))
    if found:
        raise ValueError("; ".join(found))
    said = {"source": raw["source"], "grade": raw["grade"]}
    rows = [_service({**said, **row}) for row in raw["services"]]
    return Catalogue(raw["groups"], raw["lines"], {row.code: row for row in rows})


def faults_of(raw: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a catalogue, in words an official can act on."""
    times = Counter(row.get("code") for row in raw["services"])
    yield from (f"诉求种类“{code}”写了 {n} 次。" for code, n in times.items() if n > 1)
    for row in raw["services"]:
        name = row.get("code") or row.get("title") or "（没有代码）"
        yield from (f"诉求种类“{name}”：{fault}" for fault in _faults_of_row(row, raw))


def _faults_of_row(row: dict[str, Any], raw: dict[str, Any]) -> Iterator[str]:
    known = {field.name for field in fields(Service)}
    yield from (
        f"没有写“{name}”。" for name in ("code", "title", "group", "first") if name not in row
    )
    yield from (f"没有“{name}”这一栏。" for name in row if name not in known)
    for name, allowed in _allowed(raw).items():
        if name in row and row[name] not in allowed:
            yield f"“{name}”不能是“{row[name]}”。"
    if row.get("track", "duty") != "voluntary" and not row.get("duty_item"):
        yield "职责办理的必须写明职责清单的哪一项。"
    if row.get("track") == "conduct" and row.get("public"):
        yield "反映人员作风的不能公开。"
    if row.get("first") == "county" and not row.get("line"):
        yield "由县级先办的必须写明哪条线。"


def _allowed(raw: dict[str, Any]) -> dict[str, Iterable[Any]]:
    return {
        "group": raw["groups"],
        "line": ("", *raw["lines"]),
        "track": get_args(Track),
        "first": get_args(First),
        "placed_at": get_args(PlacedAt),
        "dispatch_tier": get_args(DispatchTier),
        "tier": TIERS,
    }


def _service(row: dict[str, Any]) -> Service:
    return Service(**{**row, "keywords": tuple(map(simplified, row.get("keywords", ())))})


def _exclusion(row: dict[str, Any]) -> Exclusion:
    channels = tuple(Channel(**channel) for channel in row["channels"])
    return Exclusion(**{**row, "channels": channels, "words": tuple(row.get("words", ()))})


def _load(name: str) -> Any:
    return yaml.safe_load((_DATA / f"{name}.yaml").read_text(encoding="utf-8"))
