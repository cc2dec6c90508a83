"""What hangs on a unit on a day: posts, facts, bodies, premises, enterprises, organisations."""

import datetime
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from jiceng.registry import paths
from jiceng.registry.models import (
    Body,
    BodySeat,
    Membership,
    Post,
    Premises,
    Remark,
    Seat,
    TwoNewOrg,
    Unit,
    UnitPath,
    VillageFact,
)
from jiceng.registry.models.units import Domain
from jiceng.registry.queries.units import organisations_in, seats_in, shown

VILLAGE_DOMAINS = (Domain.VILLAGE, Domain.COMMUNITY)


def posts_of(units: Iterable[int], day: datetime.date) -> QuerySet[Post]:
    """Return the posts held on `day` with their holders, by unit, role and name."""
    rows = shown(Post.objects.on(day).filter(unit__in=units))
    return rows.select_related("person", "deputises__person").order_by(
        "unit", "role", "deputises_id", "person__name", "pk"
    )


def past_posts_of(unit: int, day: datetime.date) -> QuerySet[Post]:
    """Return the posts that had ended by `day`, with who held them, the latest first."""
    rows = shown(Post.objects.filter(unit=unit, valid_to__lte=day)).select_related("person")
    return rows.order_by("-valid_to", "role", "pk")


def members_of(organisation: int, day: datetime.date) -> QuerySet[Membership]:
    """Return the memberships that hold on `day` with the members, by name."""
    rows = shown(Membership.objects.on(day).filter(organisation=organisation))
    return rows.select_related("person").order_by("standing", "person__name", "pk")


def past_members_of(organisation: int, day: datetime.date) -> QuerySet[Membership]:
    """Return the memberships that had ended by `day`, the latest first."""
    rows = shown(Membership.objects.filter(organisation=organisation, valid_to__lte=day))
    return rows.select_related("person").order_by("-valid_to", "pk")


def remarks_of(unit: int, day: datetime.date) -> QuerySet[Remark]:
    return shown(Remark.objects.on(day).filter(unit=unit)).order_by("pk")


def facts_of(unit: int, day: datetime.date) -> list[VillageFact]:
    """Return the standing facts in force on `day`, one of each kind, in the order of the kinds."""
    rows = shown(
        VillageFact.objects.filter(unit=unit, superseded_at=None, valid_from__lte=day)
    ).order_by("valid_from")
    latest = {row.kind: row for row in rows}
    return [latest[kind] for kind in VillageFact.Kind.values if kind in latest]


def fact_history_of(unit: int) -> QuerySet[VillageFact]:
    """Return every fact that was ever recorded, corrected ones too, the latest day first."""
    rows = shown(VillageFact.objects.filter(unit=unit))
    return rows.order_by("kind", "-valid_from", "-recorded_at", "-pk")


def bodies_of(unit: int, day: datetime.date) -> QuerySet[Body]:
    rows = shown(Body.objects.on(day).filter(unit=unit))
    return rows.annotate(size=Count("seats")).order_by("kind", "pk")


def all_bodies_of(unit: int) -> QuerySet[Body]:
    """Return every term of every body, the latest first, each with its `size`."""
    rows = shown(Body.objects.filter(unit=unit)).annotate(size=Count("seats"))
    return rows.order_by("kind", "-valid_from", "pk")


def seats_of(body: int) -> QuerySet[BodySeat]:
    """Return who sits or sat in a body, those who left last."""
    rows = shown(BodySeat.objects.filter(body=body)).select_related("person")
    return rows.order_by("-valid_to", "valid_from", "pk")


def premises_of(unit: int, day: datetime.date) -> QuerySet[Premises]:
    return shown(Premises.objects.on(day).filter(unit=unit)).order_by("kind", "name", "pk")


def two_new_in(path: str, day: datetime.date) -> QuerySet[TwoNewOrg]:
    """Return the enterprises and social organisations in the division at `path` or below."""
    below = UnitPath.objects.on(day).filter(path__gte=path, path__lt=paths.end_of(path))
    rows = TwoNewOrg.objects.on(day).filter(division__in=below.values("unit"))
    return shown(rows).select_related("division").order_by("name", "pk")


def organisation_counts_in(path: str, day: datetime.date) -> dict[str, int]:
    """Return how many organisations of each domain stand in the division at `path` or below."""
    rows = seats_in(path, day).order_by().values("organisation__domain").annotate(n=Count("pk"))
    return dict(rows.values_list("organisation__domain", "n"))


def own_organisations_of(path: str, day: datetime.date) -> QuerySet[Unit]:
    """Return the organisations of the village or community at `path` itself, parents first."""
    return organisations_in(path, day).filter(domain__in=VILLAGE_DOMAINS).order_by("path")


def seat_of(organisation: int, day: datetime.date) -> int | None:
    """Return the number of the division in which an organisation stands on `day`."""
    row = shown(Seat.objects.on(day).filter(organisation=organisation)).first()
    return row.division_id if row else None
