"""`notice`, as long as the package of notices has no kind of step of its own: who put the paper on
the village board and when, and that its period has run out.
"""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.notices.kinds import kinds
from jiceng.procedures import timing
from jiceng.procedures.about import About
from jiceng.procedures.declarations import Interval, Procedure, Step
from jiceng.procedures.kinds import Entered, Field, Given, Judgement, Plain, Wrong
from jiceng.procedures.kinds.cleaning import clean

DONE = "done"


class Announcement(Plain):
    """options: notice: code of a kind of notice."""

    def __init__(self) -> None:
        outcomes = {DONE: gettext_lazy("公示期满")}
        super().__init__("notice", gettext_lazy("公示"), outcomes=outcomes)

    def faults(self, step: Step, procedure: Procedure) -> list[str]:
        if step.options.get("notice") in kinds():
            return []
        return [f"步骤“{step.code}”没有写明是哪一种公示（options.notice）。"]

    def fields(self, step: Step, about: About) -> list[Field]:
        return [
            Field("posted_on", _("张贴日"), "day"),
            Field("posted_by", _("张贴人"), "text", maximum=40),
        ]

    def enter(self, step: Step, given: Given, about: About) -> Entered:
        entered = clean(self.fields(step, about), given)
        if entered["posted_on"] > about.day.isoformat():
            raise Wrong({"posted_on": _("张贴日不能晚于期满日。")})
        return entered

    def check(self, step: Step, entered: Entered, about: About) -> Judgement:
        posted_on = datetime.date.fromisoformat(entered["posted_on"])
        period = Interval(kinds()[step.options["notice"]].period)
        return Judgement(DONE, missing=tuple(timing.interval_missing(period, about, posted_on)))

    def words(self, step: Step, data: Entered) -> list[tuple[str, str]]:
        return [(_("张贴日"), data["posted_on"]), (_("张贴人"), data["posted_by"])]
