"""The technical limits of the public's acts, from `data/limits.yaml`."""

from pathlib import Path

import yaml

_READ = yaml.safe_load((Path(__file__).parent / "data" / "limits.yaml").read_text("utf-8"))
TEXT, WHERE, NAME, CONTACT = (int(_READ[name]) for name in ("text", "where", "name", "contact"))
PER_PLACE_AND_MINUTE = int(_READ["per_place_and_minute"])
WRONG_CODES = int(_READ["wrong_codes_per_half_hour"])
SMALLEST_N = int(_READ["smallest_n"])
PHOTO_MEGABYTES = int(_READ["photo_megabytes"])
EXPORTED = int(_READ["exported"])
