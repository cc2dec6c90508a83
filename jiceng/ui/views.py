"""What belongs to the furniture itself: another language, and a form from another log-in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.i18n import set_language

from jiceng.core.refusals import Denied
from jiceng.ui.refusals import answer
from jiceng.ui.repeats import no_key_needed


class OtherLogIn(Denied):
    """The form was opened in another browser session."""


@no_key_needed
@login_not_required
def choose_language(request: HttpRequest) -> HttpResponseBase:
    return set_language(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _("这张表单不是在本次登录中打开的，没有提交。请返回，刷新页面后再提交。")
    return answer(request, OtherLogIn(sentence))
