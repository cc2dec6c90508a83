"""Areas: defined lists of units, judged like a unit of the tree."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.core.periods import FOREVER
from jiceng.programmes.models.programmes import Programme
from jiceng.registry.models import Unit
from jiceng.registry.models.batches import Batched


class Area(Dated, Batched):
    """A defined list of units, e.g. a provincial industrial cluster."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="areas")
    code = models.CharField(_("代码"), max_length=40)
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类别"), max_length=40)  # of the file: provincial_cluster …
    document = models.CharField(_("依据文件"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))

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
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("片区成员")
        constraints = [
            ends_after_it_begins("area_member_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["area", "unit"], condition=Q(valid_to=FOREVER), name="area_member_once_open"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.area_id}∋{self.unit_id}"
