"""Lawful by construction: what the software must never do (N1–N14), read off models and routes.

Each test names its rule and its basis. A rule that cannot be broken yet, because the package it
binds does not exist, says so and watches for that package.
"""

import ast
import datetime
import re

import pytest
from django.db.models import NOT_PROVIDED
from django.utils import timezone

from jiceng.agenda.hours import is_quiet
from jiceng.core.workdays import is_workday
from jiceng.orders.catalogue import services
from jiceng.orders.models import Telling
from jiceng.programmes.models import Programme
from jiceng.registry.models import Person
from tests.house.sources import HOUSE, declared, layers, models, parsed, place, routes

PERSONAL = {"User", "Person", "Post", "Membership", "Grant", "OneTimeCode"}


def _columns():
    for model in models():
        for field in model._meta.concrete_fields:
            yield model, field.name


def _found(pattern, *, of=lambda model: True):
    named = re.compile(pattern)
    return [
        f"{model.__name__}.{name}" for model, name in _columns() if of(model) and named.search(name)
    ]


def _addressed(pattern):
    named = re.compile(pattern)
    return [name for name, path, _ in routes() if named.search(path) or named.search(name)]


def _counted():
    return declared("measures", "MEASURES")


def _orderings():
    """Yield what every `order_by(…)` and `ordering = …` of the house names, with its place."""
    for path, tree in parsed().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "order_by":
                yield from ((place(path, node.lineno), text) for text in _texts(node.args))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "ordering":
                yield from ((place(path, node.lineno), text) for text in _texts([node.value]))


def _texts(nodes):
    return [
        node.value
        for outer in nodes
        for node in ast.walk(outer)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_n1_no_log_in_online_time_page_view_or_study_time_is_kept():
    """N1 (国办函〔2026〕12号): no column for it, no address that shows it, no measure of it."""
    use = r"last_login|last_seen|log_?ins?_|login_count|online|duration|minutes_|views?_count|visits|clicks|streak"

    assert _found(use) == []
    assert _addressed(r"online|visits|usage|activity-rank|login-count") == []
    assert [m.code for m in _counted() if re.search(use, m.code)] == []


def test_n2_nothing_takes_a_position_together_with_an_identity():
    """N2: no column places a person, no address is a check-in."""
    position = r"latitude|longitude|^lat$|^lng$|^lon$|position|location_of|check_?in|gps|face"

    assert _found(position, of=lambda model: model.__name__ in PERSONAL) == []
    assert _addressed(r"check-?in|clock-?in|sign-?in-?place|track") == []


def test_n3_no_list_of_persons_is_ordered_by_points():
    """N3: no points on a person, and nothing of the house is ordered by points or rank."""
    points = r"points?$|score|rank|merit"

    assert _found(points, of=lambda model: model.__name__ in PERSONAL) == []
    assert [at for at, text in _orderings() if re.search(r"score|points$|rank", text)] == []
    assert not any(
        re.search(points, field.name) for field in Person._meta.get_fields() if field.concrete
    )


def test_n4_units_are_compared_by_outcomes_never_by_use():
    """N4: no measure counts rows of what the software keeps about its own use."""
    of_use = {"accounts.", "audit.", "agenda.", "access.", "exchange.", "feedback."}

    assert [m.code for m in _counted() if m.source.startswith(tuple(of_use))] == []


def test_n5_no_step_asks_for_a_photo_video_or_track():
    """N5: no column or form field for one exists; a file with a law behind it names it here."""
    evidence = r"photo|image|picture|video|track|selfie"

    # A resident may add a photo; nobody who works has a field for one.
    given = {"Telling.photo", "BoardEntry.photo"}
    way = {"Order.track", "OrderStatus.track"}  # duty, voluntary or conduct
    assert set(_found(evidence)) - given - way == set()
    assert Telling._meta.get_field("photo").null
    assert [
        place(path)
        for path in HOUSE.rglob("*.html")
        if re.search(r"\bcapture\b|accept=.image", path.read_text())
    ] == []


def test_n6_a_fact_has_one_owner():
    """N6: the name, code and place of a unit are kept in the registry and nowhere copied."""
    facts = {"unit_name", "unit_code", "county_name", "town_name", "village_name", "population"}

    # An edition under review is divided by the towns as they were then.
    kept_as_they_were = {"Fate.town_name"}
    copies = {f"{m.__name__}.{name}" for m, name in _columns() if name in facts and not _owns(m)}

    assert copies - kept_as_they_were == set()


def _owns(model):
    return model._meta.app_label == "registry"


def test_n7_no_form_can_be_sent_down_without_review():
    """N7 cannot arise yet: forms of other departments come with `returns`, and their review too."""
    assert "returns" not in layers()


def test_n8_nothing_is_pushed_at_night_and_no_one_sees_who_has_read():
    """N8: every hour from 20 to 8 and every day off is quiet; only the outbox sends; no column or
    address shows who has read what. tests/agenda/test_messages.py sends over a whole holiday.
    """
    hours_of_a_year = [FIRST_HOUR + datetime.timedelta(hours=n) for n in range(366 * 24)]
    sending = [at for at in hours_of_a_year if not is_quiet(at)]

    assert sending
    assert [at for at in sending if not (8 <= at.hour < 20 and is_workday(at.date()))] == []
    assert [place(path) for path, tree in parsed().items() if _sends(tree)] == [OUTBOX]
    assert _found(r"read_at|seen_at|read_by|opened_at|delivered_at") == []
    assert _addressed(r"receipt|unread|read-by") == []


OUTBOX = "jiceng/agenda/ways.py"
FIRST_HOUR = datetime.datetime(2017, 1, 1, tzinfo=timezone.get_default_timezone())


def _sends(tree):
    """Say whether a module imports what sends: of mail, or of any other service."""
    sending = ("smtplib", "django.core.mail", "requests", "httpx", "urllib.request", "http.client")
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        if any(name.startswith(sending) for name in names):
            return True
    return False


def test_n9_everything_works_in_a_browser_and_nobody_is_listed_for_not_having_logged_in():
    """N9: no app to install; no list of those who have not logged in or installed."""
    assert _found(r"installed|activated|device|push_token") == []
    assert _addressed(r"not-installed|inactive|never-logged") == []


def test_n10_no_like_forward_or_vote_is_scored():
    """N10: there is no social counter."""
    assert _found(r"likes?$|likes_|forwards|shares?_count|thumbs|followers|comments_count") == []


@pytest.mark.parametrize("model_name", ["PointStatus", "BeltCompletion"])
def test_n11_a_judgement_waits_for_a_named_person(model_name):
    """N11: what confers a title carries who confirmed it and when; nothing fills it in by itself."""
    model = next(model for model in models() if model.__name__ == model_name)
    confirmed = [field for field in model._meta.concrete_fields if "confirmed_by" in field.name]

    assert confirmed
    assert all(not field.default or field.default is NOT_PROVIDED for field in confirmed)


def test_n12_no_task_is_assigned_outside_the_list_of_duties():
    """N12: every kind of duty names an item of the duty list; what is not in the handler's is
    given by the county alone (`tests/orders/test_giving.py`).
    """
    duty = [one for one in services() if one.track == "duty"]

    assert duty
    assert [one.code for one in duty if not one.duty_item] == []


def test_n13_no_programme_runs_without_authority_and_an_end():
    """N13: the database refuses a programme without an approval reference or a sunset day."""
    constraints = {constraint.name for constraint in Programme._meta.constraints}

    assert "programme_has_an_approval_reference" in constraints
    assert Programme._meta.get_field("sunset_on").null is False
    assert Programme._meta.get_field("approval_ref").null is False


def test_n14_no_page_shames_a_person():
    """N14: nothing open to the public names a person, and no address lists offenders."""
    public = [model for model in models() if model.__name__.startswith("Public")]
    personal = [
        f"{model.__name__}.{field.name}"
        for model in public
        for field in model._meta.concrete_fields
        if field.remote_field or re.search(r"person|name$|phone|contact", field.name)
    ]

    assert personal == []
    assert _addressed(r"blacklist|shame|offender|worst") == []
