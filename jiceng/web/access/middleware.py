"""Pages need a log-in; what was being sent when it had expired is kept through the next one. What
the user may do is read once a request.
"""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from jiceng.access.queries import keep_rights
from jiceng.ui.carried import carried_of, page_of_form
from jiceng.ui.repeats import READING
from jiceng.ui.requests import SiteRequest
from jiceng.web.access.log_in import log_in_again


class LogInMiddleware(LoginRequiredMiddleware):
    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        to_log_in = super().process_view(request, view_func, view_args, view_kwargs)
        asked = cast(SiteRequest, request)
        if to_log_in is None:
            if asked.user.is_authenticated:
                keep_rights(asked.user)
            return None
        if request.method not in READING:
            return log_in_again(asked, carried_of(request))
        if asked.htmx:
            return HttpResponseClientRedirect(redirect_to_login(page_of_form(request)).url)
        return to_log_in
