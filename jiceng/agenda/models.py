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


class Desk(models.Model):
    """A role at a unit that was asked for something, once or often. There are a few thousand of
    them however many items there are: what falls to the level above is looked for here.
    """

    role = models.CharField(_("角色"), max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="desks")

    class Meta:
        verbose_name = _("受理岗位")
        constraints = [models.UniqueConstraint(fields=["role", "unit"], name="desk_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.role}@{self.unit_id}"


class Message(models.Model):
    """The outbox: that an item is to be told. Written with the item, in its transaction; settled
    when it has gone into the digests of whoever answers for it then, or need not be told.
    """

    item = models.OneToOneField(Item, models.CASCADE, related_name="message")
    written_at = models.DateTimeField(_("产生时间"))
    settled_at = models.DateTimeField(_("编入时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("待发消息")
        indexes = [
            models.Index(
                fields=["written_at"], condition=Q(settled_at=None), name="message_unsettled"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.item_id}"


class Digest(models.Model):
    """One person's messages of one time of sending, and what became of them (decision 0020)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待发")
        SENDING = "sending", _("正在发")
        SENT = "sent", _("已发出")
        REFUSED = "refused", _("被拒收")
        UNCERTAIN = "uncertain", _("不能确定是否发出")
        DROPPED = "dropped", _("不必再发")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    slot = models.DateTimeField(_("发送时点"))
    way = models.CharField(_("方式"), max_length=20, blank=True)  # by which it is, or was, sent
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    claimed_at = models.DateTimeField(_("开始发送时间"), null=True, blank=True)
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    messages = models.ManyToManyField(Message, related_name="digests")

    class Meta:
        verbose_name = _("消息汇总")
        constraints = [
            models.UniqueConstraint(fields=["user", "slot"], name="digest_once_for_a_slot"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="digest_sent_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["slot"],
                condition=Q(state__in=["waiting", "sending"]),
                name="digest_unfinished",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.user_id} {self.slot:%Y-%m-%d %H:%M}"
