"""What becomes of the register's own rows, and of local rules, when the unit they hang on ends."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.exchange.editions.legacies import Apply, Ended, Legacy, register
from jiceng.registry.models import (
    Body,
    Membership,
    Post,
    Premises,
    Seat,
    TwoNewOrg,
    Unit,
    VillageFact,
)
from jiceng.registry.operations import end_posts, seat_organisations, transfer_members
from jiceng.registry.queries import described
from jiceng.rules.models import LocalRule
from jiceng.rules.words import title_of


def propose_seats(ended: Sequence[Ended], today: datetime.date) -> Legacy | None:
    """Organisations that stood in the old division: they stand in its heir."""
    heirs = {one.unit: one for one in ended if one.heirs}
    rows = list(Seat.objects.filter(division__in=list(heirs), valid_to=FOREVER).order_by("pk"))
    if not rows:
        return None
    units = described(
        {row.organisation_id for row in rows} | {one.heirs[0] for one in heirs.values()},
        max(one.day for one in ended),
    )
    moves: dict[datetime.date, dict[int, int]] = defaultdict(dict)
    lines = []
    for row in rows:
        old = heirs[row.division_id]
        moves[old.day][row.organisation_id] = old.heirs[0]
        lines.append(
            _("%(name)s：%(old)s → %(new)s")
            % {
                "name": units[row.organisation_id].name,
                "old": old.name,
                "new": units[old.heirs[0]].name,
            }
        )
    advice = _("建议自变更之日起改在承继单位；分设的，改在份额最大的一个。")
    return Legacy("registry.seats", _("组织所在地"), advice, lines, _seating(moves))


def propose_posts(ended: Sequence[Ended], today: datetime.date) -> Legacy | None:
    """Posts at the old unit: they end with it; who goes on is appointed anew."""
    days = {one.unit: one.day for one in ended}
    names = {one.unit: one.name for one in ended}
    posts = Post.objects.filter(unit__in=list(days), valid_to=FOREVER).select_related("person")
    rows = [row for row in posts.order_by("pk") if row.valid_from < days[row.unit_id]]
    if not rows:
        return None
    ending: dict[datetime.date, list[int]] = defaultdict(list)
    for row in rows:
        ending[days[row.unit_id]].append(row.pk)
    lines = [
        _("%(unit)s %(title)s：%(person)s")
        % {"unit": names[row.unit_id], "title": row.title, "person": row.person.name}
        for row in rows
    ]
    advice = _("建议职务随原单位终止；继续任职的，在承继单位重新任命。")
    return Legacy("registry.posts", _("任职"), advice, lines, _endings(ending))


def propose_members(ended: Sequence[Ended], today: datetime.date) -> Legacy | None:
    """Members of the old organisation: they go over to its heir, in the standing they have."""
    olds = {one.unit: one for one in ended}
    rows = Membership.objects.filter(organisation__in=list(olds), valid_to=FOREVER).order_by("pk")
    moves: dict[datetime.date, dict[int, int]] = defaultdict(dict)
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        old = olds[row.organisation_id]
        counts[old.unit] += 1
        if old.heirs and row.valid_from < old.day:
            moves[old.day][row.pk] = old.heirs[0]
    if not counts:
        return None
    days = max(one.day for one in ended)
    units = described({one.heirs[0] for one in ended if one.heirs}, days)
    lines = [_members_line(olds[unit], units, number) for unit, number in counts.items()]
    advice = _("建议自变更之日起转接到承继组织；分设的，先转到份额最大的一个，再逐人调整。")
    apply = _transfers(moves) if moves else None
    return Legacy("registry.members", _("党籍关系"), advice, lines, apply)


def _members_line(old: Ended, units: Mapping[int, Unit], number: int) -> str:
    if not old.heirs:
        words = {"old": old.name, "n": number}
        return _("%(old)s：%(n)d 人，没有承继组织，请逐人转接") % words
    words = {"old": old.name, "new": units[old.heirs[0]].name, "n": number}
    return _("%(old)s → %(new)s：%(n)d 人") % words


def _seating(moves: Mapping[datetime.date, Any]) -> Apply:
    return partial(_by_day, "registry.organisation.seated", moves, seat_organisations)


def _endings(posts: Mapping[datetime.date, Any]) -> Apply:
    return partial(_by_day, "registry.post.ended", posts, end_posts)


def _transfers(moves: Mapping[datetime.date, Any]) -> Apply:
    return partial(_by_day, "registry.membership.transferred", moves, transfer_members)


@transaction.atomic
def _by_day(
    action: str,
    groups: Mapping[datetime.date, Any],
    operation: Callable[..., object],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None,
) -> None:
    """Run one registry operation for each day, under one audit entry."""
    journal = Journal()
    for day in sorted(groups):
        operation(groups[day], day=day, by=by, at=at, journal=journal)
    audit.record(
        action=action,
        subject="exchange.legacy",
        by=by,
        at=at,
        key=key,
        after={"journal": journal.digest()},
        count=journal.count,
    )


def propose_what_stays(ended: Sequence[Ended], today: datetime.date) -> Legacy | None:
    """Facts, bodies, premises and enterprises: they stay as the old unit's, to be recorded anew."""
    units = {one.unit: one.name for one in ended}
    lines = []
    for model, owner in _STAYING:
        counts = model._default_manager.filter(**{f"{owner}__in": list(units)}).values(owner)
        for row in counts.annotate(number=Count("pk")).order_by(owner):
            words = {"kind": model._meta.verbose_name, "n": row["number"]}
            lines.append(_("%(unit)s：%(kind)s %(n)d 条") % (words | {"unit": units[row[owner]]}))
    advice = _("留在原单位，作为历史；承继单位的情况请重新登记。")
    return Legacy("registry.staying", _("村情与阵地"), advice, lines) if lines else None


def propose_local_rules(ended: Sequence[Ended], today: datetime.date) -> Legacy | None:
    """Rules that the old unit had set for itself: they hold nowhere else by themselves."""
    units = {one.unit: one.name for one in ended}
    rows = LocalRule.objects.filter(unit__in=list(units), withdrawn_at=None, valid_to__gt=today)
    lines = [
        _("%(unit)s：%(rule)s（%(document)s）")
        % {"unit": units[row.unit_id], "rule": title_of(row.key), "document": row.document}
        for row in rows.order_by("unit", "key", "pk")
    ]
    advice = _("本地规则随原单位终止，不自动适用于承继单位；仍要适用的，由承继单位另行登记。")
    return Legacy("rules.local", _("本地规则"), advice, lines) if lines else None


_STAYING = [
    (VillageFact, "unit"),
    (Body, "unit"),
    (Premises, "unit"),
    (TwoNewOrg, "division"),
]

register(propose_seats, propose_posts, propose_members, propose_what_stays, propose_local_rules)
