"""Names as the public reads them, by the role in which a person is named. Pure.

Source: the redaction matrix (domain, E.3): a beneficiary by the surname and the last character, a
public role in full, a minor never.
"""

import re
from typing import Literal

from jiceng.notices.scanning import WORDS

NameRole = Literal["beneficiary", "official"]
MINOR = "某户子女"
_HIDDEN = "*"
_COMPOUND = tuple(WORDS["compound_surnames"])


def shown_name(name: str, role: NameRole, *, minor: bool = False) -> str:
    """Return a name as it is published: 张小明 as 张*明, 李明 as 李*, 欧阳明 as 欧阳*."""
    if minor:
        return MINOR
    return name if role == "official" else _masked(name)


def _masked(name: str) -> str:
    surname = name[:2] if name.startswith(_COMPOUND) else name[:1]
    given = name[len(surname) :]
    if not given:
        return _HIDDEN if len(name) < 2 else name[0] + _HIDDEN
    return surname + _HIDDEN + (given[-1] if len(given) > 1 else "")


def without_names(text: str, shown: dict[str, str]) -> str:
    """Replace the names that stand in `shown` wherever a text repeats them, spaced or not.

    The longest first, so that 欧阳小明 is not taken for somebody called 阳小.
    """
    if not shown:
        return text
    spaced = {name: r"\s*".join(map(re.escape, name)) for name in shown if len(name) > 1}
    if not spaced:
        return text
    ordered = sorted(spaced, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(spaced[name] for name in ordered))
    return pattern.sub(lambda match: shown[re.sub(r"\s", "", match.group())], text)
