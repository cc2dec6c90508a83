"""Posts that wait to be filled, in the reader's charge: from the figures, never counted here."""

import datetime
from dataclasses import dataclass

from jiceng.access.queries import scope_of
from jiceng.accounts.models import User
from jiceng.core.periods import Month
from jiceng.measures import queries
from jiceng.measures.queries import Figure
from jiceng.registry.measures import WITHOUT_SECRETARY
from jiceng.registry.models import Unit
from jiceng.registry.queries import units_at

MEASURE = WITHOUT_SECRETARY


@dataclass(frozen=True, slots=True)
class Vacancy:
    """How many organisations of a unit have no secretary, and as of when."""

    unit: Unit
    figure: Figure


def vacancies_of(user: User, today: datetime.date) -> list[Vacancy]:
    """Return the units for which the reader fills posts and where some are vacant.

    The figure of the running month if it is counted, else of the month before.
    """
    scope = scope_of(user, "registry.edit", today)
    found = [Vacancy(unit, _latest(unit, today)) for unit in units_at(scope.ranges, today)]
    return [vacancy for vacancy in found if vacancy.figure.value]


def _latest(unit: Unit, today: datetime.date) -> Figure:
    month = Month.of(today)
    before, running = queries.series(MEASURE, unit, [month.previous(), month])
    return running if running.value is not None else before
