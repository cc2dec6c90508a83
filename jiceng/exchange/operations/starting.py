"""What a person sets going on an import, and the job then carries out."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.exchange import folders
from jiceng.exchange.models import Import
from jiceng.exchange.operations import tasks
from jiceng.exchange.operations.removing import take_back_changes
from jiceng.exchange.operations.undoing import refuse_relied_upon
from jiceng.exchange.operations.waiting import close_waiting
from jiceng.exchange.refusals import FaultyRows, NoReason, NothingToApply, NotTheTime
from jiceng.exchange.staging import Staging
from jiceng.registry.models import Batch
from jiceng.registry.operations.locking import lock_trees

State = Import.State


def _locked(one: Import, *states: str) -> Import:
    """Lock the import and see that it is in one of the states.

    Raises:
        NotTheTime: it is not.
    """
    locked = Import.objects.select_for_update().get(pk=one.pk)
    if locked.state not in states:
        raise NotTheTime(
            _("这次导入现在是“%s”，不能这样办理。请刷新页面。") % locked.get_state_display()
        )
    return locked


@transaction.atomic
def begin_applying(
    one: Import,
    *,
    skip_faulty: bool,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Import:
    """Have the good rows written. Faulty and undecided rows are left out only when asked.

    Raises:
        NotTheTime: it has not been checked, or has been applied already.
        FaultyRows: some rows are faulty or undecided, and `skip_faulty` is not given.
        NothingToApply: no row is good.
    """
    one = _locked(one, State.PREVIEWED)
    with Staging(folders.staging_of(one)) as staging:
        good = staging.line_up()
        staging.commit()
    bad = one.counts["faulty"] + one.counts["doubtful"]
    if bad and not skip_faulty:
        raise FaultyRows(
            _("还有 %d 行有误或待认定。请改正后重新上传，或选择只导入无误的行。") % bad
        )
    if not good:
        raise NothingToApply(_("没有可以导入的行。"))
    one.batch = Batch.objects.create(kind="exchange.import", started_at=at)
    one.state, one.done, one.total = State.APPLYING, 0, good
    one.touched_at, one.attempts = at, 0
    one.save()
    close_waiting(one, at=at)
    audit.record(
        action="exchange.import.confirmed",
        subject=one,
        subject_text=one.name,
        by=by,
        at=at,
        key=key,
        after={"rows": good, "left_out": bad, "unchanged": one.counts["unchanged"]},
    )
    transaction.on_commit(lambda: tasks.take_up(one.pk))
    return one


@transaction.atomic
def begin_undoing(
    one: Import,
    *,
    reason: str,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Import:
    """Have an applied import undone, from its journal. What it changed of rows that stood before
    is given back at once, what it added is hidden and then removed chunk by chunk.

    Raises:
        NotTheTime: it is not applied.
        NoReason: no reason is given.
        ReliedUpon: other records rely on rows of it, or what it changed cannot be as it was;
            `details` lists them.
    """
    one = _locked(one, State.APPLIED)
    if not reason.strip():
        raise NoReason(_("请写明撤销的原因。"))
    lock_trees()
    refuse_relied_upon(one)
    total = one.done
    take_back_changes(one)
    one.refresh_from_db()
    Batch.objects.filter(pk__in=[one.batch_id]).update(finished_at=None)
    one.state, one.reason = State.UNDOING, reason.strip()[:200]
    one.touched_at, one.total, one.attempts = at, total, 0
    one.save()
    audit.record(
        action="exchange.import.undoing",
        subject=one,
        subject_text=one.name,
        by=by,
        at=at,
        key=key,
        after={"reason": one.reason},
    )
    transaction.on_commit(lambda: tasks.take_up(one.pk))
    return one


@transaction.atomic
def withdraw(
    one: Import, *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> None:
    """Give up an import that has written nothing; its files are thrown away.

    Raises:
        NotTheTime: it is being applied, or has been.
    """
    one = _locked(one, State.PREVIEWED, State.REFUSED, State.FAILED)
    one.state, one.touched_at = State.WITHDRAWN, at
    one.save()
    close_waiting(one, at=at)
    audit.record(
        action="exchange.import.withdrawn",
        subject=one,
        subject_text=one.name,
        by=by,
        at=at,
        key=key,
    )
    transaction.on_commit(lambda: folders.discard(one.folder))


@transaction.atomic
def resume(
    one: Import, *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> None:
    """Have a job take up again an import that was interrupted.

    Raises:
        NotTheTime: there is nothing to take up.
    """
    one = _locked(
        one, State.INTERRUPTED, State.UPLOADED, State.CHECKING, State.APPLYING, State.UNDOING
    )
    if one.state == State.INTERRUPTED:
        one.state = _interrupted_in(one)
    one.touched_at, one.sentence, one.attempts = at, "", 0
    one.save()
    audit.record(
        action="exchange.import.resumed",
        subject=one,
        subject_text=one.name,
        by=by,
        at=at,
        key=key,
        after={"done": one.done, "total": one.total},
    )
    transaction.on_commit(lambda: tasks.take_up(one.pk))


def _interrupted_in(one: Import) -> str:
    if one.applied_at is not None:
        return State.UNDOING
    return State.APPLYING if one.batch_id is not None else State.UPLOADED
