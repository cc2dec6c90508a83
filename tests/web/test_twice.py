"""What watches the second post of every form sees what it is there to see."""

import pytest
from django.db import connection
from django.urls import reverse

from jiceng.registry.models import VillageFact
from tests.conftest import NOON
from tests.twice import never_posted_twice, nothing_is_written
from tests.web.test_registry_pages import holder


def test_a_row_that_is_written_again_is_seen(county):
    row = {"unit_id": county.upper, "kind": "population", "value": 1, "recorded_at": NOON}

    with (
        pytest.raises(AssertionError, match="INSERT INTO"),
        connection.execute_wrapper(nothing_is_written),
    ):
        VillageFact.objects.create(**row, valid_from=NOON.date())


def test_a_form_that_a_page_shows_is_asked_for(client, county, monkeypatch):
    monkeypatch.setattr("tests.twice.OFFERED", set())
    monkeypatch.setattr("tests.twice.TWICE", set())
    client.force_login(holder("clerk", "village.clerk", county.upper))
    client.get(reverse("web:motion_new", args=[county.upper]), {"matter": "village.24.3"})

    assert {"web:motion_new", "web:import_undo"} <= set(never_posted_twice())
