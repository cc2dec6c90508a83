"""The header for benches is there when asked for, and only then."""

import re

from django.urls import reverse


def test_it_tells_milliseconds_and_statements_when_asked_to(client, db, settings):
    settings.SERVER_TIMING = True

    told = client.get(reverse("web:log_in"))["Server-Timing"]

    assert re.fullmatch(r'app;dur=\d+\.\d\d, queries;desc="\d+"', told)


def test_it_tells_nothing_otherwise(client, db):
    assert "Server-Timing" not in client.get(reverse("web:log_in"))
