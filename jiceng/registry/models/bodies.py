"""A village's elected bodies with their terms, and its dated facts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.registry.models.batches import Batched
from jiceng.registry.models.people import Person
from jiceng.registry.models.units import Unit


class Body(Dated, Batched):
    """An elected or appointed body of a unit, for one term."""

    class Kind(models.TextChoices):
        VILLAGERS_COMMITTEE = "villagers_committee", _("村民委员会")
        RESIDENTS_COMMITTEE = "residents_committee", _("居民委员会")
        VILLAGE_REPS = "village_representatives", _("村民代表会议")
        SUPERVISION_COMMITTEE = "supervision_committee", _("村务监督委员会")
        COLLECTIVE_COUNCIL = "collective_council", _("集体经济组织理事会")
        COLLECTIVE_REPS = "collective_reps", _("集体经济组织成员代表大会")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bodies")
    kind = models.CharField(_("类别"), max_length=24, choices=Kind)
    term = models.CharField(_("届次"), max_length=20)

    class Meta:
        verbose_name = _("村级组织")
        constraints = [ends_after_it_begins("body_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.get_kind_display()} {self.term}"


class BodySeat(Dated, Batched):
    """A person's place in a body."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="body_seats")
    role = models.CharField(_("职务"), max_length=40)

    class Meta:
        verbose_name = _("组成人员")
        constraints = [ends_after_it_begins("body_seat_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.role}"


class VillageFact(Batched):
    """One number about a village that held from a day on. Never edited: a later one takes its
    place from its own day, a correction supersedes it.
    """

    class Kind(models.TextChoices):
        POPULATION = "population", _("户籍人口")
        HOUSEHOLDS = "households", _("户数")
        ADULTS = "adults", _("十八周岁以上村民")
        FULL_MEMBERS = "full_members", _("正式党员")
        PROBATIONARY_MEMBERS = "probationary_members", _("预备党员")
        VOTING_MEMBERS = "voting_members", _("有表决权的党员")
        COLLECTIVE_MEMBERS = "collective_members", _("集体经济组织成员")
        COLLECTIVE_ADULTS = "collective_adults", _("具有完全民事行为能力的集体成员")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="facts")
    kind = models.CharField(_("项目"), max_length=24, choices=Kind)
    value = models.PositiveBigIntegerField(_("数值"))
    valid_from = models.DateField(_("数据日期"))
    recorded_at = models.DateTimeField(_("记录时间"))
    superseded_at = models.DateTimeField(_("更正时间"), null=True, blank=True)
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("村情数据")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "valid_from"],
                condition=Q(superseded_at=None),
                name="village_fact_one_standing_a_day",
            )
        ]
        indexes = [
            models.Index(fields=["recorded_at"], name="village_fact_by_recorded_at"),
            models.Index(
                fields=["superseded_at"],
                condition=Q(superseded_at__isnull=False),
                name="village_fact_by_superseded_at",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}={self.value}"
