"""The register of the whole country: founding it, with and without search, and asking it."""

import csv
import datetime
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.utils import timezone

from bench.country import table
from bench.figures import Figure, Watch, figure
from jiceng.exchange.editions.answers import answer_rows, read_answers
from jiceng.exchange.editions.deciding import decide
from jiceng.exchange.editions.effect import take_effect
from jiceng.exchange.editions.founding import found_from_edition, index_edition
from jiceng.exchange.editions.receiving import receive_edition
from jiceng.exchange.editions.rows import Row, rows_of
from jiceng.exchange.editions.undoing import undo
from jiceng.registry.queries import path_of, subtree_of, unit_by_code
from jiceng.registry.search import find

BEFORE = datetime.date(2017, 1, 1)
DAY = datetime.date(2023, 6, 30)
AT = datetime.datetime(2023, 7, 1, 12, tzinfo=timezone.get_default_timezone())
TIMES = 40
COUNTY = "330324000000"  # 永嘉县
VILLAGE = "330324106228"


@figure
def divisions() -> Iterator[Figure]:
    """Founding, then indexing by characters and sound, then reading as of a day."""
    rows = rows_of(table())
    size = f"{len(rows):,} divisions"
    with Watch() as founding:
        found_from_edition(rows, DAY, by="system", at=AT, searchable=False)
    yield Figure("register.found.seconds", founding.seconds, "s", size)
    yield Figure("register.found.peak", founding.peak_mb, "MB", size)
    with Watch() as indexing:
        index_edition()
    yield Figure(
        "register.found_and_indexed.seconds", founding.seconds + indexing.seconds, "s", size
    )
    yield Figure("register.index.peak", indexing.peak_mb, "MB", size)
    yield from _questions(size)


@figure
def edition() -> Iterator[Figure]:
    """Wenzhou of 2018, compared with 2023, decided as proposed, in effect and one county undone."""
    found_from_edition(_wenzhou(2018), BEFORE, by="system", at=AT)
    rows = _wenzhou(2023)
    size = f"{len(rows):,} divisions"
    with Watch() as comparing:
        waiting = receive_edition(rows, DAY, title="2023", by="system", at=AT)
    yield Figure("register.edition.received.seconds", comparing.seconds, "s", size)
    with Watch() as deciding:
        decisions = read_answers(waiting, enumerate(answer_rows(waiting), start=1))
        decide(waiting, decisions, by="system", at=AT)
    yield Figure("register.edition.decided.seconds", deciding.seconds, "s", size)
    longest, name = 0.0, ""
    for code in sorted(waiting.steps.values_list("code", flat=True), reverse=True):
        step = waiting.steps.get(code=code)
        with Watch() as taking:
            take_effect(step.pk, by="system", at=AT)
        longest, name = max((longest, name), (taking.seconds, code))
    yield Figure("register.edition.longest_county.seconds", longest, "s", size)
    with Watch() as undoing:
        undo(waiting.steps.get(code=name).pk, reason="bench", by="system", at=AT)
    yield Figure("register.edition.undone.seconds", undoing.seconds, "s", size)


def _wenzhou(year: int) -> list[Row]:
    path = Path("jiceng/demo/data") / f"divisions-wenzhou-{year}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return rows_of(enumerate(csv.reader(file), start=1))


def _questions(size: str) -> Iterator[Figure]:
    village = unit_by_code(VILLAGE, DAY).pk
    county = unit_by_code(COUNTY, DAY).path
    asked: dict[str, Callable[[], object]] = {
        "register.path_of_a_village": lambda: path_of(village, DAY),
        "register.subtree_of_a_county": lambda: list(
            subtree_of(county, DAY).values_list("pk", "path")
        ),
        "register.count_of_a_county": lambda: subtree_of(county, DAY).count(),
        "register.unit_by_code": lambda: unit_by_code(VILLAGE, DAY),
        "register.pick.characters": lambda: find("永嘉", day=DAY, tree="division"),
        "register.pick.one_character": lambda: find("岙", day=DAY, tree="division"),
        "register.pick.pinyin": lambda: find("yueqing", day=DAY, tree="division"),
        "register.pick.initials": lambda: find("yqs", day=DAY, tree="division"),
        "register.pick.code": lambda: find("330382", day=DAY, tree="division"),
        "register.pick.common_word": lambda: find("新村", day=DAY, tree="division"),
    }
    for name, question in asked.items():
        yield Figure(name, _median_ms(question), "ms", size)


def _median_ms(question: Callable[[], object]) -> float:
    times = []
    for _number in range(TIMES):
        began = time.perf_counter()
        question()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)
