"""What waits while an import has been checked and nobody has applied or withdrawn it."""

import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jiceng.access.queries.holders import addressee_of
from jiceng.agenda.operations import Asked, ask, close
from jiceng.audit.operations import label_of
from jiceng.core.clock import day_of
from jiceng.exchange.models import Import

KIND = "exchange.import"


def ask_to_apply(one: Import, *, at: datetime.datetime) -> None:
    """Ask the role and unit by which the sender imports. What a command sent waits for nobody,
    nor what was sent by who may import no more.
    """
    addressee = addressee_of(one.by, "exchange.import", day_of(at)) if one.by else None
    if addressee is None:
        return
    role, unit = addressee
    ask(
        [
            Asked(
                role=role,
                unit=unit,
                kind=KIND,
                subject=label_of(one),
                title=format_lazy(_("核对并确认导入：{name}"), name=one.name),
                address=f"/imports/{one.pk}/",
                asked_by=one.by,
            )
        ],
        at=at,
    )


def close_waiting(one: Import, *, at: datetime.datetime) -> None:
    close(KIND, [label_of(one)], at=at)
