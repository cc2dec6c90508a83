"""The limits of feedback, from `data/limits.yaml`."""

import datetime
from pathlib import Path

import yaml

_READ = yaml.safe_load((Path(__file__).parent / "data" / "limits.yaml").read_text("utf-8"))
ANSWER_WITHIN = int(_READ["answer_within_working_days"])
RULE = str(_READ["rule"])
SUBMISSIONS_PER_MINUTE = int(_READ["submissions_per_minute"])
WRONG_CODES = int(_READ["wrong_codes_per_half_hour"])
CONTACT_KEPT = datetime.timedelta(days=int(_READ["contact_kept_days"]))
