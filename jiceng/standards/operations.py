"""Recording ratings: a later one takes its place from its own day, a correction supersedes it."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.changes import report
from jiceng.core.journal import Journal
from jiceng.core.refusals import Conflict, Invalid
from jiceng.registry.models import Batch
from jiceng.registry.operations.entries import own_or_given
from jiceng.registry.operations.writing import lock_lives, write
from jiceng.standards.models import Rating, Standard


class UnknownLevel(Invalid):
    """The standard has no such level."""


class RatedOtherwise(Conflict):
    """Another level stands for the same day, and no reason for a correction is given."""


@dataclass(frozen=True, slots=True)
class RatingRow:
    organisation: int
    standard: int
    level: int
    valid_from: datetime.date
    document: str = ""
    reason: str = ""  # why a rating that stands for the same day is corrected


@transaction.atomic
def record_ratings(
    rows: Sequence[RatingRow],
    *,
    origin: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Give organisations levels against standards; return the numbers of the standing ratings.

    A rating that stands already is left as it is.

    Raises:
        UnknownLevel: a standard does not exist or has no such level.
        NoSuchUnit, OutsideLife: an organisation does not exist on the day.
        RatedOtherwise: another level of the same day stands, and no reason is given.
    """
    if not rows:
        return []
    own, journal = own_or_given(journal)
    _check_levels(rows)
    lock_lives((row.organisation, row.valid_from, row.valid_from) for row in rows)
    standing = standing_ratings(rows)
    same = {p: s.pk for p, s in standing.items() if s.level == rows[p].level}
    corrected = {p: s for p, s in standing.items() if p not in same}
    if any(not rows[place].reason for place in corrected):
        raise RatedOtherwise(_("同一天已登记了另一个等级。如要更正，请写明更正原因。"))
    for rating in corrected.values():
        journal.changed(Rating, rating.pk, {"superseded_at": None}, {"superseded_at": at})
    Rating.objects.filter(pk__in=[r.pk for r in corrected.values()]).update(superseded_at=at)
    fresh = [place for place in range(len(rows)) if place not in same]
    ids = write(
        Rating,
        [
            "organisation_id",
            "standard_id",
            "level",
            "valid_from",
            "origin",
            "document",
            "recorded_at",
            "superseded_at",
            "reason",
        ],
        [
            (
                r.organisation,
                r.standard,
                r.level,
                r.valid_from,
                origin,
                r.document,
                at,
                None,
                r.reason,
            )
            for r in (rows[place] for place in fresh)
        ],
        batch=batch,
        journal=journal,
    )
    numbers = same | dict(zip(fresh, ids, strict=True))
    found = [numbers[place] for place in range(len(rows))]
    report(["standards.Rating"], (row.valid_from for row in rows), at)
    if own:
        audit.record(
            action="standards.rating.recorded",
            subject=f"{Rating._meta.label_lower}:{found[0]}",
            unit=rows[0].organisation,
            by=by,
            at=at,
            key=key,
            after={"origin": origin, "journal": journal.digest()},
            count=len(found),
        )
    return found


def standing_ratings(rows: Sequence[RatingRow]) -> dict[int, Rating]:
    """Return, by place, the rating that stands for a row's organisation, standard and very day."""
    wanted = {(r.organisation, r.standard, r.valid_from): place for place, r in enumerate(rows)}
    ratings = Rating.objects.standing().filter(
        organisation__in={row.organisation for row in rows},
        standard__in={row.standard for row in rows},
        valid_from__in={row.valid_from for row in rows},
    )
    found = {(one.organisation_id, one.standard_id, one.valid_from): one for one in ratings}
    return {place: found[key] for key, place in wanted.items() if key in found}


def _check_levels(rows: Sequence[RatingRow]) -> None:
    levels = dict(
        Standard.objects.filter(pk__in={row.standard for row in rows}).values_list("pk", "levels")
    )
    for row in rows:
        if str(row.level) not in levels.get(row.standard, {}):
            raise UnknownLevel(_("标准里没有这个等级：%s。") % row.level)


@transaction.atomic
def declare_standard(
    *,
    code: str,
    title: str,
    levels: dict[str, str],
    source: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Standard:
    """Put a standard with its levels into the register, or bring its words up to date.

    Raises:
        LevelInUse: a level that ratings hold would vanish.
    """
    gone = set(
        Rating.objects.filter(standard__code=code)
        .exclude(level__in=[int(level) for level in levels])
        .values_list("level", flat=True)
    )
    if gone:
        raise LevelInUse(_("等级 %s 已有评定，不能删去。") % "、".join(map(str, sorted(gone))))
    standard, _created = Standard.objects.update_or_create(
        code=code, defaults={"title": title, "levels": levels, "source": source}
    )
    audit.record(
        action="standards.standard.declared",
        subject=standard,
        subject_text=title,
        by=by,
        at=at,
        key=key,
        after={"title": title, "levels": levels, "source": source},
    )
    return standard


class LevelInUse(Conflict):
    """Ratings hold a level that the standard would no longer have."""
