"""Values that a place sets for itself, and practices of others that it adopts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.registry.models import Unit


class LocalRule(Dated):
    """A value in force at a place and below, on a document, from a day on.

    Either the place's own, or a practice (grade P) that it adopted. The value and the words of
    its source are kept as they were then: what later versions of the files say changes nothing.
    One that was ended before it began is withdrawn.
    """

    key = models.CharField(_("规则"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="local_rules")
    kind = models.CharField(_("情形"), max_length=40, blank=True)
    value = models.JSONField(_("数值"))  # as `values.value_of` reads it
    binds = models.CharField(_("约束方式"), max_length=10)
    adopted = models.CharField(_("所采用做法的来源"), max_length=300, blank=True)
    document = models.CharField(_("依据文件"), max_length=200)
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("终止记录时间"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    end_document = models.CharField(_("终止依据"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("本地规则")
        constraints = [
            ends_after_it_begins("local_rule_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["unit", "key", "kind", "valid_from"],
                condition=Q(withdrawn_at=None),
                name="local_rule_one_begins_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key} {self.valid_from}"
