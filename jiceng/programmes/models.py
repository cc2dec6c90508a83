"""Demonstration programmes: points, belts, areas, money, and what the targets come to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.registry.models import TwoNewOrg, Unit
from jiceng.registry.models.batches import Batched


class Programme(models.Model):
    """One programme, as its YAML file declares it. No programme without an approval reference
    and a sunset day (N13).
    """

    code = models.CharField(_("代码"), max_length=40, unique=True)
    title = models.CharField(_("名称"), max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="programmes")  # whose programme
    approval_ref = models.CharField(_("批准文号"), max_length=120)
    starts_on = models.DateField(_("开始日"))
    judged_on = models.DateField(_("考核日"))  # a board opens on this day
    sunset_on = models.DateField(_("终止日"))  # from this day closed, read-only, titles void
    cap_fen = models.PositiveBigIntegerField(_("经费上限（分）"), null=True, blank=True)
    definition = models.JSONField(_("定义"))  # the file's content, checked
    digest = models.CharField(max_length=64)  # of the file
    loaded_at = models.DateTimeField(_("载入时间"))
    fictional = models.BooleanField(_("虚构示例"), default=False)

    class Meta:
        verbose_name = _("示范项目")
        constraints = [
            models.CheckConstraint(
                condition=~Q(approval_ref=""), name="programme_has_an_approval_reference"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"


class PointStatus(Batched):
    """The status of a unit or organisation on a programme's ladder, from a day on.

    Never edited; proposed by one, confirmed by a named person; a correction supersedes it.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="point_statuses")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="point_statuses")
    status = models.CharField(_("状态"), max_length=40)  # a rung of the file's ladder; "" = none
    valid_from = models.DateField(_("生效日"))
    document = models.CharField(_("依据文件"), max_length=200, blank=True)
    proposed_by = models.CharField(_("提出人"), max_length=96, blank=True)
    confirmed_by = models.CharField(_("确认人"), max_length=96, blank=True)
    confirmed_on = models.DateField(_("确认日"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))
    superseded_at = models.DateTimeField(_("更正时间"), null=True, blank=True)
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("示范点状态")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "unit", "valid_from"],
                condition=Q(superseded_at=None),
                name="point_status_one_standing_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.unit_id} {self.status}"


class Belt(Dated, Batched):
    """Ordered units along a line. Built only when its own conditions hold and a named person
    confirms it with a day.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="belts")
    number = models.CharField(_("编号"), max_length=20)
    name = models.CharField(_("名称"), max_length=80)
    level = models.CharField(_("级别"), max_length=20)  # of the file: city, county …
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="belts")  # whose belt
    anchor = models.CharField(_("依托"), max_length=24, blank=True)  # national_road …
    anchor_road = models.CharField(_("依托道路"), max_length=80, blank=True)
    main_roads = models.JSONField(_("主要道路"), default=list)
    line = models.JSONField(_("走向"), null=True, blank=True)  # GeoJSON LineString, WGS-84
    length_m = models.PositiveIntegerField(_("长度（米）"), null=True, blank=True)
    built_on = models.DateField(_("建成日"), null=True, blank=True)
    built_confirmed_by = models.CharField(_("建成确认人"), max_length=96, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("示范带")
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="belt_number_once"),
            ends_after_it_begins("belt_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(built_on=None) | ~Q(built_confirmed_by=""),
                name="belt_built_by_a_named_person",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class BeltMember(Dated, Batched):
    """A village, a party organisation, or a two-new organisation without one, on a belt."""

    belt = models.ForeignKey(Belt, models.PROTECT, related_name="members")
    order = models.PositiveIntegerField(_("顺序"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="belt_memberships"
    )
    two_new_org = models.ForeignKey(
        TwoNewOrg, models.PROTECT, null=True, blank=True, related_name="belt_memberships"
    )
    on_main_road = models.BooleanField(_("位于主要道路沿线"), default=False)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("示范带成员")
        constraints = [
            ends_after_it_begins("belt_member_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, two_new_org=None)
                | Q(unit=None, two_new_org__isnull=False),
                name="belt_member_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.belt_id}/{self.order}"


class Area(Dated, Batched):
    """A defined list of units judged like a unit of the tree, e.g. a provincial cluster."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="areas", null=True, blank=True
    )
    code = models.CharField(_("代码"), max_length=40)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类别"), max_length=40)  # of the file: cluster, demo_area …
    document = models.CharField(_("依据文件"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("片区")
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="area_code_once"),
            ends_after_it_begins("area_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class AreaMember(Dated, Batched):
    """A unit of an area. A town or county counts with all below it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="area_memberships")

    class Meta:
        verbose_name = _("片区成员")
        constraints = [ends_after_it_begins("area_member_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.area_id}∋{self.unit_id}"


class Cost(models.Model):
    """Money spent on a programme, in fen. Never edited; a correction supersedes it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="costs")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="programme_costs")
    amount_fen = models.BigIntegerField(_("金额（分）"))
    spent_on = models.DateField(_("支出日"))
    purpose = models.CharField(_("用途"), max_length=160)
    document = models.CharField(_("凭证"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("记录时间"))
    superseded_at = models.DateTimeField(_("更正时间"), null=True, blank=True)
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("项目支出")

    def __str__(self) -> str:
        return f"#{self.pk} {self.amount_fen}"


class Verdict(models.Model):
    """What one target comes to at one unit, belt or area on one day, computed by a job.

    `threshold` stays in the file's own terms; `value` = numerator (and denominator for a rate);
    `gap` counts what is missing, in the target's unit ("还差 3 个村").
    """

    class State(models.TextChoices):
        MET = "met", _("已达到")
        SHORT = "short", _("有差距")
        NOT_APPLICABLE = "not_applicable", _("不适用")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="verdicts")
    target = models.CharField(_("目标"), max_length=40)  # code in the file
    day = models.DateField(_("考核日"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    belt = models.ForeignKey(Belt, models.CASCADE, null=True, related_name="verdicts")
    area = models.ForeignKey(Area, models.CASCADE, null=True, related_name="verdicts")
    state = models.CharField(_("结论"), max_length=16, choices=State)
    numerator = models.BigIntegerField(_("分子"))
    denominator = models.BigIntegerField(_("分母"), null=True)
    gap = models.BigIntegerField(_("差额"), default=0)
    beside = models.JSONField(_("另计"), default=dict)  # counted beside it, e.g. without a branch
    computed_at = models.DateTimeField(_("计算时间"))

    class Meta:
        verbose_name = _("目标结论")
        indexes = [
            models.Index(fields=["programme", "day", "target", "-gap"], name="verdict_board"),
            models.Index(fields=["unit", "day"], name="verdict_by_unit"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.target} {self.state}"
