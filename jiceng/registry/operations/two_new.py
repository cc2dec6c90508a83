"""Private enterprises and social organisations, and the party organisations they belong to."""

import datetime
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.changes import report
from jiceng.core.journal import Journal
from jiceng.core.locks import alone
from jiceng.core.periods import FOREVER
from jiceng.core.refusals import Conflict, NotFound
from jiceng.registry.models import Batch, OrganisationLink, TwoNewOrg
from jiceng.registry.operations.entries import own_or_given
from jiceng.registry.operations.writing import lock_lives, outside_life, record_rows, write
from jiceng.registry.overlaps import Span, clashes
from jiceng.registry.refusals import DatesOverlap, OutsideLife


class AlreadyRecorded(Conflict):
    """An enterprise or social organisation of that number stands in the register."""


class NoSuchTwoNewOrg(NotFound):
    """There is no such enterprise or social organisation."""


@dataclass(frozen=True, slots=True)
class TwoNewRow:
    number: str  # unified social credit code, or the register's own number
    name: str
    kind: str  # TwoNewOrg.Kind
    division: int
    valid_from: datetime.date
    valid_to: datetime.date = FOREVER
    staff: int | None = None
    members: int | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A party organisation of its own, or a joint one."""

    two_new_org: int
    organisation: int
    valid_from: datetime.date
    valid_to: datetime.date = FOREVER
    joint: bool = False


@transaction.atomic
def record_two_new_orgs(
    rows: Sequence[TwoNewRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Take enterprises and social organisations into the register; return their numbers.

    Raises:
        AlreadyRecorded: a number is given twice or stands in the register.
        NoSuchUnit, OutsideLife: a division does not live through the period.
    """
    if not rows:
        return []
    own, journal = own_or_given(journal)
    alone("registry.two_new_org.number")
    numbers = [row.number for row in rows]
    twice = [number for number, times in Counter(numbers).items() if times > 1]
    taken = TwoNewOrg.objects.filter(number__in=numbers).values_list("number", flat=True)
    clashing = sorted({*twice, *taken})
    if clashing:
        raise AlreadyRecorded(_("编号 %s 已登记过。") % "、".join(clashing[:5]))
    lock_lives((row.division, row.valid_from, row.valid_to) for row in rows)
    ids = write(
        TwoNewOrg,
        [
            "number",
            "name",
            "kind",
            "division_id",
            "staff",
            "members",
            "valid_from",
            "valid_to",
            "recorded_at",
        ],
        [
            (
                row.number,
                row.name,
                row.kind,
                row.division,
                row.staff,
                row.members,
                row.valid_from,
                row.valid_to,
                at,
            )
            for row in rows
        ],
        batch=batch,
        journal=journal,
    )
    report(["registry.TwoNewOrg"], (row.valid_from for row in rows), at)
    if own:
        record_rows(
            "registry.two_new_org.recorded",
            TwoNewOrg,
            ids,
            journal,
            by=by,
            at=at,
            key=key,
            unit=rows[0].division,
        )
    return ids


@transaction.atomic
def link_organisations(
    rows: Sequence[LinkRow],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    batch: Batch | None = None,
    journal: Journal | None = None,
) -> list[int]:
    """Say which party organisation is an enterprise's own or joint one; return the numbers.

    Raises:
        NoSuchTwoNewOrg: there is no such enterprise or social organisation.
        NoSuchUnit, OutsideLife: one of the two does not live through the period.
        DatesOverlap: the two would be linked twice on one day.
    """
    if not rows:
        return []
    own, journal = own_or_given(journal)
    lock_lives((row.organisation, row.valid_from, row.valid_to) for row in rows)
    lives = {
        pk: (start, end)
        for pk, start, end in TwoNewOrg.objects.filter(
            pk__in={row.two_new_org for row in rows}
        ).values_list("pk", "valid_from", "valid_to")
    }
    for row in rows:
        if row.two_new_org not in lives:
            raise NoSuchTwoNewOrg(_("没有这个两新组织。"))
        start, end = lives[row.two_new_org]
        if row.valid_from < start or row.valid_to > end:
            raise OutsideLife(outside_life(start, end))
    spans = [
        Span((row.two_new_org, row.organisation), row.valid_from, row.valid_to) for row in rows
    ]
    if clashes(OrganisationLink, ["two_new_org_id", "organisation_id"], spans):
        raise DatesOverlap(_("该两新组织与该党组织的组建关系起止日重叠。"))
    ids = write(
        OrganisationLink,
        ["two_new_org_id", "organisation_id", "joint", "valid_from", "valid_to"],
        [(r.two_new_org, r.organisation, r.joint, r.valid_from, r.valid_to) for r in rows],
        batch=batch,
        journal=journal,
    )
    report(["registry.OrganisationLink"], (row.valid_from for row in rows), at)
    if own:
        record_rows(
            "registry.two_new_org.linked",
            OrganisationLink,
            ids,
            journal,
            by=by,
            at=at,
            key=key,
            unit=rows[0].organisation,
        )
    return ids
