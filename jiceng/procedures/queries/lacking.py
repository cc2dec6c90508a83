"""What going on from a case still wants."""

import datetime

from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.procedures.about import About
from jiceng.procedures.declarations import Step
from jiceng.procedures.kinds.base import Missing
from jiceng.procedures.models import Case
from jiceng.procedures.queries.cases import last_effective, standing_of
from jiceng.procedures.queries.who import kept_apart
from jiceng.procedures.timing import too_early


def about_of(case: Case, step: Step, day: datetime.date, by: "User | str | None" = None) -> About:
    """Gather what the step's kind may look at. One statement."""
    return About(
        case=case,
        procedure=case.declaration,
        step=step,
        day=day,
        standing=standing_of(case),
        by=by if isinstance(by, User) else None,
    )


def what_is_missing(about: About) -> list[Missing]:
    """Return what `about.step` wants on `about.day` before its own kind is asked: its turn, its
    day, its periods, and that nobody checks his own work.
    """
    case, step, previous = about.case, about.step, last_effective(about.standing)
    found: list[Missing] = []
    if case.step != step.code:
        found.append(_out_of_turn(about))
    if previous is not None and about.day < previous.happened_on:
        found.append(
            Missing(
                _("日期早于上一步“%(step)s”的 %(day)s。")
                % {
                    "step": about.procedure.step(previous.step).title,
                    "day": previous.happened_on,
                },
                source=about.procedure.source,
            )
        )
    found += too_early(step, about, previous.happened_on if previous else None)
    if about.by is not None:
        other = kept_apart(about.by, step, about.standing.values(), about.procedure)
        if other:
            words = _("您办理了“%s”，同一事项不能由同一人既办理又监督。")
            found.append(Missing(words % other, source=about.procedure.source))
    return found


def _out_of_turn(about: About) -> Missing:
    procedure, now = about.procedure, about.case.current
    if now is None:
        return Missing(_("事项已经办结。"), source=procedure.source)
    words = _("现在应办“%(now)s”，还没有到“%(step)s”。")
    if procedure.place_of(now.code) > procedure.place_of(about.step.code):
        words = _("“%(step)s”已经办过，现在应办“%(now)s”。要改，请更正或退回。")
    return Missing(words % {"now": now.title, "step": about.step.title}, source=procedure.source)
