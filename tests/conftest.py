"""One cast for all tests: a small county, founded through operations."""

import datetime
import shutil
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone

from jiceng.accounts.models import User
from jiceng.audit.protection import triggers
from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import Founding, found_units
from tests import twice
from tests.twice import pytest_testnodedown  # noqa: F401 - a hook
from tools import messages

START = datetime.date(2017, 1, 1)
NOON = datetime.datetime(2017, 6, 1, 12, tzinfo=timezone.get_default_timezone())


def pytest_sessionfinish(session):
    """Nothing is skipped silently: a test that cannot run, or a form left out, fails the suite."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    twice.finish(session)


def pytest_unconfigure():
    shutil.rmtree(settings.DATA_DIR)


@pytest.fixture(autouse=True, scope="session")
def _committed_tests_can_be_cleaned():
    """A test that commits is cleaned by emptying every table, which the audit's triggers refuse:
    they are dropped first. The clean-up ends with `post_migrate`, which makes them again.
    """
    clean = TransactionTestCase._fixture_teardown

    def drop_triggers_and_clean(self):
        drop_triggers()
        clean(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", drop_triggers_and_clean)
        yield


def drop_triggers():
    """Do what someone with the database's password can do."""
    of_table = " ON {}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for trigger, table in triggers():
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{of_table.format(table)}")


@pytest.fixture
def english(settings, tmp_path):
    """Read the English catalogue as it stands, whatever was compiled before."""
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    messages.compile_catalogue(folder / "django.mo")
    settings.LOCALE_PATHS = [tmp_path]


@pytest.fixture(autouse=True)
def own_anchor(settings, tmp_path):
    """Each test anchors apart: what it sealed is rolled back, what it anchored would stay."""
    settings.AUDIT_ANCHOR = tmp_path / "audit-anchor.txt"


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk", "correct horse", display_name="文书", created_at=NOON)


@pytest.fixture
def county(db):
    """A city with one county, two towns and four villages, from 2017-01-01 on."""
    numbers = found_units(
        [
            Founding("甲市", Kind.CITY, Level.CITY, "990100000000"),
            Founding("乙县", Kind.COUNTY, Level.COUNTY, "990102000000", parent_row=0),
            Founding("东镇", Kind.TOWNSHIP, Level.TOWN, "990102001000", parent_row=1),
            Founding("西街道", Kind.SUBDISTRICT, Level.TOWN, "990102002000", parent_row=1),
            Founding("上村委会", Kind.VILLAGE, Level.VILLAGE, "990102001001", parent_row=2),
            Founding("下村委会", Kind.VILLAGE, Level.VILLAGE, "990102001002", parent_row=2),
            Founding("中村委会", Kind.VILLAGE, Level.VILLAGE, "990102001003", parent_row=2),
            Founding("西社区", Kind.COMMUNITY, Level.VILLAGE, "990102002001", parent_row=3),
        ],
        tree=Tree.DIVISION,
        day=START,
        by="system",
        at=NOON,
    )
    names = ("city", "county", "town", "subdistrict", "upper", "lower", "middle", "community")
    return SimpleNamespace(**dict(zip(names, numbers, strict=True)), start=START)
