"""Wrong passwords: kept as long as the rule says, then removed; counted nowhere."""

import datetime

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.utils import timezone

from jiceng.access.jobs import JOBS
from jiceng.access.operations import unlock_accounts
from jiceng.access.security_log import RETENTION, Retention
from jiceng.core import clock
from tests.conftest import NOON

WRONG = {"username": "clerk", "password": "wrong"}
RIGHT = {"username": "clerk", "password": "correct horse"}
D = datetime.date


def kept(months):
    return Retention(kept_months=months, at_least=6, source="", rule="log.retention")


def test_a_wrong_password_stays_after_a_log_in_and_an_unlocking(client, clerk):
    client.post("/log-in/", WRONG)
    client.post("/log-in/", RIGHT)
    unlock_accounts([clerk], by="system", at=NOON)

    assert not AccessAttempt.objects.exists()
    assert AccessFailureLog.objects.get().username == "clerk"


def test_it_holds_neither_the_password_nor_who_logged_in(client, clerk):
    client.post("/log-in/", WRONG)
    client.post("/log-in/", RIGHT)

    (row,) = AccessFailureLog.objects.values()
    assert "wrong" not in str(row)
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (D(2026, 7, 1), D(2026, 1, 1)),
        (D(2026, 7, 31), D(2026, 1, 1)),
        (D(2026, 3, 5), D(2025, 9, 1)),
    ],
)
def test_six_months_are_kept_whole(today, first):
    assert kept(6).first_kept(today) == first


def test_a_shorter_time_than_the_law_asks_for_is_no_rule():
    with pytest.raises(ValueError, match="5 < 6"):
        kept(5)
    assert RETENTION.kept_months >= RETENTION.at_least == 6
    assert "网络安全法" in RETENTION.source


@pytest.mark.parametrize(("days", "stays"), [(0, True), (-1, False)])
def test_the_job_removes_what_has_passed_its_time(client, clerk, days, stays):
    now = clock.now()
    first = RETENTION.first_kept(clock.day_of(now)) + datetime.timedelta(days=days)
    noon = timezone.make_aware(datetime.datetime.combine(first, datetime.time(12)))
    client.post("/log-in/", WRONG)
    AccessFailureLog.objects.update(attempt_time=noon)

    (job,) = JOBS
    job.run(now)

    assert AccessFailureLog.objects.exists() is stays
