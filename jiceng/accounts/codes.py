"""Codes that stand for a right: drawn at random, printed once, kept only as a keyed digest."""

import datetime
import secrets
import unicodedata
from pathlib import Path

import yaml
from django.utils.crypto import salted_hmac

_SETTINGS = yaml.safe_load((Path(__file__).parent / "data" / "codes.yaml").read_text("utf-8"))
VALID_FOR = datetime.timedelta(days=_SETTINGS["one_time_code"]["valid_days"])
WRONG_TRIES = int(_SETTINGS["wrong_tries"]["limit"])
TRIES_WITHIN = datetime.timedelta(minutes=_SETTINGS["wrong_tries"]["minutes"])

# No letter or figure that is taken for another one on paper: 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 12  # 23^12, about 54 bits


def draw() -> str:
    """Return a new code as it is printed: three groups of four."""
    letters = [secrets.choice(ALPHABET) for _ in range(LENGTH)]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, LENGTH, 4))


def digest_of(purpose: str, code: str) -> str:
    """Return the keyed digest under which a code is kept; how it was typed makes no difference.

    Args:
        purpose: what the code opens, so that a code of one kind never opens another.
    """
    return salted_hmac(f"jiceng.{purpose}", _plain(code), algorithm="sha256").hexdigest()


def _plain(code: str) -> str:
    """Undo what phones and input methods do: full width, lower case, spaces, dashes."""
    wide = unicodedata.normalize("NFKC", code).upper()
    return "".join(letter for letter in wide if letter.isalnum())
