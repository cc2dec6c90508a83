"""Every page, once, at a desk and on a phone: no barrier, nothing cut off at the side, no fault in
the browser. First what links lead each kind of user to, then what links do not reach.
"""

import html
import random
import re
from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from bench.addresses import OFFICER, READERS, pages
from jiceng.core import clock
from jiceng.demo.build import build
from jiceng.demo.stages.accounts import password_of
from tests.journeys.conftest import NARROW, WIDE

pytestmark = pytest.mark.django_db(transaction=True)
SEED = 2017
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')


@pytest.fixture
def accounts():
    """The accounts of a county of the demonstration, one for each kind of user."""
    city = build(seed=SEED, county="330324", at=clock.now(), say=lambda line: None)
    return [username for username, _who in city.accounts]


def test_is_whole_for_everyone_on_every_screen(visit, accounts):
    findings: list[str] = []
    seen: set[str] = set()
    for username in accounts:
        visitor = visit()
        visitor.log_in(username, password_of(SEED))
        for name in _walk(visitor, seen):
            findings += _look(visitor, name)
        visitor.page.context.close()
    shown = pages(random.Random(SEED))
    for username in {OFFICER, *READERS.values()}:
        visitor = visit()
        visitor.log_in(username, password_of(SEED))
        for name in _open_the_rest(visitor, username, shown, seen):
            findings += _look(visitor, name)
        visitor.page.context.close()

    assert findings == []
    assert {"web:audit", "web:administrators", "web:system", "web:motion_new"} <= seen


def _walk(visitor, seen):
    """Open, one after the other, a page of each address that links lead to; yield its name.

    The first page is another one for each kind of user.
    """
    known = set()
    waiting = deque(["/"])
    while waiting:
        path = waiting.popleft()
        name = _name_of(path)
        if name is None or name in known:
            continue
        known.add(name)
        text = _page_at(visitor, path)
        waiting += map(html.unescape, LINK.findall(text))
        if text and (name not in seen or path == "/"):
            seen.add(name)
            visitor.open(path)
            yield name


def _open_the_rest(visitor, username, shown, seen):
    """Open a page of each kind that no link has led to; of units, one of each level."""
    for kind, paths in shown.items():
        if not paths or READERS.get(kind, OFFICER) != username:
            continue
        new = _name_of(paths[0]) not in seen or kind.startswith(("unit.", "change.", "motion_new."))
        if new and _page_at(visitor, paths[0]):
            seen.add(_name_of(paths[0]))
            visitor.open(paths[0])
            yield kind


def _name_of(path: str) -> str | None:
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return f"a link to nowhere: {path}"


def _page_at(visitor, path: str) -> str:
    """Return what the address answers; nothing if it is a file to keep, or a fragment."""
    answer = visitor.page.context.request.get(visitor.server + path)
    if "html" not in answer.headers["content-type"] or "content-disposition" in answer.headers:
        return ""
    text = answer.text()
    return text if text.lstrip()[:9].lower() == "<!doctype" else ""


def _look(visitor, name: str) -> list[str]:
    """Return what is wrong with the page that is open; take a picture of one where something is."""
    found = []
    for width, height in (WIDE, NARROW):
        visitor.page.set_viewport_size({"width": width, "height": height})
        before = len(found)
        if visitor.page.title().startswith(("没有这个页面", "系统出错")):
            found.append(f"{name}: {visitor.page.title()}")
        if not visitor.fits():
            found.append(f"{name} at {width}: wider than the screen")
        found += [f"{name} at {width}: {barrier}" for barrier in visitor.barriers()]
        if len(found) > before:
            visitor.picture(f"{name.replace(':', '-')}-{width}")
    return found
