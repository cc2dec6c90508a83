"""Figures: own values kept sparse, rolled-up ones as one packed array a measure and period."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiceng.registry.models import Unit


class TreeSnapshot(models.Model):
    """A tree of one day in depth-first order: what a packed array of figures is read with.

    `units` holds n little-endian int64 unit numbers, `parents` n int32 rows (-1 for a root),
    `ends` n int32: the row after the last of each subtree. Equal trees share one snapshot.
    """

    tree = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    units = models.BinaryField()
    parents = models.BinaryField()
    ends = models.BinaryField()

    class Meta:
        verbose_name = _("树的快照")

    def __str__(self) -> str:
        return f"#{self.pk} {self.tree} {self.count}"


class OwnValue(models.Model):
    """What a unit's own rows come to, for one measure and period; zero is not stored."""

    measure = models.CharField(max_length=64)
    period = models.CharField(max_length=7)  # "2017-12"
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    value = models.BigIntegerField()

    class Meta:
        verbose_name = _("自有数值")
        constraints = [
            models.UniqueConstraint(fields=["measure", "period", "unit"], name="own_value_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.measure} {self.period}"


class Figures(models.Model):
    """One measure of one period over a whole tree: n little-endian int64 in depth-first order."""

    measure = models.CharField(max_length=64)
    period = models.CharField(max_length=7)
    snapshot = models.ForeignKey(TreeSnapshot, models.PROTECT, related_name="figures")
    own = models.BinaryField()
    rolled = models.BinaryField()
    estimated = models.BooleanField(_("含估算"), default=False)  # a split by share took part
    ended = models.JSONField(default=dict)  # {last parent's unit: value of ended units below}
    rows = models.BigIntegerField(_("行数"))
    computed_at = models.DateTimeField(_("计算时间"))
    closed_at = models.DateTimeField(_("关账时间"), null=True, blank=True)
    definition = models.JSONField(default=dict)  # kept at closing

    class Meta:
        verbose_name = _("汇总数")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period"], name="figures_once_a_measure_and_period"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.measure} {self.period}"


class Dirty(models.Model):
    """That a source's figures of a period must be computed anew. Operations mark, a job clears."""

    source = models.CharField(max_length=64)
    period = models.CharField(max_length=7)
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("待重算")
        constraints = [models.UniqueConstraint(fields=["source", "period"], name="dirty_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.source} {self.period}"


class ClosedPeriod(models.Model):
    """A period whose figures are kept as they stood; later rows are corrections with a reason."""

    period = models.CharField(max_length=7)
    measure = models.CharField(max_length=64)
    closed_at = models.DateTimeField(_("关账时间"))
    closed_by = models.CharField(_("关账人"), max_length=96)
    tree_day = models.DateField()

    class Meta:
        verbose_name = _("已关账期间")
        constraints = [
            models.UniqueConstraint(fields=["measure", "period"], name="period_closed_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.measure} {self.period}"
