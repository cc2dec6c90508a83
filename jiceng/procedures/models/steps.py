"""What was done: steps as they were taken, and ballot sheets that wait for their second entry."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.procedures.declarations import PUBLIC
from jiceng.procedures.models.cases import Case


class TakenQuerySet(models.QuerySet["Taken"]):
    def standing(self) -> Self:
        """Leave out what was corrected, returned or reopened since."""
        return self.filter(superseded_at=None)


class Taken(models.Model):
    """A step as it happened. Never edited: a correction is a new row that replaces it, with a
    reason; the old one stays. Without effect it is kept as the fact that it is.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="taken")
    sequence = models.PositiveIntegerField(_("次序"))
    step = models.CharField(_("步骤"), max_length=40)
    kind = models.CharField(_("种类"), max_length=20)
    happened_on = models.DateField(_("发生日"))
    recorded_at = models.DateTimeField(_("记录时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps_taken",
    )
    actor = models.CharField(_("办理方"), max_length=10, blank=True)  # public or system; else `by`
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps_entered_again",
    )
    outcome = models.CharField(_("结果"), max_length=40)
    effective = models.BooleanField(_("有效力"))
    words = models.CharField(_("结果说明"), max_length=300, blank=True)
    data = models.JSONField(_("内容"))
    used = models.JSONField(_("所依规则"))  # [{key, title, value, source, grade}]
    lacked = models.JSONField(_("缺少"))  # sentences: what it went on without, or why no effect
    superseded_at = models.DateTimeField(_("失效时间"), null=True, blank=True)
    superseded_why = models.CharField(_("失效原因"), max_length=300, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    case_id: int
    by_id: int | None
    second_id: int | None

    objects = TakenQuerySet.as_manager()

    class Meta:
        verbose_name = _("已办步骤")
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="step_has_its_place"),
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=models.F("by")), name="step_entered_by_two"
            ),
            models.CheckConstraint(
                condition=Q(by=None) ^ Q(actor=""), name="step_taken_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.step}={self.outcome}"

    @property
    def taker(self) -> str:
        """Return who took it, as shown; a resident has no name here."""
        if self.by is not None:
            return self.by.display_name
        return str(_("群众本人") if self.actor == PUBLIC else _("系统"))


class Sheet(models.Model):
    """The figures of a signed sheet as one person entered them. Two persons enter it apart; the
    step is taken when both say the same. It holds counts and tellers, never a single vote.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="sheets")
    step = models.CharField(_("步骤"), max_length=40)
    version = models.PositiveIntegerField(_("版次"))  # of the case: what waits belongs to it
    happened_on = models.DateField(_("发生日"))
    data = models.JSONField(_("内容"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sheets")
    entered_at = models.DateTimeField(_("录入时间"))

    case_id: int
    by_id: int

    class Meta:
        verbose_name = _("计票单录入")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "version", "by"], name="sheet_once_by_each"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.step}"
