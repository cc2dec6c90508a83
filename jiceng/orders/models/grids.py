"""What is known of a grid beside its place in the trees, its posts and its facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.registry.models import Unit


class GridCard(models.Model):
    """What stands on a grid's board: its area and whom to complain to. One for each grid.

    Households are a dated fact of the unit, head and workers are its posts, its branch is the
    organisation that stands in it: none of them is kept here again.
    """

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="grid_card")
    area = models.CharField(_("网格范围"), max_length=200, blank=True)
    complaint_phone = models.CharField(_("投诉电话"), max_length=32, blank=True)
    many_absent = models.BooleanField(_("大社区且外出的多"), default=False)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("网格公示牌")

    def __str__(self) -> str:
        return f"#{self.pk}"


class GridLine(Dated):
    """That a line of work uses this grid instead of drawing its own, on a document."""

    grid = models.ForeignKey(Unit, models.PROTECT, related_name="grid_lines")
    line = models.CharField(_("工作线"), max_length=24)  # code in services.yaml
    document = models.CharField(_("依据文件"), max_length=200)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("网格上的工作线")
        constraints = [
            ends_after_it_begins("grid_line_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["grid", "line", "valid_from"], name="grid_line_one_begins_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.line}@{self.grid_id}"


class ObservationPoint(Dated):
    """A place in a grid where people tell what they have seen: a shop, a lodge, a hub."""

    grid = models.ForeignKey(Unit, models.PROTECT, related_name="observation_points")
    name = models.CharField(_("名称"), max_length=80)
    place = models.CharField(_("地点"), max_length=120)
    hours = models.CharField(_("开放时间"), max_length=80, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("哨点")
        constraints = [
            ends_after_it_begins("observation_point_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["grid", "name", "valid_from"],
                name="observation_point_one_begins_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class GridAccessItem(Dated):
    """An item of the list of what may be given to grids, at a place and below, on a document."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grid_access_items")
    title = models.CharField(_("准入事项"), max_length=120)
    service = models.CharField(_("诉求种类"), max_length=40, blank=True)  # empty: no order
    document = models.CharField(_("依据文件"), max_length=200)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("网格准入事项")
        constraints = [
            ends_after_it_begins("grid_access_item_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["unit", "title", "valid_from"],
                name="grid_access_item_one_begins_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"
