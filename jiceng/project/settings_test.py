"""Settings of the tests: a database from JICENG_TEST_DATABASE, cheap hashing, jobs at once."""

import tempfile
from pathlib import Path

from jiceng.project import environment
from jiceng.project.settings import *  # noqa: F403 - the tests run under the real settings
from jiceng.project.settings import TEMPLATES

_FOLDER = Path(tempfile.mkdtemp(prefix="jiceng-test-"))  # removed by tests/conftest.py
SECRET_KEY = "only-for-tests"  # noqa: S105 - nothing is kept under it
DATA_DIR = _FOLDER
MEDIA_ROOT = _FOLDER / "files"
STATIC_ROOT = _FOLDER / "static"
STATIC_ROOT.mkdir()
AUDIT_ANCHOR = _FOLDER / "audit-anchor.txt"
DATABASES = {"default": environment.database(environment.text("JICENG_TEST_DATABASE"), _FOLDER)}
DATABASES["default"]["CONN_MAX_AGE"] = 0
if not environment.text("JICENG_TEST_DATABASE"):
    # A file with its journal, as in use: one in memory would lock in other ways.
    DATABASES["default"]["TEST"] = {"NAME": _FOLDER / "test.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "⚠undefined⚠ %s"  # type: ignore[index]  # OPTIONS is a dict
