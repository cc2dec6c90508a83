"""What a locked account is told. Asked for by AxesMiddleware, outside any view."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from jiceng.core.refusals import Denied
from jiceng.ui.refusals import answer as answer_refusal


class LockedOut(Denied):
    """Too many wrong passwords for this account name."""


def answer(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, str] | None
) -> HttpResponse:
    sentence = _("密码多次输错，账号暂时锁定。请半小时后再试，或请所在乡镇（街道）的管理员解锁。")
    return answer_refusal(request, LockedOut(sentence))
