"""What a proof uses: a size that depends on where it runs, and a place for its results."""

import json
import os
from pathlib import Path

from django.db import connection

FULL = os.environ.get("JICENG_PROVE") == "full"
_RESULTS = Path(__file__).parents[1] / ".make" / "proofs.jsonl"


def size(*, small: int, full: int) -> int:
    """Return the size to prove at: `full` in `make prove`, else `small`; the code is the same."""
    return full if FULL else small


def note(proof: str, value: float | str, unit: str = "", *, at_size: int | str) -> None:
    """Keep a result for docs/proofs.md; small runs are not written down."""
    if not FULL:
        return
    result = {
        "proof": proof,
        "value": value,
        "unit": unit,
        "size": at_size,
        "database": connection.vendor,
    }
    _RESULTS.parent.mkdir(exist_ok=True)
    with _RESULTS.open("a") as file:
        file.write(json.dumps(result, ensure_ascii=False) + "\n")
