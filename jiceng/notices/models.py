"""Public notices: the draft inside, what was decided of it, where it was posted, who objected;
and the projections that the public reads, which have no private column.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _words
from django.utils.translation import gettext_lazy as _

from jiceng.notices.kinds import kinds
from jiceng.notices.redaction import TITLE
from jiceng.notices.words import FOUND
from jiceng.registry.models import Unit

USER = settings.AUTH_USER_MODEL


class Notice(models.Model):
    """Something a place makes public, with all that is known of it inside.

    Its text changes only while it is a draft. Whether its period runs or is over is a question of
    the day, see `queries.state_of`; stored is only what people did.
    """

    class Standing(models.TextChoices):
        DRAFT = "draft", _("待审核")
        RELEASED = "released", _("已发布")
        WITHDRAWN = "withdrawn", _("已撤回")

    number = models.CharField(_("编号"), max_length=20, unique=True)
    kind = models.CharField(_("种类"), max_length=20)  # code of a kind, see data/kinds.yaml
    subject = models.CharField(_("所属事项"), max_length=64, blank=True)  # "procedures.case:17"
    step = models.CharField(_("所属步骤"), max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices")
    title = models.CharField(_("标题"), max_length=600)  # 120 typed; what is hidden grows
    body = models.JSONField(_("栏目"), default=dict)  # by the codes of the kind's fields
    standing = models.CharField(_("状态"), max_length=10, choices=Standing, default=Standing.DRAFT)
    version = models.PositiveIntegerField(_("稿次"), default=1)
    drafted_by = models.ForeignKey(USER, models.PROTECT, related_name="drafted_notices")
    drafted_at = models.DateTimeField(_("拟稿时间"))
    writers = models.JSONField(_("拟稿与改稿人"), default=list)  # numbers of users; none releases
    returned = models.CharField(_("退回原因"), max_length=200, blank=True)
    released_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="released_notices"
    )
    released_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    digest = models.CharField(_("核对码"), max_length=64, blank=True)
    # Of the posting that counts; empty while nothing that counts is posted.
    begins_on = models.DateField(_("公示起算日"), null=True, blank=True)
    ends_on = models.DateField(_("公示最后一日"), null=True, blank=True)
    objections_until = models.DateField(_("异议截止日"), null=True, blank=True)
    board_until = models.DateField(_("公开栏保留至"), null=True, blank=True)
    retained_until = models.DateField(_("公开至"), null=True, blank=True)
    provisional = models.BooleanField(_("暂定"), default=False)
    rules = models.JSONField(_("所用规则"), default=dict)  # of its period and its board
    withdrawn_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_for = models.CharField(_("撤回原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("公示公告")
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("drafted_by")),
                name="notice_is_released_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(standing="draft", released_at=None)
                | Q(standing="released", released_at__isnull=False, released_by__isnull=False)
                | Q(standing="withdrawn", withdrawn_at__isnull=False),
                name="notice_stands_as_it_was_done",
            ),
            models.CheckConstraint(
                condition=Q(begins_on=None, ends_on=None, retained_until=None)
                | Q(begins_on__lte=F("ends_on"), ends_on__lte=F("retained_until")),
                name="notice_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "standing", "ends_on"], name="notice_by_unit"),
            models.Index(
                fields=["subject", "step"], condition=~Q(subject=""), name="notice_by_subject"
            ),
            models.Index(
                fields=["retained_until"],
                condition=Q(standing="released"),
                name="notice_by_retention",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ScanDecision(models.Model):
    """What a person decided of something the scan found, without the thing itself."""

    class Outcome(models.TextChoices):
        REMOVED = "removed", _("隐去")
        NOT_PERSONAL = "not_personal", _("不是个人信息，保留")

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="decisions")
    field = models.CharField(_("栏目"), max_length=40)
    found = models.CharField(_("发现"), max_length=20)  # kind of find: id, phone, card …
    outcome = models.CharField(_("决定"), max_length=12, choices=Outcome)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("决定时间"))

    class Meta:
        verbose_name = _("隐去决定")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="removed") | ~Q(reason=""),
                name="scan_decision_to_keep_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.found} {self.outcome}"

    @property
    def label(self) -> str:
        """The title of the field it was found in."""
        one = kinds()[self.notice.kind].field(self.field)
        return _words(one.label if one else TITLE.label)

    @property
    def found_label(self) -> str:
        return str(FOUND[self.found])


class Posting(models.Model):
    """That a named person put a notice on a board on a day, and took it down on another."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="postings")
    board = models.CharField(_("张贴在"), max_length=80)
    posted_on = models.DateField(_("张贴日"))
    posted_by = models.CharField(_("张贴人"), max_length=40)
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))
    taken_down_on = models.DateField(_("撤下日"), null=True, blank=True)
    taken_down_by = models.CharField(_("撤下人"), max_length=40, blank=True)
    taking_down_recorded_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taking_down_recorded_at = models.DateTimeField(_("撤下登记时间"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("更正时间"), null=True, blank=True)
    superseded_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    superseded_for = models.CharField(_("更正原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("张贴")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_down_on=None) | Q(taken_down_on__gte=F("posted_on")),
                name="posting_is_taken_down_after_it_is_posted",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | ~Q(superseded_for=""),
                name="posting_is_corrected_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.posted_on}"


class Objection(models.Model):
    """What somebody has against a notice. Who it was is for those who answer, never public."""

    class How(models.TextChoices):
        PORTAL = "portal", _("网上")
        ORAL = "oral", _("口头")
        PAPER = "paper", _("书面")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("异议成立")
        PARTLY = "partly", _("部分成立")
        DISMISSED = "dismissed", _("异议不成立")

    number = models.CharField(_("编号"), max_length=20, unique=True)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections")
    code_digest = models.CharField(max_length=64, unique=True)  # keyed hash of the query code
    how = models.CharField(_("提出方式"), max_length=8, choices=How)
    text = models.TextField(_("异议内容"), max_length=2000)
    name = models.CharField(_("提出人"), max_length=40, blank=True)
    contact = models.CharField(_("联系方式"), max_length=80, blank=True)
    erased_at = models.DateTimeField(_("姓名和联系方式删去时间"), null=True, blank=True)
    received_on = models.DateField(_("收到日期"))
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    late = models.BooleanField(_("逾期提出"), default=False)
    due_on = models.DateField(_("答复期限"), null=True, blank=True)
    rule = models.JSONField(_("答复期限依据"), default=dict)
    provisional = models.BooleanField(_("暂定"), default=False)
    outcome = models.CharField(_("处理结果"), max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("异议")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="", answer="")
                | (Q(answered_at__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
                name="objection_is_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", contact="", answered_at__isnull=False),
                name="objection_erased_names_nobody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["notice"], condition=Q(answered_at=None), name="objection_waiting"
            ),
            models.Index(
                fields=["answered_at"], condition=Q(erased_at=None), name="objection_not_erased"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PublicNotice(models.Model):
    """What the public may read of a notice: no private column. Emptied when its time is over."""

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    place = models.PositiveBigIntegerField()  # number of the unit
    title = models.CharField(max_length=600, blank=True)
    lines = models.JSONField(default=list)
    foot = models.CharField(max_length=200)  # whose, what, which: the last line of the text
    released_on = models.DateField()
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    objections_until = models.DateField(null=True)
    retained_until = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    basis = models.CharField(max_length=400, blank=True)  # the rule of its period, in words
    takes_objections = models.BooleanField()
    objections = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    length = models.PositiveIntegerField()  # of the plain text that the digest is of
    withdrawn_on = models.DateField(null=True)
    emptied = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("公开的公示")
        indexes = [
            models.Index(fields=["place", "released_on"], name="public_notice_by_place"),
            models.Index(
                fields=["released_on"], condition=Q(emptied=False), name="public_notice_shown"
            ),
            models.Index(fields=["digest"], name="public_notice_by_digest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(emptied=False) | Q(title="", lines=[]),
                name="public_notice_emptied_holds_nothing",
            )
        ]

    def __str__(self) -> str:
        return self.number


class PublicObjection(models.Model):
    """What the holder of a query code may read of an objection: no private column."""

    code_digest = models.CharField(max_length=64, unique=True)
    number = models.CharField(max_length=20)
    notice = models.CharField(max_length=20)  # number of the notice
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    answered_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        verbose_name = _("公开的异议答复")

    def __str__(self) -> str:
        return self.number

    @property
    def outcome_label(self) -> str:
        return str(Objection.Outcome(self.outcome).label) if self.outcome else ""
