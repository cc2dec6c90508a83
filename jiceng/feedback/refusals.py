"""What feedback refuses."""

import re

from django.utils.translation import gettext as _

from jiceng.core.refusals import Conflict, Denied, Invalid, NotFound


class TooManyAtOnce(Denied):
    """More arrives in a minute than people send."""


class Empty(Invalid):
    """There is nothing in it."""


class HoldsNumbers(Invalid):
    """It holds what looks like an identity or a bank card number."""


class NoSuchCode(NotFound):
    """No complaint has this query code."""


class AlreadyAnswered(Conflict):
    """It has been answered; an answer is not changed."""


# The eighteen places of an identity; the sixteen to nineteen of a card, or its groups of four.
_NUMBERS = re.compile(
    r"(?<!\d)(?:\d{17}[\dXx]|\d{16,19}|\d{4}(?: \d{4}){3}(?: \d{1,3})?)(?!\d)", re.ASCII
)


def refuse_numbers(text: str) -> None:
    """Refuse text with an identity or bank card number: none is to be kept anywhere."""
    if _NUMBERS.search(text):
        raise HoldsNumbers(
            _("内容中像有身份证号或银行卡号。请删去后再提交，本系统不保存这类号码。")
        )
