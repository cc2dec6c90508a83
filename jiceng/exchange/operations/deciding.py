"""A person decides who a doubtful row means."""

import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.exchange import folders
from jiceng.exchange.models import Import
from jiceng.exchange.refusals import NoSuchChoice, NotTheTime
from jiceng.exchange.staging import DOUBTFUL, GOOD, Staging


@transaction.atomic
def decide(
    one: Import,
    decisions: Mapping[int, str],
    *,
    by: "User | str",
    at: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Import:
    """Settle doubtful rows: for each row's number, one of the decisions offered.

    Raises:
        NotTheTime: the import is not waiting for it.
        NoSuchChoice: a row is not doubtful, or the decision is none of those offered.
    """
    one = Import.objects.select_for_update().get(pk=one.pk)
    if one.state != Import.State.PREVIEWED:
        raise NotTheTime(_("这次导入不在待确认状态，不能再认定。"))
    with Staging(folders.staging_of(one)) as staging:
        for row, decision in decisions.items():
            if not staging.decide(row, decision):
                raise NoSuchChoice(_("第 %d 行没有这个选项。请刷新页面后重选。") % row)
        counts = staging.counts()
        staging.commit()
    one.counts = {**one.counts, "good": counts[GOOD], "doubtful": counts[DOUBTFUL]}
    one.save(update_fields=["counts"])
    audit.record(
        action="exchange.import.decided",
        subject=one,
        subject_text=one.name,
        by=by,
        at=at,
        key=key,
        after={"rows": sorted(decisions)},
        count=len(decisions),
    )
    return one
