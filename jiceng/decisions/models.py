"""What an assembly has delegated, and what has been proposed at a village."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.procedures.models import Case
from jiceng.registry.models import Unit

_CODE = 48


class Delegation(Dated):
    """That an assembly, or the collective's charter, lets representatives decide one matter, for
    a term. Ended early it keeps its reason.
    """

    class Way(models.TextChoices):
        ASSEMBLY = "assembly", _("村民会议（成员大会）决定")
        WRITTEN = "written", _("村民书面表决")
        CHARTER = "charter", _("章程规定")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="delegations")
    matter = models.CharField(_("事项"), max_length=_CODE)  # code of the catalogue
    way = models.CharField(_("授权方式"), max_length=12, choices=Way)
    decided_on = models.DateField(_("决定日"))
    document = models.CharField(_("依据文件"), max_length=200)
    recorded_at = models.DateTimeField(_("记录时间"))
    ended_at = models.DateTimeField(_("提前终止时间"), null=True, blank=True)
    end_reason = models.CharField(_("提前终止原因"), max_length=200, blank=True)

    unit_id: int

    class Meta:
        verbose_name = _("授权")
        constraints = [
            ends_after_it_begins("delegation_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="")
                | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="delegation_ends_early_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["unit", "matter", "valid_to"], name="delegation_by_unit")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.matter}"


class Motion(models.Model):
    """Something put forward at a village: the matter, and which body it was directed to, why."""

    class Raiser(models.TextChoices):
        PARTY = "party_organisation", _("村党组织")
        COMMITTEE = "villagers_committee", _("村民委员会")
        COUNCIL = "collective_council", _("集体经济组织理事会")
        VILLAGERS = "villagers", _("村民联名")
        REPRESENTATIVES = "representatives", _("村民代表联名")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="motions")
    title = models.CharField(_("议题"), max_length=160)
    text = models.TextField(_("内容"), max_length=4000, blank=True)
    matter = models.CharField(_("事项"), max_length=_CODE)
    amount = models.PositiveBigIntegerField(_("涉及金额（分）"), null=True, blank=True)
    raised_by = models.CharField(_("提出方"), max_length=24, choices=Raiser)
    signatures = models.PositiveIntegerField(_("联名人数"), null=True, blank=True)
    raised_on = models.DateField(_("提出日"))
    decided_as = models.CharField(_("按哪一项办"), max_length=_CODE)
    body = models.CharField(_("决定的会议"), max_length=_CODE, blank=True)
    procedure = models.CharField(_("程序"), max_length=_CODE)
    reasons = models.JSONField(_("理由"), default=list)  # sentences as they stood on that day
    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="motion"
    )  # the run it is on; one begun anew follows the one before
    recorded_at = models.DateTimeField(_("记录时间"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="motions"
    )

    unit_id: int

    class Meta:
        verbose_name = _("议题")
        indexes = [models.Index(fields=["unit", "-raised_on"], name="motion_by_unit")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"


class Redirection(models.Model):
    """That the township corrected where a motion goes: who, why, from what to what."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="redirections")
    matter_from = models.CharField(_("原事项"), max_length=_CODE)
    matter_to = models.CharField(_("改为事项"), max_length=_CODE)
    body_from = models.CharField(_("原会议"), max_length=_CODE, blank=True)
    body_to = models.CharField(_("改为会议"), max_length=_CODE, blank=True)
    procedure_from = models.CharField(_("原程序"), max_length=_CODE)
    procedure_to = models.CharField(_("改为程序"), max_length=_CODE)
    reason = models.CharField(_("纠正原因"), max_length=200)
    corrected_at = models.DateTimeField(_("纠正时间"))
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="redirections"
    )

    class Meta:
        verbose_name = _("纠正")

    def __str__(self) -> str:
        return f"#{self.pk} {self.matter_from}>{self.matter_to}"
