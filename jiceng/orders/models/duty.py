"""What units have to do, who answers at which hours, and what a place changes in the catalogue."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.registry.models import Post, Unit
from jiceng.registry.models.batches import Batched


class DutyItem(Dated, Batched):
    """An item of a unit's own list of duties, on a document, from a day on.

    `item` is the code by which kinds of service find it (data/duty-list.yaml).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duty_items")
    item = models.CharField(_("职责项"), max_length=40)
    title = models.CharField(_("清单中的写法"), max_length=120)
    document = models.CharField(_("依据文件"), max_length=200)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("职责清单项")
        constraints = [
            ends_after_it_begins("duty_item_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["unit", "item", "valid_from"], name="duty_item_one_begins_a_day"
            ),
        ]
        indexes = [models.Index(fields=["item", "unit"], name="duty_item_by_item")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.unit_id} {self.item}"


class LocalService(Dated):
    """What a place and all below it change in a kind of service, on a document, from a day on.

    Whatever is empty stays as shipped. A nearer place goes before a farther one.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="local_services")
    service = models.CharField(_("诉求种类"), max_length=40)
    offered = models.BooleanField(_("本地办理"), default=True)
    tier = models.CharField(_("办理时限档次"), max_length=10, blank=True)
    direct = models.BooleanField(_("不经确认直接派出"), null=True)
    handler = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办单位")
    )
    document = models.CharField(_("依据文件"), max_length=200)
    recorded_at = models.DateTimeField(_("记录时间"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("本地诉求种类")
        constraints = [
            ends_after_it_begins("local_service_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["unit", "service", "valid_from"], name="local_service_one_begins_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.service}@{self.unit_id}"


class DutyShift(Dated):
    """The hours of the week at which a post answers for a unit: the declared duty roster.

    Minutes count from midnight; a shift whose end is not after its beginning goes on into the
    next day. A post that has ended answers for nothing.
    """

    EVERY_DAY = 0b1111111  # Monday is the lowest bit

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duty_shifts")
    post = models.ForeignKey(Post, models.PROTECT, related_name="duty_shifts")
    phone = models.CharField(_("值班电话"), max_length=32)
    weekdays = models.PositiveSmallIntegerField(_("星期"), default=EVERY_DAY)
    from_minute = models.PositiveSmallIntegerField(_("开始"))
    to_minute = models.PositiveSmallIntegerField(_("结束"))
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("值班")
        constraints = [
            ends_after_it_begins("duty_shift_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(weekdays__gte=1, weekdays__lte=127), name="duty_shift_on_some_day"
            ),
            models.CheckConstraint(
                condition=Q(from_minute__lt=1440, to_minute__lt=1440),
                name="duty_shift_within_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.unit_id}"
