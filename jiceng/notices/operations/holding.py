"""Taking hold of a notice for one act, and looking through the words that go with it."""

import datetime

from django.utils.translation import gettext as _

from jiceng.core.clock import day_of
from jiceng.notices.models import Notice
from jiceng.notices.refusals import (
    Changed,
    Faulty,
    HoldsNumbers,
    InTheFuture,
    NotADraft,
    NotReleased,
)
from jiceng.notices.scanning import scan
from jiceng.notices.words import FOUND

NUMBERS = {"id", "phone", "card", "number", "masked"}


def held(notice: Notice) -> Notice:
    """Return the notice, locked until the transaction ends, as it is now."""
    return Notice.objects.select_for_update().get(pk=notice.pk)


def held_draft(notice: Notice, seen: int) -> Notice:
    """Return a draft, locked, if it is still the one that was shown.

    Raises:
        NotADraft: it was released or withdrawn.
        Changed: it was changed since.
    """
    found = held(notice)
    if found.standing != Notice.Standing.DRAFT:
        raise NotADraft(_("%s已发布或已撤回，文字不能再改。") % found.number)
    if found.version != seen:
        raise Changed(_("这份稿子刚被别人改过，请看过新稿再办理。"))
    return found


def held_released(notice: Notice) -> Notice:
    """Return a notice, locked, that is public.

    Raises:
        NotReleased: it is a draft, or withdrawn.
    """
    found = held(notice)
    if found.standing != Notice.Standing.RELEASED:
        raise NotReleased(_("%s还没有发布，或已撤回。") % found.number)
    return found


def plain_words(text: str, *, label: str, most: int, refused: set[str] | None = None) -> str:
    """Return a text that goes along with an act, stripped.

    Raises:
        Faulty: it is empty or too long.
        HoldsNumbers: the scan finds in it what is not to be kept (`refused`, else anything).
    """
    text = text.strip()
    if not text:
        raise Faulty(_("请填写“%s”。") % label)
    if len(text) > most:
        raise Faulty(_("“%(label)s”不超过 %(most)d 个字。") % {"label": label, "most": most})
    for found in scan(text):
        if refused is None or found.kind in refused:
            raise HoldsNumbers(
                _("“%(label)s”里像有%(found)s，请删去后再提交。")
                % {"label": label, "found": FOUND[found.kind]}
            )
    return text


def past(day: datetime.date, at: datetime.datetime) -> datetime.date:
    """Return a day on which something happened.

    Raises:
        InTheFuture: it has not come yet.
    """
    if day > day_of(at):
        raise InTheFuture(_("%s还没有到，只登记已经发生的事。") % day)
    return day
