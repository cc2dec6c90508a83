"""GeoJSON points as a table: a feature's properties are its cells, its coordinates two more."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from jiceng.exchange.readers.refusals import UnreadableFile
from jiceng.exchange.readers.tables import Fault, Limits, Line, Table, with_header

_CAP_BYTES = 32 * 1024 * 1024  # read whole: some ten times as much in memory


def open_features(path: Path, limits: Limits) -> Table:
    features = _features(path)
    names: dict[str, None] = {}
    for feature in features:
        names.update(dict.fromkeys(_properties(feature)))
    header = [*names, "经度", "纬度"]
    return with_header("geojson", "utf-8", _lines(header, features), limits, lambda: None)


def _features(path: Path) -> list[dict[str, Any]]:
    if path.stat().st_size > _CAP_BYTES:
        raise UnreadableFile(_("GeoJSON 文件超过 32 兆字节。请拆成几个文件，或改用 CSV。"))
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise UnreadableFile(
            _("GeoJSON 文件第 %d 行不完整。请重新导出后再上传。") % line
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(_("GeoJSON 文件不是 UTF-8 编码。请用 UTF-8 重新导出。")) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise UnreadableFile(_("这不是 GeoJSON 的要素集合（FeatureCollection）。"))
    if not features:
        raise UnreadableFile(_("GeoJSON 文件里没有任何要素。"))
    return features


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _lines(header: list[str], features: list[dict[str, Any]]) -> Iterator[Line]:
    """The header is line 1, the first feature 2, as in the table that it makes."""
    yield Line(1, header)
    for number, feature in enumerate(features, 2):
        values = _properties(feature)
        cells = ["" if values.get(name) is None else str(values[name]) for name in header[:-2]]
        point = _point(feature)
        if point is None:
            fault = Fault(len(header) - 2, _("这个要素不是点（Point），取不出经度和纬度。"))
            yield Line(number, [*cells, "", ""], [fault])
        else:
            yield Line(number, [*cells, *point])


def _point(feature: dict[str, Any]) -> tuple[str, str] | None:
    shape = feature.get("geometry")
    if not isinstance(shape, dict) or shape.get("type") != "Point":
        return None
    match shape.get("coordinates"):
        case [int() | float() as longitude, int() | float() as latitude, *_rest]:
            return str(longitude), str(latitude)
    return None
