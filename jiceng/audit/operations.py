"""Writing what was done. Sealing is in `seals`."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit.hashing import canonical
from jiceng.audit.models import Entry, PrivateValue
from jiceng.audit.private import salted_digest
from jiceng.core.refusals import Conflict

PUBLIC = Entry.ActorKind.PUBLIC
SYSTEM = Entry.ActorKind.SYSTEM


class AlreadyDone(Conflict):
    """An operation with this request key has been carried out."""


def record(
    *,
    action: str,
    subject: models.Model | str,
    by: "User | str",
    at: datetime.datetime,
    unit: models.Model | int | None = None,
    unit_text: str = "",
    subject_text: str = "",
    key: uuid.UUID | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    private: Mapping[str, str] | None = None,
    count: int = 1,
) -> Entry:
    """Leave the one entry of an operation, in its transaction.

    Args:
        by: the user, or "public" / "system".
        private: personal values; the entry keeps salted digests, the values stand aside and
            can be erased.
        count: rows of a bulk operation; give its journal's digest in `after`.

    Raises:
        AlreadyDone: `key` has been used: the form was sent twice.
    """
    change: dict[str, Any] = {"from": before or {}, "to": after or {}}
    salts = {field: salted_digest(value) for field, value in (private or {}).items()}
    if salts:
        change["private"] = {field: digest for field, (_salt, digest) in salts.items()}
    kind, number, name = _actor(by)
    entry = Entry(
        at=at,
        actor_kind=kind,
        actor_id=number,
        actor=name,
        action=action,
        subject=subject if isinstance(subject, str) else label_of(subject),
        subject_text=subject_text[:160],
        unit_id=unit if isinstance(unit, int) or unit is None else unit.pk,
        unit_text=unit_text[:160],
        key=key,
        change=canonical(change),
        count=count,
    )
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        if key is None:
            raise
        raise AlreadyDone(_("这张表单已经提交过，没有重复办理。")) from error
    PrivateValue.objects.bulk_create(
        PrivateValue(entry=entry, field=field, salt=salts[field][0], value=value)
        for field, value in (private or {}).items()
    )
    return entry


@transaction.atomic
def erase_private_values(
    entries: Iterable[int], *, reason: str, by: "User | str", at: datetime.datetime
) -> int:
    """Erase the personal values of entries, salts with them, as the law may demand; the entries
    and their hashes stay. Return how many values went.
    """
    kept = PrivateValue.objects.filter(entry__in=list(entries), erased_at=None)
    numbers = sorted(set(kept.values_list("entry_id", flat=True)))
    erased = kept.update(value="", salt="", erased_at=at)
    record(
        action="audit.private.erased",
        subject=f"{Entry._meta.label_lower}:{numbers[0] if numbers else 0}",
        by=by,
        at=at,
        after={"reason": reason, "entries": numbers},
        count=erased,
    )
    return erased


def label_of(row: models.Model) -> str:
    """Return "registry.unit:17"."""
    return f"{row._meta.label_lower}:{row.pk}"


def _actor(by: "User | str") -> tuple[str, int | None, str]:
    if isinstance(by, User):
        return Entry.ActorKind.USER, by.pk, str(by)
    return Entry.ActorKind(by), None, str(Entry.ActorKind(by).label)
