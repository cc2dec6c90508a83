"""Grants: a post's powers in a subtree, for a time; the hand-over when a post ends; and where
somebody wants his messages.
"""

import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, DatedQuerySet, ends_after_it_begins
from jiceng.core.periods import FOREVER
from jiceng.registry.models import Post, Unit


class GrantQuerySet(DatedQuerySet):
    def on(self, day: datetime.date) -> Self:
        """Keep what holds on `day`: when the post has ended the power has, whatever was written."""
        held = Q(post__valid_from__lte=day, post__valid_to__gt=day)
        return super().on(day).filter(Q(post=None) | held)


class Grant(Dated):
    """Role × subtree × line of work. With a post it ends with the post; without one (the three
    administrators, API clients) it always has an end.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    role = models.CharField(_("角色"), max_length=40)  # code of a declared Role
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")  # root of the subtree
    line = models.CharField(_("业务条线"), max_length=40, blank=True)  # empty: every line
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="grants")
    deputy = models.BooleanField(_("代理"), default=False)
    recorded_at = models.DateTimeField(_("记录时间"))

    objects: ClassVar = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("授权")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "role", "unit"], name="grant_once_for_a_post_and_unit"
            ),
            ends_after_it_begins("grant_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(post__isnull=False) | Q(valid_to__lt=FOREVER),
                name="grant_without_a_post_has_an_end",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "valid_to"], name="grant_by_user"),
            models.Index(fields=["unit", "role", "valid_to"], name="grant_by_unit_role"),
        ]

    @property
    def ends_on(self) -> datetime.date:
        """The first day on which it no longer holds."""
        return min(self.valid_to, self.post.valid_to) if self.post else self.valid_to

    def __str__(self) -> str:
        return f"#{self.pk} {self.user_id} {self.role}@{self.unit_id}"


class HandOver(models.Model):
    """What a post leaves to its successor: printed when it ends, confirmed by who takes over."""

    post = models.OneToOneField(Post, models.PROTECT, related_name="hand_over")
    listed_at = models.DateTimeField(_("列出时间"))
    items = models.JSONField(_("交接事项"), default=list)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("交接清单")

    def __str__(self) -> str:
        return f"#{self.pk}"


class MessageAddress(models.Model):
    """Where somebody wants his messages sent. Entered by himself, deleted when he wants none."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="message_address"
    )
    way = models.CharField(_("方式"), max_length=20)  # code in `message_ways`
    address = models.CharField(_("地址"), max_length=254)
    chosen_at = models.DateTimeField(_("选定时间"))

    class Meta:
        verbose_name = _("消息地址")

    def __str__(self) -> str:
        return f"#{self.pk} {self.user_id} {self.way}"


class JobRun(models.Model):
    """When one job of the job process last began, ended and failed."""

    code = models.CharField(_("作业"), max_length=64, unique=True)
    began_at = models.DateTimeField(_("开始时间"), null=True)
    ended_at = models.DateTimeField(_("完成时间"), null=True)
    failed_at = models.DateTimeField(_("失败时间"), null=True)
    failure = models.CharField(_("失败原因"), max_length=200, blank=True)
    failures = models.PositiveIntegerField(_("连续失败次数"), default=0)

    class Meta:
        verbose_name = _("作业运行")

    def __str__(self) -> str:
        return self.code
