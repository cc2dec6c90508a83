import uuid
from pathlib import Path

import pytest

WRITE = "/write/"


@pytest.fixture(autouse=True)
def _pages(settings):
    settings.ROOT_URLCONF = "tests.ui.pages"
    engine = settings.TEMPLATES[0] | {"DIRS": [Path(__file__).parent / "templates"]}
    settings.TEMPLATES = [engine]


@pytest.fixture
def browser(client, clerk):
    """The clerk, logged in."""
    client.force_login(clerk)
    return client


@pytest.fixture
def note():
    """A filled form with its key."""
    return {"key": str(uuid.uuid4()), "title": "清明值班"}
