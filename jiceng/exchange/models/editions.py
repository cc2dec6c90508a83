"""An edition of the divisions under review: what changed, and what becomes of each old unit."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiceng.registry.models import Unit
from jiceng.registry.models.batches import Batched
from jiceng.registry.models.units import Kind


class Edition(Batched):
    """One published list of divisions, compared with the register as of its day.

    Rows that agree with the register are only counted; the others are its places and fates.
    """

    title = models.CharField(_("名称"), max_length=80)
    day = models.DateField(_("截至日"))
    root = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("范围"))
    digest = models.CharField(max_length=64)  # of the rows: the same list is not received twice
    counts = models.JSONField(_("比对结果"))  # {class of change: number}
    received_at = models.DateTimeField(_("收到时间"))
    received_by = models.CharField(_("提交人"), max_length=96)

    class Meta:
        verbose_name = _("区划版本")
        constraints = [
            models.UniqueConstraint(fields=["digest", "day"], name="edition_received_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"


class EditionStep(models.Model):
    """One county of an edition: its changes take effect in one step, and are undone in one.

    `journal` is the list of rows written, as JSON text, read backwards by the undoing.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="steps")
    code = models.CharField(_("代码"), max_length=12)
    name = models.CharField(_("名称"), max_length=80)
    unit = models.ForeignKey(  # whose officers review it: the county, or the root when it is new
        Unit, models.PROTECT, related_name="+"
    )
    effective_at = models.DateTimeField(_("生效操作时间"), null=True, blank=True)
    effective_by = models.CharField(_("生效操作人"), max_length=96, blank=True)
    journal = models.TextField(blank=True)

    class Meta:
        verbose_name = _("区划版本的县级步骤")
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="step_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class EditionPlace(models.Model):
    """A row of the edition that does not stand in the register as it is written there."""

    step = models.ForeignKey(EditionStep, models.CASCADE, related_name="places")
    code = models.CharField(_("代码"), max_length=12)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类别"), max_length=24, choices=Kind)
    level = models.PositiveSmallIntegerField(_("层级"))
    parent_code = models.CharField(_("上级代码"), max_length=12, blank=True)
    day = models.DateField(_("设立日"))
    document = models.CharField(_("依据文件"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("区划版本的条目")
        constraints = [models.UniqueConstraint(fields=["step", "code"], name="place_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code} {self.name}"


class Fate(models.Model):
    """What became of a unit of the register that the edition does not show as it was.

    First a proposal with its reason and score, then the decision of a named person.
    """

    class Change(models.TextChoices):
        RENAMED = "renamed", _("更名")
        KIND_CHANGED = "kind_changed", _("类别变更")
        RECODED = "recoded", _("代码变更")
        MOVED = "moved", _("隶属变更")
        CODE_REASSIGNED = "code_reassigned", _("代码改属他处")
        VANISHED = "vanished", _("不再出现")

    class Outcome(models.TextChoices):
        CONTINUES = "continues", _("延续为")  # the same unit under a new name, code or parent
        SUCCEEDED = "succeeded", _("并入或分设为")
        ABOLISHED = "abolished", _("撤销")

    step = models.ForeignKey(EditionStep, models.CASCADE, related_name="fates")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(_("原代码"), max_length=12)
    name = models.CharField(_("原名称"), max_length=80)
    level = models.PositiveSmallIntegerField(_("层级"))
    town_code = models.CharField(_("原乡级代码"), max_length=12)  # a county's own: the county
    town_name = models.CharField(_("原乡级名称"), max_length=80)
    change = models.CharField(_("变化"), max_length=16, choices=Change)
    outcome = models.CharField(_("去向"), max_length=10, choices=Outcome)
    sure = models.BooleanField(_("可一并确认"))
    score = models.PositiveSmallIntegerField(_("把握"))  # 0 … 100
    reason = models.CharField(_("提出理由"), max_length=200)
    day = models.DateField(_("生效日"))
    day_is_latest = models.BooleanField(_("不迟于该日"), default=True)
    document = models.CharField(_("依据文件"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    decided_by = models.CharField(_("确认人"), max_length=96, blank=True)

    class Meta:
        verbose_name = _("原单位去向")
        indexes = [
            models.Index(fields=["step", "town_code", "code"], name="fate_by_town"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None) | ~Q(decided_by=""),
                name="fate_decided_by_a_named_person",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code} {self.outcome}"


class FateHeir(models.Model):
    """Where an old unit goes on, by the code of the edition, and by what share."""

    fate = models.ForeignKey(Fate, models.CASCADE, related_name="heirs")
    code = models.CharField(_("新代码"), max_length=12)
    name = models.CharField(_("新名称"), max_length=80)
    numerator = models.PositiveIntegerField(default=1)
    denominator = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("去向单位")
        constraints = [
            models.UniqueConstraint(fields=["fate", "code"], name="fate_heir_once"),
            models.CheckConstraint(
                condition=Q(numerator__gt=0, denominator__gte=F("numerator")),
                name="fate_heir_share_is_a_fraction",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"
