"""The divisions of the demonstration: the editions of 2018-10 and 2023-06, whole or one county."""

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data"
EDITION_2018 = DATA / "divisions-wenzhou-2018.csv"
EDITION_2023 = DATA / "divisions-wenzhou-2023.csv"


def rows_of(path: Path, county: str = "") -> list[tuple[int, str, str]]:
    """Return (level, code, name) of an edition; of one county by its six digits, with what
    stands above it.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(int(r["level"]), r["code"], r["name"]) for r in csv.DictReader(file)]
    return [row for row in rows if not county or row[0] < 3 or row[1].startswith(county)]
