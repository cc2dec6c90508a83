"""Reading editions under review, through the gate: officers see the counties in their scope."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.access.queries import Scope, reach_of, require
from jiceng.accounts.models import User
from jiceng.core.refusals import NotFound
from jiceng.exchange.models import Edition, EditionPlace, EditionStep, Fate
from jiceng.registry import search
from jiceng.registry.models.units import Tree
from jiceng.registry.queries import path_of, shown, units_on

CLASSES = (  # of the comparison, in the order in which they are shown
    ("unchanged", gettext_lazy("没有变化")),
    *Fate.Change.choices,
    ("appeared", gettext_lazy("新出现")),
)
_OPEN = Q(fates__decided_at=None, fates__isnull=False)


class NoSuchEdition(NotFound):
    """No such edition, county or old unit, or the user may not review it."""


@dataclass(frozen=True, slots=True)
class Town:
    """The old units of one town that are under review."""

    code: str
    name: str
    total: int
    sure: int  # still open
    doubtful: int  # still open
    decided: int


def editions_for(user: User, today: datetime.date) -> QuerySet[Edition]:
    """Return the editions with counties that `user` may review, the newest first."""
    scope = require(user, "exchange.review", today=today)
    steps = [step.pk for step in _in_scope(EditionStep.objects.all(), scope, today)]
    return shown(Edition.objects.filter(steps__in=steps)).distinct().order_by("-day", "-pk")


def edition_for(user: User, number: int, today: datetime.date) -> tuple[Edition, list[EditionStep]]:
    """Return an edition with the counties that `user` may review, each with its counts.

    Raises:
        NoSuchEdition: there is none, or no county of it is his.
    """
    scope = require(user, "exchange.review", today=today)
    edition = shown(Edition.objects.filter(pk=number)).first()
    rows = counted(EditionStep.objects.filter(edition=number)).order_by("code")
    steps = _in_scope(rows, scope, today)
    if edition is None or not steps:
        raise NoSuchEdition(_("没有这份区划，或者您无权审核。"))
    return edition, steps


def step_for(user: User, number: int, today: datetime.date) -> EditionStep:
    """Return one county of an edition with its counts.

    Raises:
        NoSuchEdition: there is none, or it is not his.
    """
    scope = require(user, "exchange.review", today=today)
    rows = counted(EditionStep.objects.filter(pk=number).select_related("edition"))
    steps = _in_scope(rows, scope, today)
    if not steps:
        raise NoSuchEdition(_("没有这个县的审核，或者您无权办理。"))
    return steps[0]


def fate_for(user: User, number: int, today: datetime.date) -> Fate:
    """Return one old unit under review.

    Raises:
        NoSuchEdition: there is none, or its county is not his.
    """
    fate = Fate.objects.filter(pk=number).prefetch_related("heirs").first()
    if fate is None:
        raise NoSuchEdition(_("没有这个原单位，或者您无权审核。"))
    fate.step = step_for(user, fate.step_id, today)
    return fate


def counted(steps: QuerySet[EditionStep]) -> QuerySet[EditionStep]:
    """Add to each county how many of its old units are sure, doubtful and decided."""
    return steps.annotate(
        total=Count("fates"),
        sure=Count("fates", filter=_OPEN & Q(fates__sure=True)),
        doubtful=Count("fates", filter=_OPEN & Q(fates__sure=False)),
        decided=Count("fates", filter=Q(fates__decided_at__isnull=False)),
    )


def _in_scope(
    steps: QuerySet[EditionStep], scope: Scope, today: datetime.date
) -> list[EditionStep]:
    rows = list(steps)
    reach = reach_of({step.unit_id for step in rows}, today)
    return [step for step in rows if scope.covers_any(reach.get(step.unit_id, []))]


def towns_of(step: EditionStep) -> list[Town]:
    """Return a county's old towns with what is open in each, in code order. One statement."""
    rows = step.fates.values("town_code", "town_name").annotate(
        total=Count("pk"),
        open_sure=Count("pk", filter=Q(decided_at=None, sure=True)),
        open_doubtful=Count("pk", filter=Q(decided_at=None, sure=False)),
        done=Count("pk", filter=Q(decided_at__isnull=False)),
    )
    return [
        Town(
            row["town_code"],
            row["town_name"],
            row["total"],
            row["open_sure"],
            row["open_doubtful"],
            row["done"],
        )
        for row in rows.order_by("town_code")
    ]


def fates_of(step: EditionStep, town: str) -> QuerySet[Fate]:
    """Return the old units of one town in code order, with their heirs."""
    return step.fates.filter(town_code=town).prefetch_related("heirs").order_by("code")


def appeared_in(step: EditionStep) -> QuerySet[EditionPlace]:
    """Return the rows of a county that no old unit goes on in: they will be founded."""
    going = step.fates.filter(outcome=Fate.Outcome.CONTINUES).values("heirs__code")
    return step.places.exclude(code__in=going).order_by("code")


def pickable(edition: Edition, text: str, *, limit: int = 12) -> Sequence[tuple[str, str]]:
    """Return (code, name) of rows of the edition that match a part of a name or a code."""
    places = EditionPlace.objects.filter(
        Q(name__contains=text) | Q(code__startswith=text), step__edition=edition
    )
    found = list(places.order_by("code").values_list("code", "name")[:limit])
    hits = search.find(
        text,
        day=edition.day,
        tree=Tree.DIVISION,
        within=[path_of(edition.root_id, edition.day)],
        limit=limit,
    )
    standing = _standing(edition, [hit.unit for hit in hits])
    return [*found, *standing][:limit]


def _standing(edition: Edition, units: Sequence[int]) -> list[tuple[str, str]]:
    """Return (code, name) of those units that the edition shows unchanged."""
    changing = Fate.objects.filter(step__edition=edition).values("unit")
    rows = units_on(edition.day).filter(pk__in=units).exclude(pk__in=changing)
    return list(rows.order_by("code").values_list("code", "name"))
