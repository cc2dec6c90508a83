"""Units of both trees: identity, dated names, codes and placements, paths and succession."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.registry.models.batches import Batched


class Tree(models.TextChoices):
    DIVISION = "division", _("区划")
    ORGANISATION = "organisation", _("组织")


class Level(models.IntegerChoices):
    """How deep a unit of the division tree stands by law, not by its place in the tree."""

    PROVINCE = 1, _("省级")
    CITY = 2, _("市级")
    COUNTY = 3, _("县级")
    TOWN = 4, _("乡级")
    VILLAGE = 5, _("村级")
    GRID = 6, _("网格")
    MICRO_GRID = 7, _("微网格")


class Kind(models.TextChoices):
    """What a unit is while it bears a name: a village that becomes a community is renamed."""

    PROVINCE = "province", _("省（自治区、直辖市）")
    CITY = "city", _("设区的市")
    COUNTY = "county", _("县（市、区）")
    ZONE = "zone", _("开发区（非行政区）")
    TOWNSHIP = "township", _("乡镇")
    SUBDISTRICT = "subdistrict", _("街道")
    OTHER_TOWN = "other_town", _("其他乡级区域")
    VILLAGE = "village", _("村（村委会）")
    COMMUNITY = "community", _("社区（居委会）")
    OTHER_VILLAGE = "other_village", _("其他村级区域")
    GRID = "grid", _("网格")
    MICRO_GRID = "micro_grid", _("微网格")
    PARTY_COMMITTEE = "party_committee", _("党委")
    PARTY_WORKING_COMMITTEE = "party_working_committee", _("党工委")
    GENERAL_BRANCH = "general_branch", _("党总支")
    BRANCH = "branch", _("党支部")
    JOINT_BRANCH = "joint_branch", _("联合党支部")
    GRID_BRANCH = "grid_branch", _("网格党支部")
    PARTY_GROUP = "party_group", _("党小组")
    MEMBER_HOUSEHOLD_HUB = "member_household_hub", _("党员中心户")


class Domain(models.TextChoices):
    """The field of life an organisation works in; empty for divisions."""

    VILLAGE = "village", _("农村")
    COMMUNITY = "community", _("社区")
    ORGAN = "organ", _("机关")
    INSTITUTION = "institution", _("事业单位")
    STATE_ENTERPRISE = "state_enterprise", _("国有企业")
    PRIVATE_ENTERPRISE = "private_enterprise", _("非公企业")
    SOCIAL_ORGANISATION = "social_organisation", _("社会组织")


class Documented(models.Model):
    """A row that says on which document it rests."""

    document = models.CharField(
        _("依据文件"), max_length=200, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True


class Unit(Dated, Batched):
    """A place or an organisation. It keeps its identity through renaming, recoding and moving;
    only founding, merger, split and abolition begin or end it.
    """

    class Ending(models.TextChoices):
        MERGER = "merger", _("合并")
        SPLIT = "split", _("分设")
        ABOLITION = "abolition", _("撤销")

    tree = models.CharField(_("体系"), max_length=12, choices=Tree)
    level = models.PositiveSmallIntegerField(_("层级"))  # division: Level; organisation: depth
    domain = models.CharField(_("领域"), max_length=20, choices=Domain, blank=True)
    ending = models.CharField(_("终止方式"), max_length=10, choices=Ending, blank=True)
    ending_document = models.CharField(
        _("终止依据"), max_length=200, blank=True, default="", db_default=""
    )
    recorded_at = models.DateTimeField(_("记录时间"))

    # As on the day asked for; only units from `registry.queries` carry them.
    name: str
    kind: str
    code: Any  # a str; None for organisations without one
    path: str
    standing: bool

    class Meta:
        verbose_name = _("单位")
        constraints = [ends_after_it_begins("unit_ends_after_it_begins")]
        indexes = [models.Index(fields=["recorded_at"], name="unit_by_recorded_at")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class UnitName(Dated, Documented):
    """What a unit is called, and what it is, for a time."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类别"), max_length=24, choices=Kind)

    class Meta:
        verbose_name = _("单位名称")
        constraints = [ends_after_it_begins("unit_name_ends_after_it_begins")]
        indexes = [models.Index(fields=["name"], name="unit_name_by_name")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class UnitCode(Dated, Documented):
    """An official code: of one unit at a time, but it may be given to another later."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="codes")
    code = models.CharField(_("代码"), max_length=32)

    class Meta:
        verbose_name = _("单位代码")
        constraints = [
            ends_after_it_begins("unit_code_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="unit_code_one_holder_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Placement(Dated, Documented):
    """Under which unit of the same tree a unit stands, for a time; a root has no parent."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("隶属关系")
        constraints = [
            ends_after_it_begins("placement_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("unit")), name="placement_not_under_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.unit_id}<{self.parent_id}"


class UnitPath(Dated, Batched):
    """A unit's whole path during one interval in which it is constant. Written only by registry
    operations; a subtree is `path >= p AND path < p + "~"` under binary collation.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="paths")
    path = models.CharField(max_length=120)  # six characters a step, see registry.paths

    class Meta:
        verbose_name = _("路径")
        constraints = [ends_after_it_begins("unit_path_ends_after_it_begins")]
        indexes = [
            models.Index(
                fields=["path", "valid_from", "valid_to", "unit"], name="unit_path_by_path"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.path}"


class Succession(models.Model):
    """That one unit's being goes on in another, from a day, by a share.

    Shares of one old unit sum to one. Where only an edition shows the change, the day is the
    latest possible one, and says so.
    """

    old = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="predecessions")
    day = models.DateField(_("生效日"))
    day_is_latest = models.BooleanField(_("不迟于该日"), default=False)
    numerator = models.PositiveIntegerField(default=1)
    denominator = models.PositiveIntegerField(default=1)
    document = models.CharField(_("依据文件"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("沿革")
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "day"], name="succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="succession_to_another"),
            models.CheckConstraint(
                condition=Q(numerator__gt=0, denominator__gte=F("numerator")),
                name="succession_share_is_a_fraction",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.old_id}→{self.new_id}"


class Heir(models.Model):
    """A retired unit's living successor, followed to the end: who may see what it left."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="heirs")
    heir = models.ForeignKey(Unit, models.PROTECT, related_name="legacies")

    class Meta:
        verbose_name = _("在世承继单位")
        constraints = [models.UniqueConstraint(fields=["unit", "heir"], name="heir_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.unit_id}→{self.heir_id}"


class SearchName(models.Model):
    """A name as it is searched: simplified, and by pinyin and its initials. One a UnitName."""

    name = models.OneToOneField(UnitName, models.CASCADE, primary_key=True, related_name="search")
    simplified = models.CharField(max_length=80)
    pinyin = models.CharField(max_length=300)
    initials = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("检索用名称")

    def __str__(self) -> str:
        return self.simplified
