"""The same form posted by all at once: done once, answered the same."""

import uuid
from collections import Counter

import pytest

from jiceng.audit.models import Entry, Receipt
from tests.proofs.workers import WORKERS, at_once
from tests.proving import note, size

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
FORMS = size(small=10, full=250)


@pytest.fixture
def browser(client, clerk, settings):
    """The clerk, logged in, in front of the form of tests/ui."""
    settings.ROOT_URLCONF = "tests.ui.pages"
    client.force_login(clerk)
    return client


def told(answer):
    """Return the status and where it leads: an answer of the test client holds all its page."""
    return answer.status_code, answer.get("Location")


def test_a_form_sent_by_all_at_once_is_done_once_and_answered_the_same(browser):
    forms = [{"key": str(uuid.uuid4()), "title": f"第{n}次"} for n in range(FORMS)]

    def post_all(_worker):
        return [told(browser.post("/write/", form)) for form in forms]

    given = [Counter(one) for one in zip(*at_once(post_all), strict=True)]

    done, wait = (302, "/after/"), (409, None)  # 409: the first of them is still being worked on
    assert all(one[done] >= 1 and one[done] + one[wait] == WORKERS for one in given), given
    assert Entry.objects.filter(action="tests.note").count() == FORMS
    assert Receipt.objects.filter(status=302).count() == FORMS
    again = browser.post("/write/", forms[0])
    assert told(again) == done
    note("a form sent by all at once is done once", FORMS, "forms", at_size=f"{WORKERS} senders")


def test_of_two_contents_under_one_key_one_is_done(browser):
    keys = [str(uuid.uuid4()) for _form in range(FORMS)]

    def post_all(worker):
        forms = [{"key": key, "title": f"{worker}号"} for key in keys]
        return [browser.post("/write/", form).status_code for form in forms]

    given = [Counter(one) for one in zip(*at_once(post_all), strict=True)]

    assert given == [{302: 1, 409: WORKERS - 1}] * FORMS
    assert Entry.objects.filter(action="tests.note").count() == FORMS
