"""What a unit is given to do for an order: each with its own clock."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiceng.orders.models.orders import Order
from jiceng.registry.models import Unit


class Task(models.Model):
    """One unit's part in an order, from the moment it was given until it ended. Its clock stops
    when it is returned; a unit that is given the order again has a new one.
    """

    class Part(models.TextChoices):
        MAIN = "main", _("主办")
        ASSIST = "assist", _("协办")
        CALLED = "called", _("吹哨报到")

    class Ending(models.TextChoices):
        DONE = "done", _("已办")
        RETURNED = "returned", _("退回")
        REDIRECTED = "redirected", _("改派")
        TAKEN_OVER = "taken_over", _("由上一级接办")
        CLOSED = "closed", _("随诉求结案")

    order = models.ForeignKey(Order, models.PROTECT, related_name="tasks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="order_tasks")
    part = models.CharField(_("角色"), max_length=8, choices=Part)
    asks = models.CharField(_("要办什么"), max_length=300, blank=True)
    given_at = models.DateTimeField(_("交办时间"))
    due_at = models.DateTimeField(_("期限"), null=True, blank=True)
    due_rule = models.CharField(_("期限依据"), max_length=200, blank=True)
    provisional = models.BooleanField(_("暂定"), default=False)
    accepted_at = models.DateTimeField(_("接单时间"), null=True, blank=True)
    replied_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    reply = models.TextField(_("答复"), max_length=2000, blank=True)
    judged = models.BooleanField(_("乡镇认可"), null=True, blank=True)
    judged_at = models.DateTimeField(_("评价时间"), null=True, blank=True)
    judged_why = models.CharField(_("评价理由"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    ended_as = models.CharField(_("如何结束"), max_length=12, choices=Ending, blank=True)
    reason = models.CharField(_("原因"), max_length=300, blank=True)

    order_id: int
    unit_id: int

    class Meta:
        verbose_name = _("诉求任务")
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(part="main", ended_at=None), name="task_one_main"
            ),
            models.UniqueConstraint(
                fields=["order", "unit"], condition=Q(ended_at=None), name="task_one_of_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_as="")
                | Q(ended_at__isnull=False) & ~Q(ended_as=""),
                name="task_ends_somehow",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("given_at")),
                name="task_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_at"], condition=Q(ended_at=None), name="task_open"),
            models.Index(fields=["unit", "order"], name="task_of_unit"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.part}"
