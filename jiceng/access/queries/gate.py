"""Fetching through the gate: the thing itself, or 404, or 403 with the reason."""

import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from jiceng.access.declarations import label_of
from jiceng.access.queries.rights import scope_of
from jiceng.access.queries.scopes import Scope, reach_of
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.core.bulk import numbered
from jiceng.core.refusals import Denied, NotFound
from jiceng.registry.models import Heir, Seat, Unit, UnitPath
from jiceng.registry.models.units import Tree
from jiceng.registry.queries import covers_register, described, units_on

Row = TypeVar("Row", bound=Model)


class NotPermitted(Denied):
    """The user may see this but not do this."""


class NotVisible(NotFound):
    """No such thing, or the user may not know of it."""


def require(user: User, permission: str, *, today: datetime.date | None = None) -> Scope:
    """Return the scope in which `user` holds `permission`.

    Raises:
        NotPermitted: he holds it nowhere.
    """
    scope = scope_of(user, permission, today or clock.today())
    if not scope:
        raise NotPermitted(_("您没有“%s”的权限。") % label_of(permission))
    return scope


def unit_for(
    user: User,
    permission: str,
    *,
    number: int,
    day: datetime.date | None = None,
    today: datetime.date | None = None,
) -> Unit:
    """Return one unit as on `day`, checked by today's tree. About six statements.

    Raises:
        NotVisible: no such unit, or `user` may not even see it.
        NotPermitted: `user` may see it but not do this.
    """
    today = today or clock.today()
    unit = described([number], day or today).get(number)
    reach = reach_of([number], today).get(number, [])
    if unit is not None and scope_of(user, permission, today).covers_any(reach):
        return unit
    if (
        unit is not None
        and permission != "registry.view"
        and scope_of(user, "registry.view", today).covers_any(reach)
    ):
        raise NotPermitted(_("您没有“%s”的权限。") % label_of(permission))
    raise NotVisible(_("没有这个单位，或者您无权查看。"))


def covers_everything(scope: Scope, today: datetime.date) -> bool:
    """Say whether a scope covers the whole installation. Two statements at most."""
    return covers_register(scope.ranges, today)


def require_confirmer(user: User, permission: str, *, unit: Unit, today: datetime.date) -> None:
    """Make sure that `user` may confirm, not only prepare: he holds the permission at the unit by
    a role that answers for it. Who prepared and who confirmed may be one responsible person.

    Raises:
        NotPermitted: he holds it as a clerk, or not there.
    """
    scope = scope_of(user, permission, today, confirming=True)
    if not scope.covers(unit.path):
        raise NotPermitted(
            _("“%s”须由负责人确认；您可以经办，请提交负责人。") % label_of(permission)
        )


def units_for(
    user: User,
    permission: str,
    *,
    day: datetime.date | None = None,
    today: datetime.date | None = None,
) -> QuerySet[Unit]:
    """Return every unit in being on `day` (both trees) for which `user` holds `permission`."""
    today = today or clock.today()
    scope = scope_of(user, permission, today)
    return units_on(day or today).filter(within(scope, today))


def organisations_for(
    user: User,
    permission: str,
    *,
    day: datetime.date | None = None,
    today: datetime.date | None = None,
) -> QuerySet[Unit]:
    return units_for(user, permission, day=day, today=today).filter(tree=Tree.ORGANISATION)


def reached(rows: QuerySet[Row], field: str, scope: Scope, today: datetime.date) -> QuerySet[Row]:
    """Keep of `rows` those whose unit, in `field`, the scope covers by today's tree.

    For rows that are few beside the register: their units are asked for, not all that the scope
    covers. Three statements at most, six where units have ended.
    """
    reach = reach_of(set(rows.order_by().values_list(field, flat=True).distinct()), today)
    inside = [unit for unit, found in reach.items() if scope.covers_any(found)]
    return rows.filter(**{f"{field}__in": numbered(inside)})


def within(scope: Scope, today: datetime.date) -> Q:
    """Return the condition on Unit that the scope covers it, by today's tree."""
    # One list and not four conditions: joined by OR they would be asked of every unit in turn.
    standing, *others = _parts(scope, today)
    return Q(pk__in=standing.union(*others))


def units_within(scope: Scope, today: datetime.date) -> QuerySet:
    """Return the numbers of the units that the scope covers by today's tree, for `unit__in`; a
    number may come twice, which there does not matter and spares a sorting out.
    """
    standing, *others = _parts(scope, today)
    return standing.union(*others, all=True)


def _parts(scope: Scope, today: datetime.date) -> list[QuerySet]:
    """Return the numbers of what stands in the scope, is seated there, is inherited, and has gone
    without an heir.
    """
    standing = UnitPath.objects.on(today)
    inside = standing.filter(scope.on("path")).values("unit")
    seated = Seat.objects.on(today).filter(division__in=inside).values("organisation")
    inherited = Heir.objects.filter(Q(heir__in=inside) | Q(heir__in=seated)).values("unit")
    heirless = (
        UnitPath.objects.filter(scope.on("path"), unit__valid_to__lte=today)
        .exclude(unit__in=Heir.objects.values("unit"))
        .values("unit")
    )
    return [inside, seated, inherited, heirless]
