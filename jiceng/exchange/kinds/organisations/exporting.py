"""Organisations as they stood on a day, taken out as a file."""

from collections.abc import Iterator, Sequence

from jiceng.exchange.kinds.organisations.columns import DOMAINS, KINDS
from jiceng.exchange.lookups import chunked, codes_of, shown_end, units_readable
from jiceng.exchange.rows import Reading
from jiceng.registry import paths
from jiceng.registry.models import Seat
from jiceng.registry.models.units import Tree
from jiceng.registry.queries import units_on


def export(reading: Reading) -> Iterator[Sequence[object]]:
    """Yield a row for each organisation. From which day on the row holds is left to whoever
    changes it.
    """
    units = (
        units_on(reading.day)
        .filter(tree=Tree.ORGANISATION, pk__in=units_readable(reading).values("pk"))
        .order_by("path")
    )
    for chunk in chunked(units):
        parents = {unit.pk: paths.ids_of(unit.path)[:-1][-1:] for unit in chunk}
        seats = dict(
            Seat.objects.on(reading.day)
            .filter(organisation__in=[unit.pk for unit in chunk])
            .values_list("organisation_id", "division_id")
        )
        codes = codes_of([*(p[0] for p in parents.values() if p), *seats.values()], reading.day)
        for unit in chunk:
            above = parents[unit.pk]
            yield (
                unit.code or "",
                unit.name,
                KINDS.get(unit.kind, unit.kind),
                DOMAINS.get(unit.domain, unit.domain),
                codes.get(above[0], "") if above else "",
                codes.get(seats.get(unit.pk, 0), ""),
                "",
                unit.valid_from,
                shown_end(unit.valid_to),
            )
