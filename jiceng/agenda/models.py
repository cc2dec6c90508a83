"""What waits for which role at which unit, and by when; and the outbox of messages."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.registry.models import Unit


class Item(models.Model):
    """Something that waits. Written in the transaction of whatever causes it; addressed to a role
    at a unit, never to a person.
    """

    role = models.CharField(_("角色"), max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="agenda_items")
    kind = models.CharField(_("类别"), max_length=40)  # "exchange.review", "access.hand_over" …
    subject = models.CharField(_("对象"), max_length=64)  # "exchange.edition:3"
    title = models.CharField(_("事项"), max_length=160)
    address = models.CharField(_("办理页面"), max_length=200, blank=True)  # path within the site
    due_at = models.DateTimeField(_("期限"), null=True, blank=True)
    rule = models.CharField(_("期限依据"), max_length=200, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="asked_items"
    )
    created_at = models.DateTimeField(_("产生时间"))
    done_at = models.DateTimeField(_("办结时间"), null=True, blank=True)

    unit_name: str  # on the day asked for; only items from `queries.today` carry it

    class Meta:
        verbose_name = _("待办")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "role", "unit"],
                condition=Q(done_at=None),
                name="item_waits_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["unit", "role", "due_at"], condition=Q(done_at=None), name="item_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"
