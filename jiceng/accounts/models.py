"""Who can log in: nothing about persons is kept here."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account: a name to log in with, nothing counted of its use (N1).

    `person_number` is the plain number of the person it was made for, or empty.
    """

    username = models.CharField(_("账号"), max_length=32, unique=True)
    display_name = models.CharField(_("显示名"), max_length=64)
    person_number = models.CharField(_("人员编号"), max_length=32, blank=True, db_index=True)
    is_active = models.BooleanField(_("可用"), default=True)
    must_change_password = models.BooleanField(_("首次登录须改密码"), default=False)
    language = models.CharField(_("界面语言"), max_length=10, blank=True)
    created_at = models.DateTimeField(_("建立时间"))
    last_login = None  # type: ignore[assignment]  # never kept: N1

    objects = UserManager()

    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("账号")

    def __str__(self) -> str:
        return f"{self.display_name}（{self.username}）"


class OneTimeCode(models.Model):
    """A code printed on a slip: lets an account set its first or next password once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(_("发放时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("一次性登录码")

    def __str__(self) -> str:
        return f"#{self.pk} {self.user_id}"


class WrongTry(models.Model):
    """A wrong try of a code or password, kept for minutes so that guessing is held up.

    `subject` is a keyed digest: neither who tried nor whether the name exists can be read here.
    """

    subject = models.CharField(max_length=64)
    at = models.DateTimeField(_("时间"), db_index=True)

    class Meta:
        verbose_name = _("输错记录")
        indexes = [models.Index(fields=["subject", "at"], name="wrong_try_by_subject")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ApiClient(models.Model):
    """A program that may act through the API, within its scopes and its rate, until a day. Its key
    was told once; a digest is kept.
    """

    name = models.CharField(_("名称"), max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(_("范围"), max_length=120)  # codes of clients.SCOPES, by spaces
    per_minute = models.PositiveIntegerField(_("每分钟次数"))
    issued_at = models.DateTimeField(_("发放时间"))
    ends_on = models.DateField(_("到期日"))  # the first day on which it no longer holds
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    minute_at = models.DateTimeField(null=True)  # the minute that is being counted; no other is
    in_minute = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("接口用户")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(per_minute__gt=0), name="api_client_has_a_rate"
            ),
        ]

    def __str__(self) -> str:
        return self.name
