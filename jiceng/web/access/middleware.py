"""Pages need a log-in; what was being sent when it had expired is kept through the next one."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect

from jiceng.ui.carried import carried_of, page_of_form
from jiceng.ui.repeats import READING
from jiceng.web.access.log_in import log_in_again


class LogInMiddleware(LoginRequiredMiddleware):
    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        if request.method not in READING:
            return log_in_again(request, carried_of(request))
        if request.htmx:
            return HttpResponseClientRedirect(redirect_to_login(page_of_form(request)).url)
        return super().handle_no_permission(request, view_func)
