"""Taking steps and looking at today, with ten thousand cases and with a million."""

import datetime
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from bench.figures import Figure, Watch, figure
from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.agenda.queries import today
from jiceng.core.bulk import renew_statistics
from jiceng.procedures import catalogue, operations
from jiceng.procedures.catalogue import Shipped
from jiceng.procedures.models import Case
from jiceng.procedures.reading import procedure_of
from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import Founding, found_units

DAY = datetime.date(2026, 3, 2)
NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=timezone.get_default_timezone())
DONE = {"by": "system", "at": NOON}
TOWNS, VILLAGES = 190, 5_879
CHUNK = 2_000  # what one transaction may write on SQLite
STEPS = 5
TAKEN = 1_000  # steps that are timed at each size
LOOKS = 20


@figure
def steps_and_today() -> Iterator[Figure]:
    """The same thousand steps at both sizes, each by whoever answers for the village; then the
    page of a clerk and of the officer above a town's villages.
    """
    villages, towns = _found_city()
    clerks, officers = _appoint(villages, "village.clerk"), _appoint(towns, "town.officer")
    text = (Path(__file__).parent / "data" / "plain-steps.yaml").read_text(encoding="utf-8")
    shipped = Shipped("bench_steps@1", text, procedure_of(text))
    catalogue.SHIPPED.entries[shipped.code] = shipped
    per_second = {}
    for cases in (10_000, 1_000_000):
        with Watch() as watch:
            _fill(villages, cases)
        yield Figure(
            "procedures.opened.per_second", cases / watch.seconds, "cases/s", f"{cases:,} cases"
        )
        renew_statistics()
        per_second[cases] = _steps_per_second(clerks)
        size = f"{Case.objects.count():,} cases"
        yield Figure("procedures.steps.per_second", per_second[cases], "steps/s", size)
        yield Figure("procedures.today.clerk", _look(clerks[villages[0]]), "ms", size)
        yield Figure("procedures.today.officer", _look(officers[towns[0]]), "ms", size)
    ratio = per_second[1_000_000] / per_second[10_000]
    yield Figure("procedures.steps.kept_at_a_million", ratio, "of 1", "1,000,000 against 10,000")


def _found_city() -> tuple[list[int], list[int]]:
    rows = [
        Founding("市", Kind.CITY, Level.CITY),
        Founding("县", Kind.COUNTY, Level.COUNTY, parent_row=0),
    ]
    rows += [Founding(f"镇{n}", Kind.TOWNSHIP, Level.TOWN, parent_row=1) for n in range(TOWNS)]
    rows += [
        Founding(f"村{n}", Kind.VILLAGE, Level.VILLAGE, parent_row=2 + n % TOWNS)
        for n in range(VILLAGES)
    ]
    day = datetime.date(2017, 1, 1)
    numbers = found_units(rows, tree=Tree.DIVISION, day=day, searchable=False, **DONE)
    return numbers[2 + TOWNS :], numbers[2 : 2 + TOWNS]


def _appoint(units: list[int], role: str) -> dict[int, User]:
    """Give everyone a right that ends, as the register's posts would."""
    users = User.objects.bulk_create(
        User(username=f"{role}-{unit}", display_name=f"{unit}", created_at=NOON) for unit in units
    )
    held = {"role": role, "valid_from": DAY, "valid_to": DAY.replace(year=2030)}
    Grant.objects.bulk_create(
        Grant(user=user, unit_id=unit, recorded_at=NOON, **held)
        for user, unit in zip(users, units, strict=True)
    )
    return dict(zip(units, users, strict=True))


def _fill(villages: list[int], cases: int) -> None:
    """Open cases until there are so many."""
    missing = range(Case.objects.count(), cases)
    for first in range(missing.start, missing.stop, CHUNK):
        some = range(first, min(first + CHUNK, missing.stop))
        operations.open_cases(
            "bench_steps",
            [operations.Opening(villages[n % VILLAGES], f"事项{n}", DAY) for n in some],
            **DONE,
        )


def _steps_per_second(clerks: dict[int, User]) -> float:
    """Take the five steps of two hundred of the newest cases."""
    newest = list(
        Case.objects.order_by("-pk").values_list("number", "unit_id", "version")[: TAKEN // STEPS]
    )
    with Watch() as watch:
        for number, unit, version in newest:
            for step in range(STEPS):
                operations.take_step(
                    number,
                    f"s{step}",
                    {"note": "照实登记"},
                    happened_on=DAY,
                    seen=version + step,
                    by=clerks[unit],
                    at=NOON,
                    key=uuid.uuid4(),
                )
    return TAKEN / watch.seconds


def _look(user: User) -> float:
    """Return the median of what `today` takes, in milliseconds."""
    times = []
    for _look in range(LOOKS):
        with Watch() as watch:
            today(user, NOON)
        times.append(watch.seconds * 1000)
    return sorted(times)[LOOKS // 2]
