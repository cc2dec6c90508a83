"""Where things are: an organisation's division, positions on the map, service centres."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.registry.models.batches import Batched
from jiceng.registry.models.units import Unit


class Seat(Dated, Batched):
    """In which division an organisation stands, for a time."""

    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="seats")
    division = models.ForeignKey(Unit, models.PROTECT, related_name="seated")

    class Meta:
        verbose_name = _("所在区划")
        constraints = [ends_after_it_begins("seat_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.organisation_id}@{self.division_id}"


class Position(Dated, Batched):
    """A unit's point on the map, WGS-84 degrees. A made-up one is marked and shown as such."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions")
    longitude = models.FloatField(_("经度"))
    latitude = models.FloatField(_("纬度"))
    made_up = models.BooleanField(_("虚构位置"), default=False)
    source = models.CharField(_("来源"), max_length=120)

    class Meta:
        verbose_name = _("位置")
        constraints = [
            ends_after_it_begins("position_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(
                    longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90
                ),
                name="position_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.longitude:.5f},{self.latitude:.5f}"


class Remark(Dated, Batched):
    """What readers of a unit's page must know of its rows: where they come from, what is assumed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="remarks")
    text = models.CharField(_("说明"), max_length=400)

    class Meta:
        verbose_name = _("说明")
        constraints = [ends_after_it_begins("remark_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.text[:20]}"


class Boundary(Dated, Batched):
    """A unit's outline on the map, WGS-84, kept as the GeoJSON text that a map is given."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="boundaries")
    outline = models.TextField(_("轮廓"))  # a GeoJSON geometry: Polygon or MultiPolygon
    source = models.CharField(_("来源"), max_length=120)

    class Meta:
        verbose_name = _("边界")
        constraints = [ends_after_it_begins("boundary_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.unit_id}"


class Premises(Dated, Batched):
    """A place where an organisation receives people: a service centre and the like."""

    class Kind(models.TextChoices):
        SERVICE_CENTRE = "service_centre", _("党群服务中心")
        SERVICE_STATION = "service_station", _("便民服务站")
        OTHER = "other", _("其他阵地")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="premises")
    kind = models.CharField(_("类别"), max_length=16, choices=Kind)
    name = models.CharField(_("名称"), max_length=80)
    address = models.CharField(_("地址"), max_length=160, blank=True)
    floor_area_m2 = models.PositiveIntegerField(_("面积（平方米）"), null=True, blank=True)
    office_phone = models.CharField(_("办公电话"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("阵地")
        constraints = [ends_after_it_begins("premises_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"
