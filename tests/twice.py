"""Every form that a test of the pages posts is posted again, as an impatient hand does: the answer
is that of the first, and nothing is written but receipt and session.

When the whole suite has run, every form that a page showed must have been among them.
"""

import inspect
import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from jiceng.audit.models import Receipt
from tests.house.sources import routes

OFFERED: set[str] = set()  # routes whose form a page showed
TWICE: set[str] = set()  # routes whose form was done and posted again
FORM = re.compile(r"<form\b[^>]*\bmethod=.post[^>]*>", re.I)
ACTION = re.compile(r'\baction="([^"]*)"')
CHANGES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.I)
_post, _get = Client.post, Client.get


@pytest.fixture
def every_form_twice(monkeypatch):
    """Let every client post each form that is done a second time."""
    monkeypatch.setattr(Client, "post", _post_twice)
    monkeypatch.setattr(Client, "get", _get_and_look)


def _get_and_look(client, path, *arguments, **options):
    answer = _get(client, path, *arguments, **options)
    if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
        for form in FORM.findall(answer.content.decode()):
            action = ACTION.search(form)
            OFFERED.add(_name_of(action[1] if action else str(path)))
    return answer


def _post_twice(client, path, data=None, *arguments, **options):
    answer = _post(client, path, data, *arguments, **options)
    name = _name_of(path)
    if _is_of_the_house(name) and "key" in (data or {}) and _first_of(answer).status_code < 400:
        _rewind(data)
        with connection.execute_wrapper(nothing_is_written):
            again = _post(client, path, data, *arguments, **{**options, "follow": False})
        _is_the_same(_first_of(answer), again, htmx="HX-Request" in (options.get("headers") or {}))
        TWICE.add(name)
    return answer


def _name_of(path):
    try:
        return resolve(urlsplit(str(path)).path or "/").view_name
    except Resolver404:
        return ""


def _is_of_the_house(name):
    return settings.ROOT_URLCONF == "jiceng.project.urls" and _is_a_page(name)


def _first_of(answer):
    """Return the answer to the form itself, which a client that follows has left behind."""
    chain = getattr(answer, "redirect_chain", None)
    return _Led(*chain[0]) if chain else answer


class _Led(dict):
    """An answer that led elsewhere."""

    def __init__(self, location, status_code):
        super().__init__(Location=location)
        self.status_code = status_code


def _rewind(data):
    for value in data.values():
        for one in value if isinstance(value, list | tuple) else [value]:
            if hasattr(one, "seek"):
                one.seek(0)


def nothing_is_written(execute, sql, params, many, context):
    table = CHANGES.match(sql)
    assert not table or table[1] in {"django_session", Receipt._meta.db_table}, sql
    return execute(sql, params, many, context)


def _is_the_same(first, again, *, htmx):
    if first.get("Location"):
        led = again.get("HX-Redirect" if htmx else "Location")
        assert (led, again.status_code) == (first["Location"], 200 if htmx else 302)
    elif htmx:
        assert again.get("HX-Redirect")
    else:
        assert again.status_code == 409  # a page of its own, which is shown once


def never_posted_twice():
    """Return the routes of forms of which no test has shown what a repeat does."""
    views = {name: entry.callback for name, _path, entry in routes() if _is_a_page(name)}
    needing = {name for name, view in views.items() if getattr(view, "key_needed", True)}
    posting = {name for name, view in views.items() if _reads_what_is_posted(view)}
    return sorted(((OFFERED & set(views)) | posting) & needing - TWICE)


def _is_a_page(name):
    return name.startswith(("web:", "portal:"))


def _reads_what_is_posted(view):
    """Say whether the view itself reads a form, or its key; what its helpers read, a form shows."""
    source = inspect.getsource(inspect.unwrap(view))
    return re.search(r"@require_POST|\brequest\.(POST|FILES|key)\b", source) is not None


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Gather what another process has seen."""
    offered, twice = getattr(node, "workeroutput", {}).get("forms", ((), ()))
    OFFERED.update(offered)
    TWICE.update(twice)


def finish(session):
    """Hand over what this process has seen, or judge all of it: forms left out fail the suite."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["forms"] = (sorted(OFFERED), sorted(TWICE))
    elif faults := _faults_of(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        for fault in faults:
            reporter.write_line(fault, red=True)


def _faults_of(config):
    """Return what is to be said at the end of the whole suite; nothing of a part of it."""
    chosen = config.option.keyword or getattr(config.option, "lf", False)
    marks = config.option.markexpr
    of_all = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if not of_all or chosen or (marks and not marks.startswith("not ")):
        return []
    return [f"no test posts the form of {name} twice" for name in never_posted_twice()]
