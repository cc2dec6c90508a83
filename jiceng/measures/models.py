"""Figures: what units count of their own, and rolled up, packed by measure, tree and period."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class Figures(models.Model):
    """One measure of one period over a whole tree.

    Own values are sparse, one entry for each unit that counted something and the place at which
    it counts: m int64 units, m int32 rows of the snapshot, m int64 values. `rolled` is n int64 in
    depth-first order, `estimated` the int32 rows whose figure holds only a part of something
    divided by shares.
    """

    measure = models.CharField(max_length=64)
    tree = models.CharField(max_length=12)
    period = models.CharField(max_length=7)  # "2017-12"
    day = models.DateField(_("截止日"))  # the period's last, or that of counting while it runs
    snapshot = models.ForeignKey(TreeSnapshot, models.PROTECT, related_name="figures")
    ended = models.JSONField(default=dict)  # {unit shown under: what ended units below it counted}
    computed_at = models.DateTimeField(_("计算时间"))
    closed_at = models.DateTimeField(_("关账时间"), null=True, blank=True)
    closed_by = models.CharField(_("关账人"), max_length=96, blank=True)
    definition = models.JSONField(default=dict)  # as it stood at closing

    # Last, and what pages read first: SQLite walks through a long value to reach what follows.
    estimated = models.BinaryField(default=b"")
    rolled = models.BinaryField()
    own_rows = models.BinaryField()
    own_units = models.BinaryField()
    own_values = models.BinaryField()

    class Meta:
        verbose_name = _("汇总数")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "tree", "period"], name="figures_once_a_measure_and_period"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.measure} {self.period}"


class Dirty(models.Model):
    """That a source's figures must be counted anew: those of one month, or of all since.

    Only ever inserted and deleted: operations that mark at the same time never wait for each
    other, and a job clears only the marks it had read before it counted.
    """

    source = models.CharField(max_length=64)
    period = models.CharField(max_length=7)
    onwards = models.BooleanField(default=False)
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("待重算")
        indexes = [models.Index(fields=["source", "period"], name="dirty_by_source")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.source} {self.period}"
