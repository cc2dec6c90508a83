"""The audit through the gate: the audit administrator of the whole reads everything, one of a
part what was done to its units.
"""

import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiceng.access.queries.gate import NotVisible, covers_everything, require, within
from jiceng.accounts.models import User
from jiceng.audit import queries as audit
from jiceng.audit.models import Entry
from jiceng.registry.models import Unit


def entries_for(user: User, search: audit.Search, today: datetime.date) -> QuerySet[Entry]:
    """Return the entries that match and that `user` may read.

    Raises:
        NotPermitted: he may read none.
    """
    scope = require(user, "audit.read", today=today)
    rows = audit.entries(search)
    if covers_everything(scope, today):
        return rows
    return rows.filter(unit_id__in=Unit.objects.filter(within(scope, today)).values("pk"))


def entry_for(user: User, number: int, today: datetime.date) -> Entry:
    """Return one entry.

    Raises:
        NotVisible: there is none of this number that he may read.
    """
    entry = entries_for(user, audit.Search(), today).filter(pk=number).first()
    if entry is None:
        raise NotVisible(_("没有这条记录，或者您无权查看。"))
    return entry
