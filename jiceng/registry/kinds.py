"""Which kinds a unit may be of: a division by its level, an organisation whatever its depth."""

from jiceng.registry.models.units import Kind, Level, Tree

_DIVISIONS: dict[int, tuple[Kind, ...]] = {
    Level.PROVINCE: (Kind.PROVINCE,),
    Level.CITY: (Kind.CITY,),
    Level.COUNTY: (Kind.COUNTY, Kind.ZONE),
    Level.TOWN: (Kind.TOWNSHIP, Kind.SUBDISTRICT, Kind.OTHER_TOWN),
    Level.VILLAGE: (Kind.VILLAGE, Kind.COMMUNITY, Kind.OTHER_VILLAGE),
    Level.GRID: (Kind.GRID,),
    Level.MICRO_GRID: (Kind.MICRO_GRID,),
}
_OF_DIVISIONS = {kind for kinds in _DIVISIONS.values() for kind in kinds}
_ORGANISATIONS = tuple(kind for kind in Kind if kind not in _OF_DIVISIONS)


def kinds_at(tree: str, level: int) -> tuple[Kind, ...]:
    return _DIVISIONS.get(level, ()) if tree == Tree.DIVISION else _ORGANISATIONS
