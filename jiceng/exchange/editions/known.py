"""Which codes an old unit may go on in: rows of the edition, changed or standing."""

from collections.abc import Collection
from dataclasses import dataclass

from jiceng.core.bulk import listed
from jiceng.exchange.models import Edition, EditionPlace, Fate
from jiceng.registry.queries import units_on


@dataclass(frozen=True, slots=True)
class Known:
    code: str
    name: str
    level: int
    standing: bool  # stands in the register as the edition has it


def known_codes(edition: Edition, codes: Collection[str]) -> dict[str, Known]:
    """Return those of `codes` that the edition holds. Two statements."""
    wanted = listed(codes)
    changing = Fate.objects.filter(step__edition=edition).values("unit")
    standing = units_on(edition.day).filter(code__in=wanted).exclude(pk__in=changing)
    found = {
        code: Known(code, name, level, standing=True)
        for code, name, level in standing.values_list("code", "name", "level")
    }
    places = EditionPlace.objects.filter(step__edition=edition, code__in=wanted)
    for code, name, level in places.values_list("code", "name", "level"):
        found[code] = Known(code, name, level, standing=False)
    return found
