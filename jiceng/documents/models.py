"""Evidence: files with their hash, who may see their kind of content, and how long they are kept."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.clock import day_of
from jiceng.documents.content import BY_MEDIA_TYPE
from jiceng.documents.retention import TERMS, WITHDRAWN_KEPT
from jiceng.registry.models import Unit


class DocumentQuerySet(models.QuerySet["Document"]):
    def standing(self) -> Self:
        """Leave out what was withdrawn, and what was erased after its term."""
        return self.filter(withdrawn_at=None, erased_at=None)


class Document(models.Model):
    """A file kept as evidence of something. Never edited: a wrong one is withdrawn, its row stays.
    When its time is over the bytes may be erased; the row with its hash stays then, too.

    The bytes lie under their hash below MEDIA_ROOT; rows with the same content share them.
    """

    class Class(models.TextChoices):
        PUBLIC = "public", _("可公开")
        INTERNAL = "internal", _("内部")
        PERSONAL = "personal", _("含个人信息")
        SENSITIVE = "sensitive", _("含敏感个人信息")

    subject = models.CharField(_("对象"), max_length=64, db_index=True)  # "procedures.case:17"
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents")
    title = models.CharField(_("标题"), max_length=120)
    name = models.CharField(_("文件名"), max_length=160)  # as it was called where it came from
    media_type = models.CharField(_("格式"), max_length=80)
    size = models.PositiveIntegerField(_("字节数"))
    sha256 = models.CharField(_("摘要"), max_length=64, db_index=True)  # of what is kept
    klass = models.CharField(_("内容类别"), max_length=10, choices=Class)
    retention = models.CharField(_("保管期限"), max_length=20)  # code in data/retention.yaml
    retain_until = models.DateField(
        _("保管至"), null=True, blank=True
    )  # exclusive; empty: for ever
    added_by = models.ForeignKey(  # empty: the system
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("添加时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.CharField(_("撤回原因"), max_length=200, blank=True)
    held_because = models.CharField(_("暂不删除的原因"), max_length=200, blank=True)
    erased_at = models.DateTimeField(_("文件删去时间"), null=True, blank=True)
    erased_by = models.ForeignKey(  # empty: the system, its time being over
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    erased_because = models.CharField(_("文件删去依据"), max_length=200, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("材料")
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
                name="document_is_withdrawn_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | ~Q(erased_because=""),
                name="document_is_erased_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"

    @property
    def sensitive(self) -> bool:
        return self.klass == self.Class.SENSITIVE

    @property
    def goes_on(self) -> datetime.date | None:
        """The day from which a withdrawn one that names persons is erased; None: it is not."""
        if self.withdrawn_at is None or self.klass not in OF_PERSONS or self.held_because:
            return None
        return day_of(self.withdrawn_at + WITHDRAWN_KEPT)

    @property
    def retention_title(self) -> str:
        return TERMS[self.retention].shown

    @property
    def ending(self) -> str:
        """How its format is called in short: PDF, JPG."""
        return BY_MEDIA_TYPE[self.media_type].endings[0].removeprefix(".").upper()

    @property
    def short_hash(self) -> str:
        return self.sha256[:12]


OF_PERSONS = frozenset({Document.Class.PERSONAL, Document.Class.SENSITIVE})
