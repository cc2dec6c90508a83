"""The status of a unit on a programme's ladder."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.programmes.models.programmes import Programme
from jiceng.registry.models import Unit
from jiceng.registry.models.batches import Batched


class PointStatusQuerySet(models.QuerySet["PointStatus"]):
    def standing(self) -> Self:
        """Leave out what a correction has superseded or a person has turned down."""
        return self.filter(superseded_at=None)

    def waiting(self) -> Self:
        """Keep proposals that nobody has confirmed."""
        return self.standing().filter(confirmed_on=None)

    def in_force(self, on: datetime.date) -> Self:
        """Keep what was confirmed and began by `on`, earliest first: of each unit the last counts."""
        rows = self.standing().filter(confirmed_on__isnull=False, valid_from__lte=on)
        return rows.order_by("valid_from", "pk")


class PointStatus(Batched):
    """The status of a unit or organisation on a programme's ladder, from a day on.

    Never edited once confirmed; proposed by one, confirmed by a named person; a correction
    supersedes it.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="point_statuses")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="point_statuses")
    status = models.CharField(_("状态"), max_length=40, blank=True)  # a rung; "" = withdrawn
    valid_from = models.DateField(_("生效日"))
    document = models.CharField(_("依据文件"), max_length=200, blank=True)
    proposed_by = models.CharField(_("提出人"), max_length=96)
    confirmed_by = models.CharField(_("确认人"), max_length=96, blank=True)
    confirmed_on = models.DateField(_("确认日"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))
    superseded_at = models.DateTimeField(_("更正时间"), null=True, blank=True)
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)

    objects = PointStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("示范点状态")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "unit", "valid_from"],
                condition=Q(superseded_at=None),
                name="point_status_one_standing_a_day",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None) | ~Q(confirmed_by=""),
                name="point_status_confirmed_by_a_named_person",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.unit_id} {self.status}"
