"""What a locked account is told."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from jiceng.core.refusals import Denied


class LockedOut(Denied):
    """Too many wrong passwords for this account name."""


def answer(request: HttpRequest, credentials: dict[str, str], *_args: object) -> HttpResponse:
    raise LockedOut(
        _("密码多次输错，账号暂时锁定。请半小时后再试，或请所在乡镇（街道）的管理员解锁。")
    )
