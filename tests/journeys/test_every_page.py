"""Every page that links lead to, once, at a desk and on a phone, as each kind of user who works on
the city: no barrier, nothing cut off at the side, no fault in the browser.
"""

import datetime
from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.demo.build import build
from jiceng.registry.models import Unit
from tests.journeys.conftest import NARROW, PASSWORD, WIDE

pytestmark = pytest.mark.django_db(transaction=True)
ROLES = ["city.officer", "system.administrator", "security.administrator", "audit.administrator"]


@pytest.fixture
def county():
    build(seed=2017, county="330324", at=clock.now(), say=lambda line: None)
    return Unit.objects.order_by("pk").first()


@pytest.fixture
def users(county):
    """One user for each role, over the whole city."""
    now = clock.now()
    for role in ROLES:
        user = User.objects.create_user(role, PASSWORD, display_name=role, created_at=now)
        Grant.objects.create(
            user=user,
            role=role,
            unit=county,
            valid_from=clock.day_of(now),
            valid_to=clock.day_of(now) + datetime.timedelta(days=9),
            recorded_at=now,
        )


def test_is_whole_for_everyone_on_every_screen(visit, users):
    findings: list[str] = []
    seen: set[str] = set()
    for role in ROLES:
        visitor = visit()
        visitor.log_in(role)
        for name in _walk(visitor, seen):
            findings += _look(visitor, name)
        visitor.page.context.clear_cookies()
    assert findings == []
    assert len(seen) > 20


def _walk(visitor, seen):
    """Open, one after the other, a page of each address that links lead to; yield its name."""
    waiting = deque(["/"])
    while waiting:
        path = waiting.popleft()
        name = _name_of(path)
        if name is None or name in seen or not _is_page(visitor, path):
            continue
        seen.add(name)
        visitor.open(path)
        links = "links => links.map(link => link.getAttribute('href'))"
        waiting += visitor.page.locator("a[href]").evaluate_all(links)
        yield name


def _name_of(path: str) -> str | None:
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return f"a link to nowhere: {path}"


def _is_page(visitor, path: str) -> bool:
    """Say whether the address answers a page, not a file to keep."""
    answer = visitor.page.context.request.get(visitor.server + path)
    return "html" in answer.headers["content-type"] and "content-disposition" not in answer.headers


def _look(visitor, name: str) -> list[str]:
    found = []
    for width, height in (WIDE, NARROW):
        visitor.page.set_viewport_size({"width": width, "height": height})
        visitor.picture(f"{name.replace(':', '-')}-{width}")
        if visitor.page.title().startswith(("没有这个页面", "系统出错")):
            found.append(f"{name}: {visitor.page.title()}")
        if not visitor.fits():
            found.append(f"{name} at {width}: wider than the screen")
        found += [f"{name} at {width}: {barrier}" for barrier in visitor.barriers()]
    return found
