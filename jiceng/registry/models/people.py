"""People, the posts they hold, and their membership. No ID number is kept anywhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.registry.models.batches import Batched
from jiceng.registry.models.units import Unit


class Person(Batched):
    """Someone who holds a post or is a member, matched by internal number, else by name,
    organisation and birth month; doubtful ones by a person.
    """

    number = models.CharField(_("人员编号"), max_length=32, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    birth_month = models.DateField(_("出生年月"), null=True, blank=True)  # first of the month
    office_phone = models.CharField(_("办公电话"), max_length=32, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("人员")
        indexes = [models.Index(fields=["name"], name="person_by_name")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class Post(Dated, Batched):
    """Who does what where, from and to. A vacant post is one without a row today."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    role = models.CharField(_("职务"), max_length=40)  # code of a declared post, see registry.posts
    title = models.CharField(_("职务名称"), max_length=60)
    deputises = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="deputies"
    )
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("任职")
        constraints = [ends_after_it_begins("post_ends_after_it_begins")]
        indexes = [
            models.Index(fields=["unit", "role", "valid_to"], name="post_by_unit_role"),
            models.Index(fields=["recorded_at"], name="post_by_recorded_at"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"


class Membership(Dated, Batched):
    """That a person is a member of an organisation, full or on probation, for a time."""

    class Standing(models.TextChoices):
        FULL = "full_member", _("正式党员")
        PROBATIONARY = "probationary_member", _("预备党员")

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    standing = models.CharField(_("类别"), max_length=20, choices=Standing)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("党籍关系")
        constraints = [ends_after_it_begins("membership_ends_after_it_begins")]
        indexes = [models.Index(fields=["recorded_at"], name="membership_by_recorded_at")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}@{self.organisation_id}"
