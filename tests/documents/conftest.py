"""Keeping files, as a page would."""

import io

import pytest

from jiceng.documents import operations, subjects
from tests.conftest import NOON

SUBJECT = "documents.test:1"


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def keep(county):
    """Keep a file for a subject of the upper village."""

    def keeping(content, name, **words):
        words = {"title": "签到表", "klass": "internal", "retention": "30_years"} | words
        words = {"subject": SUBJECT, "unit": county.upper, "by": "system", "at": NOON} | words
        return operations.keep(io.BytesIO(content), name=name, **words)

    return keeping


@pytest.fixture
def owner(monkeypatch, county):
    """Answer for the subjects of these tests: readers and changers are named."""
    may = {"read": set(), "change": set()}
    monkeypatch.setattr(subjects.OWNERS, "entries", dict(subjects.OWNERS.entries))
    subjects.register(
        "documents.test",
        lambda user, subject: user.username in may["read"],
        may_change=lambda user, subject: user.username in may["change"],
        unit_of=lambda subject: county.upper,
        page_of=lambda subject: "/",
    )
    return may
