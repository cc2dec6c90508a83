"""The calendar of a post's deadlines."""

import icalendar

from jiceng.access.models import Grant
from jiceng.access.public import calendar_token
from tests.orders.cast import moment


def feed(client, token):
    return client.get(f"/api/calendar/{token}.ics")


def test_lists_by_when_a_post_has_to_act_and_names_no_matter(client, run):
    run.dispatched()
    grant = Grant.objects.get(role="village.secretary", unit=run.county.upper)

    response = feed(client, calendar_token(grant))

    assert response["Content-Type"].startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert event["dtstart"].dt == run.now().case.due_at
    assert "路灯" not in response.content.decode()
    others = Grant.objects.get(role="village.secretary", unit=run.county.lower)
    assert not icalendar.Calendar.from_ical(feed(client, calendar_token(others)).content).walk(
        "VEVENT"
    )


def test_ends_with_the_post(client, run):
    grant = Grant.objects.get(role="village.secretary", unit=run.county.upper)
    Grant.objects.filter(pk=grant.pk).update(valid_to=moment().date())

    assert feed(client, calendar_token(grant)).status_code == 404
    for wrong in ("1", "1:x", "x"):
        assert feed(client, wrong).status_code == 404
