"""What is read without an account: no private column, written when something happens."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OrderStatus(models.Model):
    """What opens with an order's query code: where it stands, by when, and the answer."""

    number = models.CharField(_("编号"), max_length=24, unique=True)
    code_digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(_("种类"), max_length=40)
    track = models.CharField(_("类型"), max_length=10)
    step = models.CharField(_("当前步骤"), max_length=40, blank=True)
    outcome = models.CharField(_("结局"), max_length=40, blank=True)
    handler = models.CharField(_("办理单位"), max_length=80, blank=True)
    placed_at = models.DateTimeField(_("提出时间"))
    due_at = models.DateTimeField(_("期限"), null=True, blank=True)
    limit_rule = models.CharField(_("时限依据"), max_length=200, blank=True)
    provisional = models.BooleanField(_("暂定"), default=False)
    paused = models.CharField(_("暂停原因"), max_length=30, blank=True)
    asked = models.CharField(_("请您补充"), max_length=300, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    closed_at = models.DateTimeField(_("结案时间"), null=True, blank=True)
    judged = models.BooleanField(_("您已评价"), default=False)
    updated_at = models.DateTimeField(_("更新时间"))

    class Meta:
        verbose_name = _("诉求进度")

    def __str__(self) -> str:
        return self.number


class BoardEntry(models.Model):
    """An order of public space as a person released it, rewritten: at the precision of a street
    or village. Read by the open board, by "is it this one?" and by Open311.
    """

    number = models.CharField(_("编号"), max_length=24, unique=True)
    kind = models.CharField(_("种类"), max_length=40)
    summary = models.CharField(_("摘要"), max_length=300)
    place = models.BigIntegerField(_("地方"))  # number of the village or street
    place_name = models.CharField(_("地方名称"), max_length=80)
    town = models.BigIntegerField(_("乡镇（街道）"), null=True)
    latitude = models.IntegerField(_("纬度（千分之一度）"), null=True)
    longitude = models.IntegerField(_("经度（千分之一度）"), null=True)
    photo = models.BigIntegerField(_("公开照片"), null=True)  # of a released document
    step = models.CharField(_("当前步骤"), max_length=40, blank=True)
    outcome = models.CharField(_("结局"), max_length=40, blank=True)
    handler = models.CharField(_("办理单位"), max_length=80, blank=True)
    placed_at = models.DateTimeField(_("提出时间"))
    due_at = models.DateTimeField(_("期限"), null=True)
    closed_at = models.DateTimeField(_("结案时间"), null=True)
    released_at = models.DateTimeField(_("公开时间"))
    updated_at = models.DateTimeField(_("更新时间"))

    class Meta:
        verbose_name = _("公开诉求")
        constraints = [models.CheckConstraint(condition=~Q(summary=""), name="board_entry_says")]
        indexes = [
            models.Index(fields=["town", "-placed_at"], name="board_of_town"),
            models.Index(fields=["place", "-placed_at"], name="board_of_place"),
            models.Index(fields=["-placed_at"], name="board_newest"),
            models.Index(fields=["kind", "-placed_at"], name="board_of_kind"),
        ]

    def __str__(self) -> str:
        return self.number
