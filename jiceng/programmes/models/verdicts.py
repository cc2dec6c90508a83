"""What the targets come to, computed by a job; pages read nothing else."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.programmes.models.areas import Area
from jiceng.programmes.models.belts import Belt
from jiceng.programmes.models.programmes import Programme
from jiceng.registry.models import Unit


class Judging(models.Model):
    """One computation of all of a programme's targets as on one day.

    Its verdicts are written in chunks and seen when it becomes the current one. `stamp` says
    what it was computed from: another stamp now means that changes wait.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="judgings")
    day = models.DateField(_("考核日"))
    stamp = models.CharField(max_length=160)
    computed_at = models.DateTimeField(_("计算时间"))
    current = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("考核计算")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "day"],
                condition=Q(current=True),
                name="judging_one_current_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.day}"


class Verdict(models.Model):
    """What one target comes to at one unit, belt or area.

    For a share, `denominator` is its whole; for a number, it is empty. `gap` counts what is
    missing, in the target's unit ("还差 3 个村").
    """

    class State(models.TextChoices):
        MET = "met", _("达到")
        SHORT = "short", _("有差距")
        NOT_APPLICABLE = "not_applicable", _("不适用")

    judging = models.ForeignKey(Judging, models.CASCADE, related_name="verdicts")
    target = models.CharField(_("目标"), max_length=40)  # code in the file
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    belt = models.ForeignKey(Belt, models.CASCADE, null=True, related_name="verdicts")
    area = models.ForeignKey(Area, models.CASCADE, null=True, related_name="verdicts")
    path = models.CharField(max_length=120)  # of the unit on the day; a belt's, its unit's
    state = models.CharField(_("结论"), max_length=16, choices=State)
    numerator = models.PositiveIntegerField(_("数值"))
    denominator = models.PositiveIntegerField(_("全部"), null=True)
    gap = models.PositiveIntegerField(_("差额"))
    beside = models.PositiveIntegerField(_("另计"))  # e.g. enterprises without an organisation

    class Meta:
        verbose_name = _("目标结论")
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, belt=None, area=None)
                | Q(unit=None, belt__isnull=False, area=None)
                | Q(unit=None, belt=None, area__isnull=False),
                name="verdict_is_of_one_place",
            ),
        ]
        indexes = [models.Index(fields=["judging", "target", "-gap"], name="verdict_board")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.target} {self.state}"
