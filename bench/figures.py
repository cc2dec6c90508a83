"""What a group yields, how its functions are marked, and a watch for time and memory."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

Measuring = Callable[[], Iterator["Figure"]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, without the database, which the harness knows; no verdict inside."""

    name: str  # "register.import.organisations"
    value: float
    unit: str  # "s", "ms", "MB", "queries"
    size: str  # "100,000 rows"

    def line(self, database: str) -> str:
        told = asdict(self) | {"value": round(self.value, 3), "database": database}
        return json.dumps(told, ensure_ascii=False)


_MARKED: list[Measuring] = []


def figure(function: Measuring) -> Measuring:
    """Mark a function of a group to be run by the harness."""
    _MARKED.append(function)
    return function


def figures_of(module: ModuleType) -> list[Measuring]:
    return [function for function in _MARKED if function.__module__ == module.__name__]


class Watch:
    """Seconds, and the peak of this process's memory in MB, of a `with` block."""

    seconds = 0.0
    peak_mb = 0.0

    def __enter__(self) -> "Watch":
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        self._began = time.perf_counter()
        return self

    def __exit__(self, *_error: object) -> None:
        self.seconds = time.perf_counter() - self._began
        status = Path("/proc/self/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found is not None
        self.peak_mb = int(found[1]) / 1024


def percentile(values: list[float], share: float) -> float:
    """Return the value that `share` of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(len(ordered) * share * 1000) // 1000) - 1)]
