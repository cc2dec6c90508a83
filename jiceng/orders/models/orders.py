"""What residents ask for. An Order holds no text and no name: lists join nothing private."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiceng.documents.models import Document
from jiceng.procedures.models import Case
from jiceng.registry.models import Unit


class Order(models.Model):
    """A resident's matter on its way: a Case of a declared procedure, and what orders know of it.

    `step` and `waits_at` follow the case, so that a queue is read from one table.
    """

    class Track(models.TextChoices):
        DUTY = "duty", _("职责办理")
        VOLUNTARY = "voluntary", _("自愿认领")
        CONDUCT = "conduct", _("人员作风")

    class Channel(models.TextChoices):
        PORTAL = "portal", _("网上")
        COUNTER = "counter", _("窗口")
        PHONE = "phone", _("电话")
        VISIT = "visit", _("走访")
        IMPORT = "import", _("批量导入")
        API = "api", _("接口")

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="order")
    kind = models.CharField(_("种类"), max_length=40)  # code in data/services.yaml
    track = models.CharField(_("类型"), max_length=10, choices=Track)
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel)
    place = models.ForeignKey(Unit, models.PROTECT, related_name="orders_here")
    receiver = models.ForeignKey(Unit, models.PROTECT, related_name="orders_received")
    handler = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="orders_handled"
    )
    waits_at = models.ForeignKey(Unit, models.PROTECT, related_name="orders_waiting")
    step = models.CharField(_("当前步骤"), max_length=40, blank=True)  # empty: closed
    where = models.CharField(_("地点"), max_length=120, blank=True)
    latitude = models.IntegerField(_("纬度（百万分之一度）"), null=True, blank=True)
    longitude = models.IntegerField(_("经度（百万分之一度）"), null=True, blank=True)
    placed_at = models.DateTimeField(_("提出时间"))
    placed_on = models.DateField(_("提出日"))
    recorded_at = models.DateTimeField(_("记录时间"))
    # The resident's clock: its period, and when it ran or runs out, once and again above.
    limit_count = models.PositiveSmallIntegerField(_("时限"), null=True, blank=True)
    limit_unit = models.CharField(_("时限单位"), max_length=8, blank=True)
    limit_rule = models.CharField(_("时限依据"), max_length=200, blank=True)
    due_at = models.DateTimeField(_("期限"), null=True, blank=True)
    second_at = models.DateTimeField(_("再过一个时限"), null=True, blank=True)
    third_at = models.DateTimeField(_("再过两个时限"), null=True, blank=True)
    provisional = models.BooleanField(_("暂定"), default=False)
    handler_due_at = models.DateTimeField(_("承办期限"), null=True, blank=True)
    paused_at = models.DateTimeField(_("暂停起"), null=True, blank=True)
    extended_count = models.PositiveSmallIntegerField(_("延长"), default=0)
    extended_unit = models.CharField(_("延长单位"), max_length=8, blank=True)
    # What was done.
    dispatched_at = models.DateTimeField(_("派单时间"), null=True, blank=True)
    contacted_at = models.DateTimeField(_("联系群众时间"), null=True, blank=True)
    done_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    closed_at = models.DateTimeField(_("结案时间"), null=True, blank=True)
    closed_on = models.DateField(_("结案日"), null=True, blank=True)
    outcome = models.CharField(_("结局"), max_length=40, blank=True)
    reached = models.BooleanField(_("回访到"), null=True, blank=True)
    solved = models.BooleanField(_("已解决"), null=True, blank=True)
    satisfied = models.BooleanField(_("满意"), null=True, blank=True)
    settled_at = models.PositiveSmallIntegerField(_("办结层级"), null=True, blank=True)
    times_returned = models.PositiveSmallIntegerField(_("退回重办次数"), default=0)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    released = models.BooleanField(_("摘要已公开"), default=False)
    code_digest = models.CharField(max_length=64, unique=True)  # keyed hash of the query code

    case_id: int
    place_id: int
    receiver_id: int
    handler_id: int | None
    waits_at_id: int
    merged_into_id: int | None

    class Meta:
        verbose_name = _("诉求")
        constraints = [
            models.CheckConstraint(
                condition=Q(step="", closed_at__isnull=False, closed_on__isnull=False)
                & ~Q(outcome="")
                | ~Q(step="") & Q(closed_at=None, closed_on=None, outcome=""),
                name="order_waits_or_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("case")),
                name="order_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90_000_000, 90_000_000))
                & Q(longitude__range=(-180_000_000, 180_000_000)),
                name="order_position_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(reached=True) | Q(solved=None, satisfied=None),
                name="order_judged_only_when_reached",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=~Q(step=""), name="order_open"),
            models.Index(fields=["-placed_at"], condition=~Q(step=""), name="order_newest"),
            models.Index(fields=["waits_at", "due_at"], condition=~Q(step=""), name="order_waits"),
            models.Index(fields=["place", "due_at"], condition=~Q(step=""), name="order_open_here"),
            models.Index(fields=["place", "placed_at"], name="order_here"),
            models.Index(fields=["place", "closed_on"], name="order_closed_here"),
            models.Index(fields=["handler", "due_at"], condition=~Q(step=""), name="order_handled"),
            models.Index(fields=["closed_at"], condition=Q(step=""), name="order_closed"),
            models.Index(fields=["recorded_at"], name="order_recorded"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"

    @property
    def number(self) -> str:
        return self.case.number

    @property
    def closed(self) -> bool:
        return not self.step


class Telling(models.Model):
    """What the resident told, for those only who may read it."""

    order = models.OneToOneField(Order, models.PROTECT, primary_key=True, related_name="telling")
    text = models.TextField(_("内容"), max_length=2000)
    photo = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    concerns = models.ForeignKey(  # the unit a complaint about conduct speaks of
        Unit, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("诉求内容")

    def __str__(self) -> str:
        return f"#{self.order_id}"  # type: ignore[attr-defined]


class Contact(models.Model):
    """How the resident is reached, for the first receiver and the present handler only; erased
    when the rule says.
    """

    order = models.OneToOneField(Order, models.PROTECT, primary_key=True, related_name="contact")
    name = models.CharField(_("称呼"), max_length=40, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    erase_on = models.DateField(_("应删除日"), null=True, blank=True)  # counted from the close
    erased_at = models.DateTimeField(_("删除时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("诉求联系方式")
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", phone=""), name="contact_erased_is_empty"
            )
        ]
        indexes = [
            models.Index(
                fields=["erase_on"],
                condition=Q(erased_at=None, erase_on__isnull=False),
                name="contact_to_erase",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.order_id}"  # type: ignore[attr-defined]


class Pause(models.Model):
    """The resident's clock stands still, for a reason that the list of reasons names."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="pauses")
    reason = models.CharField(_("原因"), max_length=30)  # code in data/pauses.yaml
    note = models.CharField(_("说明"), max_length=300, blank=True)
    from_at = models.DateTimeField(_("起"))
    until_at = models.DateTimeField(_("止"), null=True, blank=True)

    order_id: int

    class Meta:
        verbose_name = _("暂停计时")
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(until_at=None), name="pause_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
                name="pause_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reason}"


class Extension(models.Model):
    """More time that the handler asks for, and what the level above says: once for an order."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="extension")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # that decides
    why = models.CharField(_("申请理由"), max_length=300)
    asked_at = models.DateTimeField(_("申请时间"))
    granted = models.BooleanField(_("同意延期"), null=True, blank=True)
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    decided_why = models.CharField(_("答复说明"), max_length=300, blank=True)
    rule = models.CharField(_("延期依据"), max_length=200, blank=True)

    order_id: int
    unit_id: int

    class Meta:
        verbose_name = _("诉求延期申请")
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=None, decided_at=None)
                | Q(granted__isnull=False, decided_at__isnull=False),
                name="extension_decided_at_a_moment",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.order_id}"


class Addition(models.Model):
    """What the resident adds with the code, or answers when he is asked."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="additions")
    text = models.TextField(_("补充"), max_length=2000)
    added_at = models.DateTimeField(_("补充时间"))

    order_id: int

    class Meta:
        verbose_name = _("诉求补充")

    def __str__(self) -> str:
        return f"#{self.pk} {self.order_id}"
