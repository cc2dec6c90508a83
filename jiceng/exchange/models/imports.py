"""Files that were sent in, and the journals of what they wrote."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jiceng.registry.models import Batch


class Import(models.Model):
    """One file on its way into the register: read, checked, looked at, applied, perhaps undone.

    The upload, the staged rows and the workbook of faulty rows lie in a folder of their own.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("待检查")
        CHECKING = "checking", _("正在检查")
        REFUSED = "refused", _("不能读取")
        PREVIEWED = "previewed", _("待确认")
        APPLYING = "applying", _("正在写入")
        INTERRUPTED = "interrupted", _("已中断")
        FAILED = "failed", _("未导入")
        APPLIED = "applied", _("已导入")
        UNDOING = "undoing", _("正在撤销")
        UNDONE = "undone", _("已撤销")
        WITHDRAWN = "withdrawn", _("已放弃")

    kind = models.CharField(_("类别"), max_length=40)  # code of a declared kind of file
    name = models.CharField(_("文件名"), max_length=120)
    folder = models.CharField(max_length=36, unique=True)
    digest = models.CharField(_("文件摘要"), max_length=64)  # SHA-256
    size = models.BigIntegerField(_("字节数"))
    day = models.DateField(_("数据日期"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.UPLOADED)
    done = models.PositiveIntegerField(_("已处理行数"), default=0)
    total = models.PositiveIntegerField(_("总行数"), default=0)  # 0 while it is not known
    counts = models.JSONField(_("行数"), default=dict)  # rows, good, faulty, unchanged, doubtful
    first_day = models.DateField(null=True, blank=True)  # earliest day the rows tell of
    sentence = models.TextField(_("说明"), blank=True)  # why it was refused, failed or interrupted
    reach = models.CharField(
        max_length=120, blank=True
    )  # path within which the sender's rights lie
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="imports"
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    touched_at = models.DateTimeField(_("最近进展时间"))
    attempts = models.PositiveSmallIntegerField(default=0)  # how often its job was taken up again
    applied_at = models.DateTimeField(_("导入时间"), null=True, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    reason = models.CharField(_("撤销原因"), max_length=200, blank=True)
    left = models.JSONField(_("撤销时保留的记录"), default=list)  # sentences
    left_count = models.PositiveIntegerField(default=0)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+")
    journal_digest = models.CharField(max_length=64, blank=True)  # chained over the chunks

    class Meta:
        verbose_name = _("导入")
        indexes = [models.Index(fields=["state", "touched_at"], name="import_by_state")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"

    @property
    def working(self) -> bool:
        """Say whether a job is at it."""
        return self.state in {
            self.State.UPLOADED,
            self.State.CHECKING,
            self.State.APPLYING,
            self.State.UNDOING,
        }


class JournalPart(models.Model):
    """Rows of one model that one chunk created: their numbers, and a digest of each as it was
    written. `numbers` holds n little-endian int64, `digests` n times eight bytes.
    """

    of = models.ForeignKey(Import, models.PROTECT, related_name="parts")
    sequence = models.PositiveIntegerField()
    model = models.CharField(max_length=64)
    numbers = models.BinaryField()
    digests = models.BinaryField()

    class Meta:
        verbose_name = _("导入新增记录的日志")
        constraints = [
            models.UniqueConstraint(fields=["of", "sequence", "model"], name="journal_part_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.model}"


class JournalChange(models.Model):
    """A standing row that an import changed: the fields as they were, and as they became."""

    of = models.ForeignKey(Import, models.PROTECT, related_name="changes")
    sequence = models.PositiveIntegerField()
    model = models.CharField(max_length=64)
    number = models.BigIntegerField()
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        verbose_name = _("导入改动记录的日志")
        indexes = [models.Index(fields=["of", "sequence"], name="journal_change_by_import")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.model}:{self.number}"
