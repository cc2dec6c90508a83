"""From the YAML of a procedure to its declaration. Pure; says in words what cannot be read."""

from collections.abc import Mapping
from typing import Any

import yaml

from jiceng.procedures.declarations import Interval, Procedure, Step

_PROCEDURE = {"code", "version", "title", "source", "grade", "subject", "starts", "steps", "ends"}
_STEP = {"code", "title", "kind", "by", "next"}
_OPTIONAL_STEP = {
    "within",
    "after",
    "relies",
    "apart_from",
    "extension",
    "options",
    "note",
    "nearest",
    "detour",
}


class Unreadable(ValueError):
    """The text is not a procedure; the sentence says where and why."""


def procedure_of(text: str) -> Procedure:
    """Read one procedure.

    Raises:
        Unreadable: not YAML, a key missing, unknown or of the wrong shape.
    """
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise Unreadable(f"不是有效的 YAML：{error}") from error
    given = _mapping(read, "程序")
    _keys(given, _PROCEDURE, {"note", "listed"}, f"程序“{given.get('code', '')}”")
    return Procedure(
        code=str(given["code"]),
        version=_whole(given["version"]),
        title=str(given["title"]),
        source=str(given["source"]),
        grade=str(given["grade"]),
        subject=str(given["subject"]),
        starts=_words(given["starts"], "starts"),
        steps=tuple(_step(one) for one in _list(given["steps"], "steps")),
        ends={str(k): str(v) for k, v in _mapping(given["ends"], "ends").items()},
        note=str(given.get("note", "")),
        listed=bool(given.get("listed", True)),
    )


def _step(read: Any) -> Step:
    given = _mapping(read, "步骤")
    place = f"步骤“{given.get('code', '')}”"
    _keys(given, _STEP, _OPTIONAL_STEP, place)
    relies = given.get("relies")
    return Step(
        code=str(given["code"]),
        title=str(given["title"]),
        kind=str(given["kind"]),
        by=_words(given["by"], f"{place}的 by"),
        next={str(k): str(v) for k, v in _mapping(given["next"], f"{place}的 next").items()},
        within=_interval(given["within"], place) if "within" in given else None,
        after=tuple(_interval(one, place) for one in _several(given.get("after", []))),
        relies=None if relies is None else _words(relies, f"{place}的 relies"),
        apart_from=_words(given.get("apart_from", []), f"{place}的 apart_from"),
        extension=str(given.get("extension", "")),
        options=_mapping(given.get("options", {}), f"{place}的 options"),
        note=str(given.get("note", "")),
        nearest=bool(given.get("nearest", False)),
        detour=bool(given.get("detour", False)),
    )


def _interval(read: Any, place: str) -> Interval:
    given = _mapping(read, f"{place}的期间")
    _keys(given, {"rule"}, {"of"}, f"{place}的期间")
    return Interval(str(given["rule"]), str(given.get("of", "")))


def _several(read: Any) -> list[Any]:
    return read if isinstance(read, list) else [read]


def _mapping(read: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(read, dict):
        raise Unreadable(f"{place}应是“名称: 值”的形式。")
    return read


def _list(read: Any, place: str) -> list[Any]:
    if not isinstance(read, list):
        raise Unreadable(f"{place} 应是列表。")
    return read


def _words(read: Any, place: str) -> tuple[str, ...]:
    return tuple(str(word) for word in _list(read, place))


def _whole(read: Any) -> int:
    if not isinstance(read, int) or isinstance(read, bool) or read < 1:
        raise Unreadable(f"version 应是从 1 起的整数，现为“{read}”。")
    return read


def _keys(given: Mapping[str, Any], wanted: set[str], optional: set[str], place: str) -> None:
    missing = sorted(wanted - given.keys())
    unknown = sorted(given.keys() - wanted - optional)
    if missing:
        raise Unreadable(f"{place}缺少：{'、'.join(missing)}。")
    if unknown:
        raise Unreadable(f"{place}有认不得的项目：{'、'.join(map(str, unknown))}。")
