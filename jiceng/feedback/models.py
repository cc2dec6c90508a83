"""Complaints and suggestions about this software, answered under a clock."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Complaint(models.Model):
    """What someone says of this software. No account needed; contact is optional and private."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", _("投诉")
        SUGGESTION = "suggestion", _("建议")
        BURDEN = "burden", _("增加负担")

    number = models.CharField(_("编号"), max_length=20, unique=True)
    code_digest = models.CharField(max_length=64, unique=True)  # keyed hash of the query code
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    page = models.CharField(_("所在页面"), max_length=200, blank=True)
    text = models.TextField(_("内容"), max_length=2000)
    contact = models.CharField(_("联系方式"), max_length=80, blank=True)
    contact_erased_at = models.DateTimeField(_("联系方式删去时间"), null=True, blank=True)
    received_at = models.DateTimeField(_("收到时间"))
    due_on = models.DateField(_("答复期限"))
    answer = models.TextField(_("答复"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=96, blank=True)

    class Meta:
        verbose_name = _("意见")

    def __str__(self) -> str:
        return self.number


class PublicAnswer(models.Model):
    """What the public may read of a complaint with its code: no private column."""

    code_digest = models.CharField(max_length=64, unique=True)
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=12)
    received_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)

    provisional: bool  # the year's holidays were not known; only answers from `public` carry it

    class Meta:
        verbose_name = _("公开答复")

    def __str__(self) -> str:
        return self.number
