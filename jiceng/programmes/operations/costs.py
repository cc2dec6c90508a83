"""Money spent on a programme, in fen; beyond the cap only with a word of why."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core.journal import Journal
from jiceng.programmes.definition import definition_of
from jiceng.programmes.models import Cost, Programme
from jiceng.programmes.operations.guarding import leave_entry, open_programme, refuse_outsiders
from jiceng.programmes.refusals import NotInProgramme, NotWaiting, OverCap, ReasonMissing


@dataclass(frozen=True, slots=True)
class Expense:
    """Money that a unit spent on the programme."""

    unit: int
    amount_fen: int
    spent_on: datetime.date
    purpose: str
    document: str = ""


@transaction.atomic
def record_costs(
    programme: Programme,
    expenses: Sequence[Expense],
    *,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
    over_cap_reason: str = "",
) -> list[int]:
    """Record money spent. What was spent can always be recorded: beyond the cap, with a reason.

    Raises:
        ProgrammeClosed: the sunset has come.
        NotInProgramme: an amount of nothing, a day to come, or a unit outside the programme.
        OverCap: the sum goes beyond the file's cap, and no reason is given.
    """
    if not expenses:
        return []
    programme = open_programme(programme, at)
    for expense in expenses:
        if expense.amount_fen <= 0:
            raise NotInProgramme(_("金额必须大于零。"))
        if expense.spent_on > timezone.localdate(at):
            raise NotInProgramme(_("支出日不能晚于今天。"))
    refuse_outsiders(programme, {expense.unit for expense in expenses}, timezone.localdate(at))
    _refuse_beyond_cap(programme, sum(e.amount_fen for e in expenses), over_cap_reason)
    rows = Cost.objects.bulk_create(
        Cost(
            programme=programme,
            unit_id=expense.unit,
            amount_fen=expense.amount_fen,
            spent_on=expense.spent_on,
            purpose=expense.purpose,
            document=expense.document,
            over_cap_reason=over_cap_reason,
            recorded_by=by,
            recorded_at=at,
        )
        for expense in expenses
    )
    journal = Journal()
    journal.created(Cost, [row.pk for row in rows])
    leave_entry(
        "programmes.cost.recorded",
        programme,
        programme,
        by=by,
        at=at,
        key=key,
        journal=journal,
        count=len(rows),
        amount_fen=sum(expense.amount_fen for expense in expenses),
        over_cap_reason=over_cap_reason,
    )
    return [row.pk for row in rows]


def spent_fen(programme: Programme) -> int:
    """Return the standing costs of a programme to date, in fen."""
    rows = Cost.objects.filter(programme=programme, superseded_at=None)
    return rows.aggregate(total=Sum("amount_fen"))["total"] or 0


def _refuse_beyond_cap(programme: Programme, amount: int, reason: str) -> None:
    cap = definition_of(programme.file).cap_fen
    total = spent_fen(programme) + amount
    if cap is not None and total > cap and not reason.strip():
        raise OverCap(
            _(
                "登记后累计 %(total)s 元，超过项目文件规定的上限 %(cap)s 元。请核对；确已支出的，写明超出的原因后再登记。"
            )
            % {"total": f"{total / 100:,.2f}", "cap": f"{cap / 100:,.2f}"}
        )


@transaction.atomic
def correct_cost(
    programme: Programme,
    number: int,
    *,
    amount_fen: int | None,
    reason: str,
    by: User,
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """Put a cost right with a reason: a new row of another amount, or none at all.

    Raises:
        ProgrammeClosed: the sunset has come.
        NotWaiting: it has been corrected already.
        NotInProgramme: an amount of nothing.
        ReasonMissing: no reason was given.
    """
    if not reason.strip():
        raise ReasonMissing(_("请写明原因。"))
    if amount_fen is not None and amount_fen <= 0:
        raise NotInProgramme(_("金额必须大于零。"))
    programme = open_programme(programme, at)
    row = Cost.objects.filter(programme=programme, pk=number, superseded_at=None).first()
    if row is None:
        raise NotWaiting(_("这笔支出已经更正过，请刷新后再办。"))
    journal = Journal()
    journal.changed(Cost, row.pk, {"superseded_at": None}, {"superseded_at": at})
    Cost.objects.filter(pk=row.pk).update(superseded_at=at, reason=reason)
    if amount_fen is not None:
        _refuse_beyond_cap(programme, amount_fen, row.over_cap_reason or reason)
        row.pk, row.amount_fen, row.recorded_by, row.recorded_at = None, amount_fen, by, at
        row.save(force_insert=True)
        journal.created(Cost, [row.pk])
    leave_entry(
        "programmes.cost.corrected",
        programme,
        programme,
        by=by,
        at=at,
        key=key,
        journal=journal,
        count=1,
        reason=reason,
        amount_fen=amount_fen,
    )
