"""What a member says of himself: what he can do, and which community he also serves."""

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.clock import day_of
from jiceng.core.periods import DAY
from jiceng.orders.models.voluntary import CommunityRegistration, VolunteerSkill
from jiceng.orders.operations.voluntary.holding import record
from jiceng.orders.queries.volunteers import line_of, volunteer_of
from jiceng.orders.voluntary_refusals import Incomplete, NotNow
from jiceng.orders.volunteering import skills
from jiceng.registry.models import Person


@transaction.atomic
def declare_skills(
    codes: Collection[str], *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> None:
    """Say what one can do, in place of what one said before; nothing is a full answer.

    Raises:
        NotAVolunteer: `by` is no member. Incomplete: no such skill.
    """
    person = volunteer_of(by, day_of(at))
    if set(codes) - skills().keys():
        raise Incomplete(_("请从列出的专长中选择。"))
    VolunteerSkill.objects.filter(person=person).exclude(skill__in=codes).delete()
    VolunteerSkill.objects.bulk_create(
        (VolunteerSkill(person=person, skill=code, declared_at=at) for code in sorted(codes)),
        ignore_conflicts=True,
    )
    record(
        "orders.skills.declared",
        person,
        unit=_home(person, at),
        by=by,
        at=at,
        key=key,
        text=str(by),
    )


@transaction.atomic
def register_at_community(
    organisation: int, *, by: User, at: datetime.datetime, key: uuid.UUID | None = None
) -> CommunityRegistration:
    """Register with the organisation of the community where one lives. The caller has fetched the
    organisation as one of a village or community.

    Raises:
        NotAVolunteer: `by` is no member. NotNow: he belongs there already.
    """
    person = volunteer_of(by, day_of(at))
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if organisation in line_of(person, day_of(at)):
        raise NotNow(_("您已经在这个党组织，或者已经报到。"))
    row = CommunityRegistration.objects.create(
        person=person, organisation_id=organisation, valid_from=day_of(at), recorded_at=at
    )
    record("orders.registration.made", row, unit=organisation, by=by, at=at, key=key, text=str(by))
    return row


@transaction.atomic
def leave_community(
    registration: CommunityRegistration,
    *,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """End a registration; what one has taken on there is one's own to give back.

    Raises:
        NotNow: it is not his, or has ended.
    """
    person = volunteer_of(by, day_of(at))
    rows = CommunityRegistration.objects.select_for_update().on(day_of(at))
    row = rows.filter(pk=registration.pk, person=person).first()
    if row is None:
        raise NotNow(_("没有这项报到，或者已经结束。"))
    row.valid_to = max(day_of(at), row.valid_from + DAY)
    row.save(update_fields=["valid_to"])
    record(
        "orders.registration.ended",
        row,
        unit=row.organisation_id,
        by=by,
        at=at,
        key=key,
        text=str(by),
    )


def _home(person: Person, at: datetime.datetime) -> int:
    return max(line_of(person, day_of(at)))
