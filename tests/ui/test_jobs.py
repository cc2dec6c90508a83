"""Clearing what browsers leave behind."""

import datetime
import uuid

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from jiceng.audit import receipts
from jiceng.audit.models import Receipt
from jiceng.core import clock
from jiceng.ui.jobs import clear

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("age_days", "left"), [(89, 1), (91, 0)])
def test_forgets_receipts_of_the_last_quarter(age_days, left):
    at = clock.now()
    claimed = at - datetime.timedelta(days=age_days)
    receipts.claim(key=uuid.uuid4(), user_id=7, digest="d", at=claimed)
    clear(at)
    assert Receipt.objects.count() == left


@pytest.mark.parametrize(("seconds", "left"), [(60, 1), (-60, 0)])
def test_forgets_sessions_that_have_ended(seconds, left):
    session = SessionStore()
    session.set_expiry(clock.now() + datetime.timedelta(seconds=seconds))
    session.save()
    clear(clock.now())
    assert Session.objects.count() == left
