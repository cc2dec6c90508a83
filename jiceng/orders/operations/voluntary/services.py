"""Hours of service: entered by who served or for him, confirmed by the branch, corrected with a
reason (志愿服务条例 Art. 19). Nothing is paid, nothing is ranked.
"""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.notices.operations.holding import NUMBERS, plain_words
from jiceng.orders.models.voluntary import Claim, Service
from jiceng.orders.operations.voluntary.holding import branch_of, held_claim, past, record
from jiceng.orders.voluntary_refusals import NotNow, Untrue

WORDS, REASON = 300, 200
_MINUTES_OF_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Served:
    """One service, as it is entered."""

    day: datetime.date
    minutes: int
    words: str  # what was done, and what came of it


@transaction.atomic
def record_service(
    claim: Claim,
    served: Served,
    *,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Service:
    """Record a service of a confirmed claim. By who served, or by the branch for him: the caller
    has fetched the claim as one of them.

    Raises:
        NotNow: the claim is not confirmed yet.
        Untrue, Faulty, HoldsNumbers: as `record_delivery`.
    """
    claim = held_claim(claim, *Claim.SERVING, Claim.State.ENDED)
    service = write_service(claim, served, by=by, at=at)
    _record("orders.service.recorded", service, by, at, key)
    return service


def write_service(claim: Claim, served: Served, *, by: User, at: datetime.datetime) -> Service:
    """Write a service of a claim that is locked; inside the caller's operation."""
    _check(claim, served, at)
    service = Service.objects.create(
        claim=claim,
        day=served.day,
        minutes=served.minutes,
        words=plain_words(served.words, label=_("做了什么"), most=WORDS, refused=NUMBERS),
        recorded_by=by,
        recorded_at=at,
    )
    if claim.state == Claim.State.CONFIRMED:
        claim.state = Claim.State.SERVED
        claim.save(update_fields=["state"])
    return service


@transaction.atomic
def confirm_services(
    claim: Claim,
    *,
    services: Collection[int],
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> int:
    """Confirm services of a claim as truthful. The caller has checked that `by` answers for the
    branch. Return how many.

    Raises:
        NotNow: none of them waits to be confirmed.
    """
    claim = held_claim(claim, *Claim.State.values)
    waiting = claim.services.filter(pk__in=services, confirmed_at=None, superseded_at=None)
    count = waiting.update(confirmed_by=by, confirmed_at=at)
    if not count:
        raise NotNow(_("没有等待确认的服务记录。"))
    record(
        "orders.service.confirmed",
        claim,
        unit=branch_of(claim),
        by=by,
        at=at,
        key=key,
        count=count,
    )
    return count


def confirm_all(claims: QuerySet[Claim], *, by: "User | str", at: datetime.datetime) -> None:
    """Confirm what the resident confirms: the services by which his wish was fulfilled."""
    Service.objects.filter(claim__in=claims, confirmed_at=None, superseded_at=None).update(
        confirmed_by=by if isinstance(by, User) else None, confirmed_at=at
    )


@transaction.atomic
def correct_service(
    service: Service,
    served: Served | None,
    *,
    reason: str,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Service | None:
    """Put another record in the place of a service, or none, with a reason; the old one stays.

    Raises:
        NotNow: it was corrected before.
        Untrue, Faulty, HoldsNumbers: as `record_delivery`; or there is no reason.
    """
    claim = held_claim(service.claim, *Claim.State.values)
    old = Service.objects.get(pk=service.pk)
    if old.superseded_at is not None:
        raise NotNow(_("这条服务记录已经更正过。"))
    old.reason = plain_words(reason, label=_("更正原因"), most=REASON, refused=NUMBERS)
    old.superseded_at = at
    old.save(update_fields=["reason", "superseded_at"])
    new = write_service(claim, served, by=by, at=at) if served else None
    _record("orders.service.corrected", old, by, at, key)
    return new


def _check(claim: Claim, served: Served, at: datetime.datetime) -> None:
    if past(served.day, at) < day_of(claim.made_at):
        raise Untrue(_("服务日不能早于认领日%s。") % day_of(claim.made_at))
    if claim.ended_on is not None and served.day > claim.ended_on:
        raise Untrue(_("这项认领已于%s结束。") % claim.ended_on)
    if not 0 < served.minutes <= _MINUTES_OF_A_DAY:
        raise Untrue(_("请填写实际服务的时间。"))
    same_day = Service.objects.filter(
        claim__person=claim.person_id, day=served.day, superseded_at=None
    )
    already = same_day.aggregate(total=Sum("minutes"))["total"] or 0
    if already + served.minutes > _MINUTES_OF_A_DAY:
        raise Untrue(_("%s登记的服务合计超过二十四小时。") % served.day)


def _record(
    action: str, service: Service, by: User, at: datetime.datetime, key: uuid.UUID | None
) -> None:
    record(
        action,
        service,
        unit=branch_of(service.claim),
        by=by,
        at=at,
        key=key,
        after={"day": service.day, "minutes": service.minutes},
    )
