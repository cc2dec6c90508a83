"""Notices through the gate: by the place whose notice it is."""

import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.access.declarations import label_of
from jiceng.access.queries import reach_of, require, scope_of, within
from jiceng.access.queries.gate import NotPermitted, covers_everything
from jiceng.accounts.models import User
from jiceng.notices.models import Notice, Objection
from jiceng.notices.permissions import PERMISSIONS
from jiceng.notices.refusals import NoSuchNotice
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Tree


class Stage(StrEnum):
    """What a list of notices is asked for."""

    TO_RELEASE = "to_release"
    TO_POST = "to_post"
    RUNNING = "running"
    ENDED = "ended"
    OBJECTIONS = "objections"
    ALL = "all"


STAGES = {
    Stage.TO_RELEASE: gettext_lazy("待审核"),
    Stage.TO_POST: gettext_lazy("待张贴"),
    Stage.RUNNING: gettext_lazy("公示中"),
    Stage.ENDED: gettext_lazy("已届满"),
    Stage.OBJECTIONS: gettext_lazy("异议待答复"),
    Stage.ALL: gettext_lazy("全部"),
}


def notice_for(user: User, permission: str, *, number: str, today: datetime.date) -> Notice:
    """Return one notice, checked by today's tree. About ten statements.

    Raises:
        NoSuchNotice: there is none of this number, or it may not even be seen.
        NotPermitted: it may be seen, and this may not be done.
    """
    notice = (
        Notice.objects.select_related("drafted_by", "released_by").filter(number=number).first()
    )
    if notice is None:
        raise NoSuchNotice(_("没有编号为 %s 的公示，或者您无权查看。") % number)
    reach = reach_of([notice.unit_id], today).get(notice.unit_id, [])
    if scope_of(user, permission, today).covers_any(reach):
        return notice
    if scope_of(user, "notices.view", today).covers_any(reach):
        raise NotPermitted(_("您没有“%s”的权限。") % label_of(permission))
    raise NoSuchNotice(_("没有编号为 %s 的公示，或者您无权查看。") % number)


def allowed(user: User, notice: Notice, today: datetime.date) -> set[str]:
    """Return the permissions of notices that a user holds at the place of one. At most eleven
    statements.
    """
    reach = reach_of([notice.unit_id], today).get(notice.unit_id, [])
    return {
        permission.code
        for permission in PERMISSIONS
        if scope_of(user, permission.code, today).covers_any(reach)
    }


def notices_for(user: User, stage: Stage, today: datetime.date) -> QuerySet[Notice]:
    """Return the notices that a user sees, newest first; of one stage, or all.

    Raises:
        NotPermitted: he sees none anywhere.
    """
    scope = require(user, "notices.view", today=today)
    rows = Notice.objects.filter(_of_stage(stage, today))
    if not covers_everything(scope, today):
        # Fetched, not nested: the databases would look the tree up again for every notice.
        units = Unit.objects.filter(within(scope, today), tree=Tree.DIVISION)
        rows = rows.filter(unit__in=list(units.values_list("pk", flat=True)))
    return rows.order_by("-pk")


def _of_stage(stage: Stage, today: datetime.date) -> Q:
    released = Q(standing=Notice.Standing.RELEASED)
    waiting = Objection.objects.filter(notice=OuterRef("pk"), answered_at=None)
    return {
        Stage.TO_RELEASE: Q(standing=Notice.Standing.DRAFT),
        Stage.TO_POST: released & Q(begins_on=None),
        Stage.RUNNING: released & Q(ends_on__gte=today),
        Stage.ENDED: released & Q(ends_on__lt=today),
        Stage.OBJECTIONS: Q(Exists(waiting)),
        Stage.ALL: Q(),
    }[stage]


def objection_for(
    user: User, permission: str, *, notice: str, number: str, today: datetime.date
) -> Objection:
    """Return one objection to a notice that the user may do this with.

    Raises:
        NoSuchNotice, NotPermitted: as for `notice_for`; or there is no such objection.
    """
    found = notice_for(user, permission, number=notice, today=today)
    objection = found.objections.filter(number=number).select_related("notice").first()
    if objection is None:
        raise NoSuchNotice(_("没有编号为 %s 的异议。") % number)
    return objection
