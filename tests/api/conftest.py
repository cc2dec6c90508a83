"""A client with a key, and a lamp that was released."""

import datetime
import uuid

import pytest

from jiceng.access.operations import api_clients
from jiceng.orders import operations
from tests.orders import cast
from tests.orders.cast import moment

UNTIL = datetime.date(2026, 12, 31)


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch):
    monkeypatch.setattr("jiceng.core.clock.now", lambda: moment(hour=12))


@pytest.fixture
def posts(county):
    return cast.posts_of(county)


@pytest.fixture
def issue(db):
    """Issue a key: `issue("place", "update", per_minute=5)`."""

    def issued(*scopes, per_minute=60, name="", until=UNTIL):
        _client, key = api_clients.issue_key(
            name=name or uuid.uuid4().hex[:8],
            scopes=scopes,
            per_minute=per_minute,
            until=until,
            by="system",
            at=moment(),
        )
        return key

    return issued


@pytest.fixture
def run(posts):
    return cast.Run(posts, latitude=28_012_345, longitude=120_654_321)


@pytest.fixture
def lamp(run):
    """An order that was released: rewritten, at the precision of the village."""
    run.accepted()
    order = run.now()
    return operations.release_summary(
        order,
        summary="上村村口一盏路灯不亮",
        seen=order.case.version,
        by=run.posts.town,
        at=moment(hour=11),
    )
