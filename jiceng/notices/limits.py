"""The technical limits of the public's acts, from `data/limits.yaml`."""

from pathlib import Path

import yaml

_READ = yaml.safe_load((Path(__file__).parent / "data" / "limits.yaml").read_text("utf-8"))
SUBMISSIONS_PER_MINUTE = int(_READ["submissions_per_minute"])
WRONG_CODES = int(_READ["wrong_codes_per_half_hour"])
TEXT_TO_CHECK = int(_READ["text_to_check"])
