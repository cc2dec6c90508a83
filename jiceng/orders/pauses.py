"""The reasons for which the resident's clock may stand still, from `data/pauses.yaml`. Pure."""

from dataclasses import dataclass
from pathlib import Path

import yaml

_READ = yaml.safe_load((Path(__file__).parent / "data" / "pauses.yaml").read_text("utf-8"))
SOURCE, GRADE = str(_READ["source"]), str(_READ["grade"])


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    title: str
    asks: bool = False  # the resident is asked for something; his answer starts the clock again


REASONS = {one["code"]: Reason(**one) for one in _READ["pauses"]}
