"""What a message says: what waits, where, by when. In the reader's language; titles stay as kept."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiceng.accounts.models import User
from jiceng.agenda import hours
from jiceng.agenda.models import Item
from jiceng.core.clock import day_of
from jiceng.registry.queries import described


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest as it is sent: plain text."""

    subject: str
    text: str


def letter_of(user: User, items: Sequence[Item], at: datetime.datetime) -> Letter:
    """Return the digest of items that wait for `user`. At most three statements."""
    units = described({item.unit_id for item in items}, day_of(at))
    with translation.override(user.language or settings.LANGUAGE_CODE):
        count = len(items)
        subject = ngettext("有 %d 件事等您办", "有 %d 件事等您办", count) % count
        lines = [_("%s：以下事项等您办理。") % user.display_name, ""]
        for number, item in enumerate(items, 1):
            lines += _lines_of(number, item, units[item.unit_id].name)
        return Letter(f"【{_('基层')}】{subject}", "\n".join([*lines, "", *_ending()]) + "\n")


def _lines_of(number: int, item: Item, unit: str) -> list[str]:
    lines = [_("%(number)d. %(unit)s：%(title)s") % _said(number, unit, item.title)]
    if item.due_at is not None:
        due = _("期限：%s") % day_of(item.due_at).isoformat()
        lines.append(f"   {due}" + (_("（%s）") % item.rule if item.rule else ""))
    if item.address and settings.SITE_ADDRESS:
        lines.append(f"   {settings.SITE_ADDRESS}{item.address}")
    return lines


def _said(number: int, unit: str, title: str) -> dict[str, object]:
    return {"number": number, "unit": unit, "title": title}


def _ending() -> list[str]:
    quiet = {"begin": f"{hours.QUIET_FROM:%H:%M}", "end": f"{hours.QUIET_UNTIL:%H:%M}"}
    return [
        _("请登录后在“今日”里办理，不必回复。没看到这封信也不影响办理：事项一直在“今日”里。"),
        _("%(begin)s 到次日 %(end)s、周末和节假日不发。不想收，登录后在“消息”里改。") % quiet,
    ]
