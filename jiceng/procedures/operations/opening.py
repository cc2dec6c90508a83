"""A case begins."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.bulk import reserve_ids
from jiceng.core.clock import day_of
from jiceng.core.refusals import Invalid, NotFound
from jiceng.procedures import catalogue
from jiceng.procedures.models import Case, ProcedureVersion
from jiceng.procedures.operations import moving
from jiceng.procedures.operations.publishing import publish_version
from jiceng.procedures.queries import about_of, answers_for
from jiceng.procedures.refusals import InTheFuture, NotAllowed, NotYours
from jiceng.registry.queries import unit_on

TITLE = 160


class NoSuchProcedure(NotFound):
    """No package ships a procedure of this code."""


class NoTitle(Invalid):
    """A case is about something, said in words of bearable length."""


class OutsideLife(Invalid):
    """The unit does not stand on the day."""


@transaction.atomic
def open_case(
    procedure: str,
    *,
    unit: int,
    title: str,
    opened_on: datetime.date,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    previous: Case | None = None,
) -> Case:
    """Open a case on the newest version of a procedure. The caller has fetched `unit` through the
    gate, and `previous` too: the ended run that this one takes up again.

    Raises:
        NoSuchProcedure, NoTitle, InTheFuture, OutsideLife: what was given is not so.
        NotYours: `by` answers for none of the roles that may open it.
        NotAllowed: `previous` has not ended, or was about another unit.
    """
    version = _version(procedure, at)
    declared = version.declaration
    title = _titled(title)
    today = day_of(at)
    if opened_on > today:
        raise InTheFuture(_("提出日不能在今天之后。"))
    if not unit_on(unit, opened_on).standing:
        raise OutsideLife(_("这个单位在 %s 不存在。") % opened_on)
    if not answers_for(by, declared.starts, unit, today):
        raise NotYours(_("“%s”不由您的岗位提出。") % declared.title)
    if previous is not None and (not previous.ended or previous.unit_id != unit):
        raise NotAllowed(_("只有本单位已经办结的事项才能重新提出。"))
    (number,) = reserve_ids(Case, 1)
    case = Case(
        pk=number,
        number=f"{opened_on:%Y}-{number:07d}",
        procedure=version,
        title=title,
        unit_id=unit,
        step=declared.first.code,
        opened_on=opened_on,
        recorded_at=at,
        previous=previous,
    )
    about = about_of(case, declared.first, opened_on)
    moving.waits(case, about, opened_on)
    case.save(force_insert=True)
    moving.ask(case, at)
    audit.record(
        action="procedures.case.opened",
        subject=case,
        subject_text=f"{case.number} {title}",
        unit=unit,
        by=by,
        at=at,
        key=key,
        after={
            "procedure": declared.name,
            "opened_on": opened_on,
            "previous": previous.number if previous else "",
        },
    )
    return case


def _version(code: str, at: datetime.datetime) -> ProcedureVersion:
    """Return the newest version; the first case on it publishes it."""
    shipped = catalogue.latest(code)
    if shipped is None:
        raise NoSuchProcedure(_("没有代码为“%s”的程序。") % code)
    declared = shipped.procedure
    kept = ProcedureVersion.objects.filter(code=code, version=declared.version).first()
    return kept or publish_version(shipped.text, by="system", at=at)


def _titled(title: str) -> str:
    title = title.strip()
    if not title:
        raise NoTitle(_("请写明事项。"))
    if len(title) > TITLE:
        words = _("事项最多 %(most)d 字，现有 %(now)d 字；详细内容请写在第一步。")
        raise NoTitle(words % {"most": TITLE, "now": len(title)})
    return title
