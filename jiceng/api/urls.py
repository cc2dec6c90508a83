"""Addresses of the API: without a log-in, without forms of our own."""

from django.urls import path
from django.urls.resolvers import URLPattern

from jiceng.api import calendars
from jiceng.api.open311 import api

_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _pattern.callback.login_required = False  # type: ignore[attr-defined]  # marks, as on views
        _pattern.callback.key_needed = False  # type: ignore[attr-defined]  # keys are the clients'

urlpatterns = [
    path("open311/v2/", (_patterns, _app, _namespace)),
    path("calendar/<str:token>.ics", calendars.deadlines, name="api_calendar"),
]
