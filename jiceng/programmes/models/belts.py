"""Belts: ordered units along a line, and when each was built."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.core.periods import FOREVER
from jiceng.programmes.models.programmes import Programme
from jiceng.registry.models import TwoNewOrg, Unit
from jiceng.registry.models.batches import Batched


class Belt(Dated, Batched):
    """Ordered units along a line."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="belts")
    number = models.CharField(_("编号"), max_length=20)
    name = models.CharField(_("名称"), max_length=80)
    level = models.CharField(_("级别"), max_length=20)  # of the file: city, county …
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="belts")  # whose belt
    anchor = models.CharField(_("依托"), max_length=24, blank=True)  # of the file: national_road …
    anchor_road = models.CharField(_("依托道路"), max_length=80, blank=True)
    main_roads = models.JSONField(_("主要道路"), default=list)
    line = models.JSONField(_("走向"), null=True, blank=True)  # GeoJSON LineString, WGS-84
    length_m = models.PositiveIntegerField(_("长度（米）"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("示范带")
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="belt_number_once"),
            ends_after_it_begins("belt_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class BeltCompletion(models.Model):
    """That a named person confirmed a belt as built, its own conditions holding, from a day on."""

    belt = models.ForeignKey(Belt, models.PROTECT, related_name="completions")
    built_on = models.DateField(_("建成日"))
    confirmed_by = models.CharField(_("确认人"), max_length=96)
    recorded_at = models.DateTimeField(_("记录时间"))
    superseded_at = models.DateTimeField(_("更正时间"), null=True, blank=True)
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("示范带建成")
        constraints = [
            models.UniqueConstraint(
                fields=["belt"], condition=Q(superseded_at=None), name="belt_is_built_once"
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=""), name="belt_built_by_a_named_person"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.belt_id} {self.built_on}"


class BeltMember(Dated, Batched):
    """A village, a party organisation, or a two-new organisation without one, on a belt."""

    belt = models.ForeignKey(Belt, models.PROTECT, related_name="members")
    order = models.PositiveIntegerField(_("顺序"))  # along the line; not counted, so changed freely
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="belt_memberships"
    )
    two_new_org = models.ForeignKey(
        TwoNewOrg, models.PROTECT, null=True, blank=True, related_name="belt_memberships"
    )
    on_main_road = models.BooleanField(_("位于主要道路沿线"), default=False)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("示范带成员")
        constraints = [
            ends_after_it_begins("belt_member_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, two_new_org=None)
                | Q(unit=None, two_new_org__isnull=False),
                name="belt_member_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["belt", "unit"],
                condition=Q(valid_to=FOREVER),
                name="belt_member_unit_once_open",
            ),
            models.UniqueConstraint(
                fields=["belt", "two_new_org"],
                condition=Q(valid_to=FOREVER),
                name="belt_member_two_new_once_open",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.belt_id}/{self.order}"
