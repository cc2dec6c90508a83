"""The cast of notices: a village with a clerk, a secretary and a supervisor, and its township."""

import datetime
import uuid
from types import SimpleNamespace

import pytest
from django.utils import timezone

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.notices import operations
from jiceng.notices.queries import findings_of
from tests.conftest import NOON, START

DAY = datetime.timedelta(days=1)
AT = datetime.datetime(2026, 3, 2, 10, tzinfo=timezone.get_default_timezone())  # a Monday
TODAY = AT.date()
RESOLUTION = {
    "matter": "修缮村道",
    "meeting": "村民代表会议",
    "held_on": datetime.date(2026, 3, 1),
    "resolution": "同意修缮村道三百米。",
    "entitled": 30,
    "present": 28,
    "votes_for": 27,
}


def holder(name, role, unit):
    """Return a user who holds a role at a unit, until 2099."""
    user = User.objects.create_user(name, None, display_name=name, created_at=NOON)
    grant_to(user, role, unit)
    return user


def grant_to(user, role, unit):
    Grant.objects.create(
        user=user,
        role=role,
        unit_id=unit,
        valid_from=START,
        valid_to=datetime.date(2099, 1, 1),
        recorded_at=NOON,
    )


@pytest.fixture
def cast(county):
    """Who works on the notices of the upper village, and who does not."""
    return SimpleNamespace(
        clerk=holder("文书", "village.clerk", county.upper),
        secretary=holder("书记", "village.secretary", county.upper),
        supervisor=holder("监委会主任", "village.supervisor", county.upper),
        town=holder("乡镇干部", "town.officer", county.town),
        beside=holder("邻镇干部", "town.officer", county.subdistrict),
    )


class Acts:
    """The operations on one notice of the upper village, with what each test need not say."""

    def __init__(self, county, cast):
        self.county, self.cast = county, cast

    def draft(self, body=RESOLUTION, *, kind="resolution", title="修缮村道的决议", at=AT, **more):
        given = {"unit": self.county.upper, "by": self.cast.clerk, **more}
        return operations.draft_notice(
            kind=kind, title=title, body=body, at=at, key=uuid.uuid4(), **given
        )

    def release(self, notice, *, by=None, at=AT, decisions=None, **more):
        if decisions is None:
            decisions = [operations.Decided(one.key, "removed") for one in findings_of(notice)]
        return operations.release_notice(
            notice,
            decisions=decisions,
            by=by or self.cast.supervisor,
            at=at,
            **{"seen": notice.version, **more},
        )

    def public(self, at=AT, **more):
        return self.release(self.draft(at=at, **more), at=at)

    def post(self, notice, day=TODAY, *, at=None, board="村务公开栏", **more):
        moment = at or AT + (day - TODAY)
        given = {"by": self.cast.clerk, "posted_by": "王文书", **more}
        return operations.record_posting(notice, board=board, posted_on=day, at=moment, **given)

    def take_down(self, posting, day, **more):
        given = {"by": self.cast.clerk, "taken_down_by": "王文书", **more}
        return operations.record_taking_down(
            posting, taken_down_on=day, at=AT + (day - TODAY), **given
        )

    def object(self, notice, day=TODAY, *, text="不同意", how="portal", by=None, **more):
        return operations.receive_objection(
            notice, text=text, how=how, received_on=day, by=by, **{"at": AT + (day - TODAY), **more}
        )


@pytest.fixture
def acts(county, cast):
    return Acts(county, cast)
