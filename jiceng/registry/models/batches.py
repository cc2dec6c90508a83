"""Bulk work in progress: its rows stay hidden until it is finished."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """One bulk act. Rows that carry an unfinished batch are seen by nobody."""

    kind = models.CharField(_("类别"), max_length=64)
    started_at = models.DateTimeField(_("开始时间"))
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("批次")

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class Batched(models.Model):
    """A row that a bulk act may have written."""

    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("批次")
    )

    class Meta:
        abstract = True
