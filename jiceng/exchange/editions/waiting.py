"""What waits for the officers of a county while an edition is under review."""

import datetime
from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jiceng.agenda.operations import Asked, ask, close
from jiceng.audit.operations import label_of
from jiceng.exchange.models import EditionStep

KIND = "exchange.review"


def ask_for_review(steps: Iterable[EditionStep], *, at: datetime.datetime) -> None:
    """Ask the officers of each county; a county that is new is the city's affair."""
    ask(
        [
            Asked(
                role="county.officer" if step.unit_id != step.edition.root_id else "city.officer",
                unit=step.unit_id,
                kind=KIND,
                subject=label_of(step),
                title=format_lazy(
                    _("审核区划变更：{county}（{title}）"),
                    county=step.name,
                    title=step.edition.title,
                ),
                address=f"/editions/counties/{step.pk}/",
            )
            for step in steps
        ],
        at=at,
    )


def close_review(step: EditionStep, *, at: datetime.datetime) -> None:
    close(KIND, [label_of(step)], at=at)
