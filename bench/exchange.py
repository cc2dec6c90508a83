"""A large workbook of organisations on its way into the register, with its faulty rows returned."""

import datetime
import tempfile
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter
from django.utils import timezone

from bench.figures import Figure, Watch, figure
from jiceng.exchange.folders import faulty_of
from jiceng.exchange.models import Import
from jiceng.exchange.operations import begin_applying, begin_undoing, carry_on, receive
from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import Founding, found_units

AT = datetime.datetime(2017, 6, 1, 12, tzinfo=timezone.get_default_timezone())
START = datetime.date(2017, 1, 1)
ROWS, VILLAGES, BELOW_ONE = 100_000, 199, 20
DONE = {"by": "system", "at": AT}
_BLOCK = 1 << 16
_HEADER = ["组织代码", "组织名称", "组织类别", "领域", "上级组织代码", "所在区划代码", "设立日期"]


@figure
def organisations() -> Iterator[Figure]:
    """100,000 rows, one in a hundred faulty; then the same taken back."""
    _found_a_town()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "organisations.xlsx"
        _write(path)
        size = f"{ROWS:,} rows, 1 % faulty"
        with Watch() as watch:
            one = _checked(path)
            _apply(one)
    one.refresh_from_db()
    assert one.state == Import.State.APPLIED
    assert one.counts["faulty"] == ROWS // 100
    assert faulty_of(one).stat().st_size > 0
    yield Figure("exchange.import.seconds", watch.seconds, "s", size)
    yield Figure("exchange.import.peak", watch.peak_mb, "MB", size)
    with Watch() as watch:
        begin_undoing(one, reason="示例", **DONE)
        carry_on(one.pk, at=AT)
    yield Figure("exchange.undo.seconds", watch.seconds, "s", size)
    yield Figure("exchange.undo.peak", watch.peak_mb, "MB", size)


def _found_a_town() -> None:
    above = [
        Founding("甲市", Kind.CITY, Level.CITY, "990100000000"),
        Founding("乙县", Kind.COUNTY, Level.COUNTY, "990102000000", parent_row=0),
        Founding("东镇", Kind.TOWNSHIP, Level.TOWN, "990102001000", parent_row=1),
    ]
    villages = [
        Founding(f"第{n}村委会", Kind.VILLAGE, Level.VILLAGE, _village(n), parent_row=2)
        for n in range(VILLAGES)
    ]
    found_units([*above, *villages], tree=Tree.DIVISION, day=START, **DONE)


def _village(number: int) -> str:
    return f"990102001{number % VILLAGES + 1:03d}"


def _write(path: Path) -> None:
    """One in a hundred rows, none of them another's parent, gives a code of eleven digits."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, _HEADER)
    leaves = ROWS // BELOW_ONE + 1
    faulty = set(range(leaves, leaves + ROWS // 100 * 50, 50))
    for number in range(ROWS):
        seat = _village(number)
        row = [
            f"ZZ{number:07d}",
            f"第{number}村党支部",
            "党支部" if number >= leaves else "党总支",
            "农村",
            f"ZZ{(number - 1) // BELOW_ONE:07d}" if number else "",
            seat[:11] if number in faulty else seat,
            START.isoformat(),
        ]
        sheet.write_row(number + 1, 0, row)
    book.close()


def _checked(path: Path) -> Import:
    with path.open("rb") as file:
        blocks = iter(lambda: file.read(_BLOCK), b"")
        one = receive(blocks, kind="organisations", name=path.name, day=START, **DONE)
    carry_on(one.pk, at=AT)
    one.refresh_from_db()
    return one


def _apply(one: Import) -> None:
    begin_applying(one, skip_faulty=True, **DONE)
    carry_on(one.pk, at=AT)
