"""Shares as people write them: 1/2. Pure."""

import re
from fractions import Fraction

_WRITTEN = re.compile(r"(\d{1,4})(?:/(\d{1,4}))?", re.ASCII)


def share_in(text: str) -> Fraction:
    """Return a share that is written as a fraction, greater than zero and at most one.

    Raises:
        ValueError: it is not; neither are powers, which take forever to work out.
    """
    found = _WRITTEN.fullmatch(text.strip())
    parts = [int(part) for part in found.groups(default="1")] if found else [0, 1]
    if not 0 < parts[0] <= parts[1]:
        raise ValueError(f"{text!r} is no share")
    return Fraction(*parts)
