"""The one check that dated rows of one owner do not share a day."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from jiceng.core.models import Dated
from jiceng.core.periods import overlaps

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Span:
    """A period that a row would hold for what `key` names, in the order of the fields asked."""

    key: tuple[object, ...]
    valid_from: datetime.date
    valid_to: datetime.date


@dataclass(frozen=True, slots=True)
class Clash:
    """What a span shares a day with: a standing row, or an earlier span of the same list."""

    valid_from: datetime.date
    valid_to: datetime.date
    place: int | None = None  # of the earlier span; None for a standing row


def clashes(
    model: type[Dated], fields: Sequence[str], spans: Sequence[Span], **condition: object
) -> dict[int, Clash]:
    """Return, by place in the list, the spans that share a day with another of their key.

    One statement for 5,000 keys. The caller holds the owners' lock.

    Args:
        fields: attribute names of the key; the first one is looked up.
        condition: which standing rows count.
    """
    taken: dict[tuple[object, ...], list[Clash]] = defaultdict(list)
    owners = sorted({span.key[0] for span in spans})  # type: ignore[type-var]  # owners are numbers
    for at in range(0, len(owners), _CHUNK):
        rows = model.objects.filter(**{f"{fields[0]}__in": owners[at : at + _CHUNK]}, **condition)
        for *key, start, end in rows.values_list(*fields, "valid_from", "valid_to"):
            taken[tuple(key)].append(Clash(start, end))
    found: dict[int, Clash] = {}
    for place, span in enumerate(spans):
        for other in taken[span.key]:
            if overlaps(span.valid_from, span.valid_to, other.valid_from, other.valid_to):
                found[place] = other
                break
        else:
            taken[span.key].append(Clash(span.valid_from, span.valid_to, place))
    return found
