"""What waits for the officers of a county while an edition is under review."""

import datetime
from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jiceng.agenda.operations import Asked, ask, close
from jiceng.audit.operations import label_of
from jiceng.exchange.models import EditionStep
from jiceng.registry.models.units import Level

KIND = "exchange.review"


def ask_for_review(steps: Iterable[EditionStep], *, at: datetime.datetime) -> None:
    """Ask the officers of each county; a county that is new is the city's affair."""
    ask(
        [
            Asked(
                role="city.officer" if _stands_for_its_city(step) else "county.officer",
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


def _stands_for_its_city(step: EditionStep) -> bool:
    """Say whether the county of the step is new. An edition of one county has it for its root."""
    root = step.edition.root
    return step.unit_id == root.pk and root.level < Level.COUNTY


def close_review(step: EditionStep, *, at: datetime.datetime) -> None:
    close(KIND, [label_of(step)], at=at)
