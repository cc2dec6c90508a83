"""A programme, and the money spent on it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.registry.models import Unit


class Programme(models.Model):
    """One programme, as its file declares it. No programme without an approval reference and a
    sunset day (N13).
    """

    code = models.CharField(_("代码"), max_length=40, unique=True)
    title = models.CharField(_("名称"), max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="programmes")  # whose programme
    approval_ref = models.CharField(_("批准文号"), max_length=120)
    starts_on = models.DateField(_("开始日"))
    judged_on = models.DateField(_("考核日"))  # a board opens on this day
    sunset_on = models.DateField(_("终止日"))  # from this day closed, read-only, titles void
    file = models.TextField(_("项目文件"))  # as it was checked; read with definition_of
    fictional = models.BooleanField(_("虚构示例"), default=False)
    loaded_at = models.DateTimeField(_("载入时间"))
    revision = models.PositiveIntegerField(default=0)  # raised by every change to what is judged

    class Meta:
        verbose_name = _("示范项目")
        constraints = [
            models.CheckConstraint(
                condition=~Q(approval_ref=""), name="programme_has_an_approval_reference"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=models.F("judged_on"))
                & Q(judged_on__lt=models.F("sunset_on")),
                name="programme_is_judged_while_it_runs",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"


class Cost(models.Model):
    """Money spent on a programme, in fen. Never edited; a correction supersedes it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="costs")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="programme_costs")
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    spent_on = models.DateField(_("支出日"))
    purpose = models.CharField(_("用途"), max_length=160)
    document = models.CharField(_("凭证"), max_length=200, blank=True)
    over_cap_reason = models.CharField(_("超出上限的说明"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("记录时间"))
    superseded_at = models.DateTimeField(_("更正时间"), null=True, blank=True)
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("项目支出")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="cost_is_an_amount")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.amount_fen}"
