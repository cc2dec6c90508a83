"""Who may confirm: the file names the level whose officer does."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from jiceng.access.queries import reach_of
from jiceng.programmes.definition import LEVELS
from jiceng.programmes.refusals import NotTheirs
from jiceng.registry import paths
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Tree


def refuse_other_levels(
    asked: Mapping[int, Collection[tuple[str, str]]],
    within: Sequence[str],
    today: datetime.date,
) -> None:
    """Refuse what the file lets an officer of a higher level confirm: the power of whoever
    confirms must cover the whole unit of that level in which the thing stands.

    Args:
        asked: for each unit, the levels asked for (city, county, town) and what is confirmed.
        within: path prefixes of today's trees in which he may confirm.

    Raises:
        NotTheirs: with what he may not confirm.
    """
    reach = reach_of(asked, today)
    levels = levels_along(path for found in reach.values() for path in found)
    for unit, wanted in asked.items():
        for level, title in wanted:
            above = [at_level(path, LEVELS[level], levels) for path in reach[unit]]
            if not any(paths.covers(prefix, path) for prefix in within for path in above):
                raise NotTheirs(_("“%s”按项目文件由上一级确认，您不能确认。") % title)


def levels_along(along: Iterable[str]) -> dict[int, int]:
    """Return the level of every division on the way down the given paths. One statement."""
    units = {number for path in along for number in paths.ids_of(path)}
    divisions = Unit.objects.filter(pk__in=units, tree=Tree.DIVISION)
    return dict(divisions.values_list("pk", "level"))


def at_level(path: str, level: int, levels: Mapping[int, int]) -> str:
    """Return the path of the last unit on the way down that stands at `level` or above it."""
    while path and levels.get(paths.id_of(path[-paths.WIDTH :]), level + 1) > level:
        path = paths.parent_of(path)
    return path
