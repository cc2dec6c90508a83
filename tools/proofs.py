"""Write docs/proofs.md from what the last `make prove` noted."""

import datetime
import json
import os
import platform
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / ".make" / "proofs.jsonl"
HEAD = """\
# Proofs

What `make prove` showed, in full size, on both databases. Written by that command; `make test`
runs the same code at a small size. Last run on {day}: {cores} cores, Python {python}.

| proof | size | database | result |
|---|---|---|---|
"""


def main() -> None:
    if not RESULTS.exists():
        sys.exit("no proof noted a result: see tests/proving.py")
    results = [json.loads(line) for line in RESULTS.read_text().splitlines()]
    rows = [
        f"| {result['proof']} | {result['size']} | {result['database']} "
        f"| {result['value']} {result['unit']} |\n"
        for result in sorted(results, key=lambda result: (result["proof"], result["database"]))
    ]
    head = HEAD.format(
        day=datetime.date.today().isoformat(),  # noqa: DTZ011 - the machine's own day
        cores=os.cpu_count(),
        python=platform.python_version(),
    )
    (ROOT / "docs" / "proofs.md").write_text(head + "".join(rows))


if __name__ == "__main__":
    main()
