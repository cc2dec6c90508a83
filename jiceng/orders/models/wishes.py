"""Micro-wishes: what a resident wishes, checked, shown as a masked card, fulfilled by who will."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.registry.models import Unit


class MicroWish(models.Model):
    """A wish on its way. It holds nothing by which anybody could be known: lists, offers and the
    branch's figures read this row; the words of the resident and his name stand in `WishDetails`.
    """

    class How(models.TextChoices):
        VISIT = "visit", _("走访")
        BOX = "box", _("心愿箱")
        COUNTER = "counter", _("服务窗口")
        HOTLINE = "hotline", _("热线电话")
        ONLINE = "online", _("网上")

    class Urgency(models.TextChoices):
        URGENT = "urgent", _("急需")
        SOON = "soon", _("近期")
        ANY_TIME = "any_time", _("不急")

    class State(models.TextChoices):
        RECEIVED = "received", _("待核实")
        CHECKED = "checked", _("待认领")
        TAKEN = "taken", _("已认领")
        DELIVERED = "delivered", _("已送达，待本人确认")
        CLOSED = "closed", _("已实现，销号")
        ANSWERED = "answered", _("已答复")
        PASSED_ON = "passed_on", _("已转为诉求办理")
        WITHDRAWN = "withdrawn", _("已撤回")

    ENDED = (State.CLOSED, State.ANSWERED, State.PASSED_ON, State.WITHDRAWN)

    number = models.CharField(_("编号"), max_length=24, unique=True)
    code_digest = models.CharField(max_length=64, unique=True)  # keyed hash of the query code
    place = models.ForeignKey(Unit, models.PROTECT, related_name="wishes")
    branch = models.ForeignKey(Unit, models.PROTECT, related_name="wishes_kept")
    kind = models.CharField(_("种类"), max_length=40)  # code in data/wish-kinds.yaml
    how = models.CharField(_("收集方式"), max_length=10, choices=How)
    received_at = models.DateTimeField(_("收到时间"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )  # nobody: placed by the resident
    of_minor = models.BooleanField(_("未成年人的心愿"), default=False)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.RECEIVED)
    urgency = models.CharField(_("缓急"), max_length=10, choices=Urgency, blank=True)
    summary = models.CharField(
        _("卡片文字"), max_length=200, blank=True
    )  # nobody to be known by it
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(_("核实时间"), null=True, blank=True)
    released_at = models.DateTimeField(_("公开时间"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    wait_until = models.DateField(_("等候认领至"), null=True, blank=True)
    wait_rule = models.CharField(_("期限依据"), max_length=200, blank=True)
    delivered_on = models.DateField(_("送达日"), null=True, blank=True)
    ended_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    passed_to = models.CharField(_("转为诉求的编号"), max_length=24, blank=True)
    version = models.PositiveIntegerField(_("版次"), default=1)

    branch_id: int
    place_id: int

    class Meta:
        verbose_name = _("微心愿")
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(of_minor=False),
                name="wish_of_minor_is_not_public",
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=models.F("written_by")),
                name="wish_card_released_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="received", checked_at=None)
                | Q(state__in=["answered", "withdrawn"])
                | Q(checked_at__isnull=False),
                name="wish_goes_on_once_checked",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["closed", "answered", "passed_on", "withdrawn"],
                    ended_at__isnull=False,
                )
                | Q(state__in=["received", "checked", "taken", "delivered"], ended_at=None),
                name="wish_ends_with_its_state",
            ),
        ]
        indexes = [
            models.Index(fields=["branch", "-received_at"], name="wish_of_branch"),
            models.Index(
                fields=["branch", "wait_until"], condition=Q(state="checked"), name="wish_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def has_ended(self) -> bool:
        return self.state in self.ENDED


class WishDetails(models.Model):
    """What the resident said, and who he is. Read by the branch and by whoever fulfils the wish;
    name, telephone and address are erased when their time is over.
    """

    wish = models.OneToOneField(MicroWish, models.CASCADE, primary_key=True, related_name="details")
    text = models.TextField(_("心愿"), max_length=1000)
    name = models.CharField(_("姓名"), max_length=40, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    address = models.CharField(_("住址"), max_length=120, blank=True)
    erased_at = models.DateTimeField(_("清除时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("心愿详情")
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(text="", name="", phone="", address=""),
                name="wish_details_erased_are_empty",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class WishConsent(models.Model):
    """That a resident agreed to have a card of his wish shown, and when he took it back."""

    class How(models.TextChoices):
        WRITTEN = "written", _("书面")
        SPOKEN = "spoken", _("口头，由经办人记录")
        ONLINE = "online", _("网上本人勾选")

    wish = models.ForeignKey(MicroWish, models.CASCADE, related_name="consents")
    how = models.CharField(_("方式"), max_length=10, choices=How)
    given_on = models.DateField(_("同意日"))
    recorded_at = models.DateTimeField(_("记录时间"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("公开同意")
        constraints = [
            models.UniqueConstraint(
                fields=["wish"], condition=Q(withdrawn_at=None), name="wish_consent_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class WishCard(models.Model):
    """A wish as everybody may read it: no private column. Written when it is released, gone when
    the consent is taken back.
    """

    number = models.CharField(_("编号"), max_length=24, unique=True)
    place = models.PositiveBigIntegerField(_("村（社区）"))
    kind = models.CharField(_("种类"), max_length=40)
    urgency = models.CharField(_("缓急"), max_length=10)
    text = models.CharField(_("心愿"), max_length=200)
    state = models.CharField(_("状态"), max_length=12)
    released_on = models.DateField(_("公开日"))
    fulfilled_on = models.DateField(_("实现日"), null=True, blank=True)

    class Meta:
        verbose_name = _("心愿卡")
        indexes = [models.Index(fields=["place", "-released_on"], name="wish_card_of_place")]

    def __str__(self) -> str:
        return self.number


class WishStatus(models.Model):
    """What the resident reads with his query code: no private column."""

    code_digest = models.CharField(max_length=64, unique=True)
    number = models.CharField(_("编号"), max_length=24)
    state = models.CharField(_("状态"), max_length=12)
    received_on = models.DateField(_("收到日"))
    wait_until = models.DateField(_("等候认领至"), null=True)
    is_shown = models.BooleanField(_("卡片已公开"), default=False)
    ended_on = models.DateField(_("办结日"), null=True)
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    passed_to = models.CharField(_("转为诉求的编号"), max_length=24, blank=True)

    class Meta:
        verbose_name = _("心愿进度")

    def __str__(self) -> str:
        return self.number
