"""Reading ratings as of a day. Rows of unfinished batches are seen by nobody."""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from jiceng.registry.queries import shown
from jiceng.standards.models import Rating, Standard


def ratings_of(organisation: int) -> QuerySet[Rating]:
    """Return the standing ratings of one organisation, latest first."""
    rows = Rating.objects.standing().filter(organisation=organisation)
    return shown(rows).select_related("standard").order_by("-valid_from", "standard")


def levels_in_force(day: datetime.date) -> QuerySet[Rating]:
    """Return each organisation's rating in force on `day`, one for each standard it holds."""
    later = shown(Rating.objects.standing()).filter(
        organisation=OuterRef("organisation"),
        standard=OuterRef("standard"),
        valid_from__gt=OuterRef("valid_from"),
        valid_from__lte=day,
    )
    return shown(Rating.objects.standing().filter(~Exists(later), valid_from__lte=day))


def levels_of(organisations: Iterable[int], standard: str, day: datetime.date) -> dict[int, int]:
    """Return the level by organisation's number; who is not rated is left out. One statement."""
    rows = levels_in_force(day).filter(organisation__in=set(organisations), standard__code=standard)
    return dict(rows.values_list("organisation_id", "level"))


def standards() -> QuerySet[Standard]:
    return Standard.objects.order_by("code")
