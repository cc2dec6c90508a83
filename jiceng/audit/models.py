"""What was done, by whom, when, from what to what: append-only, sealed in chained blocks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One operation. Written once, never changed; triggers on both databases refuse it.

    Subject and unit are plain text and number: what they point at may end, the entry stays.
    """

    class ActorKind(models.TextChoices):
        USER = "user", _("用户")
        CLIENT = "client", _("接口")
        PUBLIC = "public", _("公众")
        SYSTEM = "system", _("系统")

    at = models.DateTimeField(_("时间"), db_index=True)
    actor_kind = models.CharField(_("操作者类别"), max_length=8, choices=ActorKind)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(_("操作者"), max_length=96)
    action = models.CharField(_("操作"), max_length=64, db_index=True)  # "registry.unit.founded"
    subject = models.CharField(_("对象"), max_length=64, db_index=True)  # "registry.unit:17"
    subject_text = models.CharField(max_length=160, blank=True)
    unit_id = models.BigIntegerField(_("单位编号"), null=True, db_index=True)
    unit_text = models.CharField(_("单位"), max_length=160, blank=True)
    key = models.UUIDField(_("请求编号"), null=True, unique=True)
    change = models.TextField(_("由何改为何"), default="{}")  # canonical JSON, kept as text
    count = models.PositiveIntegerField(_("行数"), default=1)

    class Meta:
        verbose_name = _("审计记录")

    def __str__(self) -> str:
        return f"#{self.pk} {self.action}"


class PrivateValue(models.Model):
    """A personal value that an entry names by salted digest only; may be erased by law."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="private_values")
    field = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    value = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("审计中的个人信息")
        constraints = [
            models.UniqueConstraint(fields=["entry", "field"], name="private_value_once_a_field")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.field}"


class Block(models.Model):
    """A sealed set of entries: its root covers their leaves, its chain the block before."""

    number = models.PositiveBigIntegerField(_("块号"), unique=True)
    sealed_at = models.DateTimeField(_("封存时间"))
    count = models.PositiveIntegerField(_("记录数"))
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    chain = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("审计块")

    def __str__(self) -> str:
        return f"#{self.number} {self.chain[:12]}"


class Leaf(models.Model):
    """That one entry lies in one block, at a place, with the hash it had when sealed."""

    block = models.ForeignKey(Block, models.PROTECT, related_name="leaves")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="leaf")
    place = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("审计块成员")
        constraints = [
            models.UniqueConstraint(fields=["block", "place"], name="leaf_one_a_place"),
        ]

    def __str__(self) -> str:
        return f"#{self.block_id}/{self.place}"


class Receipt(models.Model):
    """The answer given to one posted form, so that a repeat is answered the same (see ui)."""

    key = models.UUIDField(primary_key=True)
    user_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64)  # of the body
    claimed_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    location = models.CharField(max_length=500, blank=True)
    sentence = models.TextField(blank=True)

    class Meta:
        verbose_name = _("表单回执")

    def __str__(self) -> str:
        return str(self.key)
