"""Standards and the dated ratings held against them. This slice records; assessing comes later."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jiceng.registry.models import Unit
from jiceng.registry.models.batches import Batched


class Standard(models.Model):
    """A named set of requirements with levels, e.g. the star rating of party organisations."""

    code = models.CharField(_("代码"), max_length=40, unique=True)
    title = models.CharField(_("名称"), max_length=80)
    levels = models.JSONField(_("等级"))  # {"1": "一星", …}, from low to high
    source = models.CharField(_("来源"), max_length=200)

    class Meta:
        verbose_name = _("标准")

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"


class RatingQuerySet(models.QuerySet["Rating"]):
    def standing(self) -> Self:
        """Leave out what a correction has superseded."""
        return self.filter(superseded_at=None)

    def in_force(self, on: datetime.date) -> Self:
        """Keep the last standing rating that began by `on`, for each organisation and standard."""
        later = Rating.objects.standing().filter(
            organisation=OuterRef("organisation"),
            standard=OuterRef("standard"),
            valid_from__gt=OuterRef("valid_from"),
            valid_from__lte=on,
        )
        return self.standing().filter(~Exists(later), valid_from__lte=on)


class Rating(Batched):
    """The level an organisation holds against a standard, from a day on.

    Never edited: a later rating takes its place from its own day; a correction supersedes it.
    """

    class Origin(models.TextChoices):
        IMPORTED = "imported", _("导入")
        ASSESSED = "assessed", _("评定")

    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="ratings")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="ratings")
    level = models.PositiveSmallIntegerField(_("等级"))
    valid_from = models.DateField(_("生效日"))
    origin = models.CharField(_("来源方式"), max_length=10, choices=Origin)
    document = models.CharField(_("依据文件"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))
    superseded_at = models.DateTimeField(_("更正时间"), null=True, blank=True)
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("评定")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "standard", "valid_from"],
                condition=Q(superseded_at=None),
                name="rating_one_standing_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["recorded_at"], name="rating_by_recorded_at"),
            models.Index(
                fields=["superseded_at"],
                condition=Q(superseded_at__isnull=False),
                name="rating_by_superseded_at",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.level} {self.valid_from}"
