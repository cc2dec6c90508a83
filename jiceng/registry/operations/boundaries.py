"""Where things are on the map: outlines of units."""

import datetime
import json
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.journal import Journal
from jiceng.core.refusals import Invalid
from jiceng.registry.dated import replace_from
from jiceng.registry.models import Boundary
from jiceng.registry.operations.locking import lock_units


class NotAnOutline(Invalid):
    """A geometry that encloses nothing."""


@transaction.atomic
def record_boundaries(
    outlines: Mapping[int, Mapping[str, object]],
    *,
    source: str,
    day: datetime.date,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    journal: Journal | None = None,
) -> None:
    """Give units their outlines from `day` on: a GeoJSON Polygon or MultiPolygon (WGS-84) each.

    Raises:
        NotAnOutline: a geometry of another type, or an empty one.
        NoSuchUnit: a unit does not exist on `day`.
    """
    if not outlines:
        return
    if any(not _encloses(outline) for outline in outlines.values()):
        raise NotAnOutline(_("边界必须是面（Polygon 或 MultiPolygon），且不能为空。"))
    journal = Journal() if journal is None else journal
    lock_units(list(outlines), day)
    replace_from(
        Boundary,
        "unit_id",
        {
            unit: {"outline": json.dumps(outline, separators=(",", ":")), "source": source}
            for unit, outline in outlines.items()
        },
        day=day,
        journal=journal,
        sentence=_("有单位在%s之后另有边界记录，请先更正。") % day,
    )
    first = next(iter(outlines))
    audit.record(
        action="registry.boundary.recorded",
        subject=f"registry.unit:{first}",
        unit=first,
        by=by,
        at=at,
        key=key,
        after={"day": day, "source": source, "journal": journal.digest()},
        count=len(outlines),
    )


def _encloses(outline: Mapping[str, object]) -> bool:
    return outline.get("type") in ("Polygon", "MultiPolygon") and bool(outline.get("coordinates"))
