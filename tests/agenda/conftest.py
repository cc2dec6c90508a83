"""Who answers for what, what is asked of them, and messages as the job process sends them: into
files, at the moment that the test says.
"""

import datetime

import pytest
from django.utils import timezone

from jiceng.access.models import Grant, MessageAddress
from jiceng.accounts.models import User
from jiceng.agenda import outbox
from jiceng.agenda.operations import Asked
from tests.conftest import NOON, START

END = datetime.date(2018, 1, 1)


def holder(name, role, unit, **fields):
    user = User.objects.create_user(name, display_name=name, created_at=NOON)
    row = {"valid_from": START, "valid_to": END, "recorded_at": NOON, **fields}
    Grant.objects.create(user=user, role=role, unit_id=unit, **row)
    return user


@pytest.fixture
def officer(county):
    return holder("officer", "town.officer", county.town)


@pytest.fixture
def secretary(county):
    return holder("secretary", "village.secretary", county.upper)


def asked(county, number=1, *, unit=None, role="village.secretary", title="", **fields):
    subject = f"orders.order:{number}"
    title = title or f"走访 {number}"
    return Asked(role, unit or county.upper, "orders.visit", subject, title, **fields)


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


@pytest.fixture
def sent_files(settings, tmp_path):
    """Messages by e-mail go into files; return what is in them, oldest first."""
    settings.DATA_DIR = tmp_path
    settings.MESSAGES_TO_FILES = ["email"]
    folder = tmp_path / "messages" / "email"

    def files():
        found = sorted(folder.glob("*"), key=lambda path: path.stat().st_mtime_ns)
        return [path.read_text("utf-8") for path in found]

    return files


@pytest.fixture
def wants():
    """Let users want their messages by e-mail."""

    def wanting(*users, way="email"):
        for user in users:
            MessageAddress.objects.create(
                user=user, way=way, address=f"{user.username}@example.org", chosen_at=NOON
            )

    return wanting


def run(text):
    """Do what the job process does at a moment."""
    outbox.send_due(at(text))
