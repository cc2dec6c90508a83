"""How long the server took for an answer, told in a header when asked to (for benches)."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponse


class TimingMiddleware:
    """Add `Server-Timing: app;dur=12.3, queries;desc="7"`: milliseconds and statements."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.SERVER_TIMING:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        statements = 0

        def count(execute: Callable[..., Any], *args: Any) -> Any:
            nonlocal statements
            statements += 1
            return execute(*args)

        began = time.perf_counter()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        took = (time.perf_counter() - began) * 1000
        response["Server-Timing"] = f'app;dur={took:.2f}, queries;desc="{statements}"'
        return response
