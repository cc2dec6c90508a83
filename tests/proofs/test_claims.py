"""All members press "I will" at once: no post holds more than it has room for, no wish has two."""

from collections import Counter

import pytest

from jiceng.orders.models import Claim, MicroWish, WelfarePost
from jiceng.orders.operations import voluntary
from tests.conftest import NOON
from tests.orders import volunteers as cast
from tests.orders.volunteers import checked, collected, member, river
from tests.proofs.workers import WORKERS, at_once, told
from tests.proving import note, size

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
TIMES = size(small=3, full=200)
ROOM = 3


@pytest.fixture
def village(county):
    organisations = cast.branches(county)
    people = cast.staff(county, organisations)
    members = [member(organisations.branch, f"党员{n}") for n in range(WORKERS)]
    return county, organisations, people, members


def test_a_post_holds_as_many_as_it_has_room_for(village):
    _county, organisations, _people, members = village
    posts = [river(organisations.village, capacity=ROOM) for _ in range(TIMES)]

    def press(worker):
        return [told(voluntary.claim_post, one, by=members[worker], at=NOON)[1] for one in posts]

    answers = at_once(press)

    each = [Counter(one) for one in zip(*answers, strict=True)]
    assert each == [{"": ROOM, "NoRoom": WORKERS - ROOM}] * TIMES
    assert all(one.claims.count() == ROOM for one in WelfarePost.objects.all())
    note("no post holds more than its room", WORKERS * TIMES, "attempts", at_size=WORKERS)


def test_a_wish_is_taken_on_by_one_and_given_back_for_the_next(village):
    county, _organisations, people, members = village
    wishes = [checked(collected(county)[0], people.secretary) for _ in range(TIMES)]

    def press(worker):
        answers = []
        for wish in wishes:
            claim, refusal = told(voluntary.claim_wish, wish, by=members[worker], at=NOON)
            if claim is not None and worker % 2:  # every second one thinks better of it
                refusal = told(voluntary.give_back, claim, by=members[worker], at=NOON)[1]
            answers.append(refusal)
        return answers

    answers = [one for of_worker in at_once(press) for one in of_worker]

    assert set(answers) <= {"", "NotNow"}
    for wish in MicroWish.objects.all():
        held = wish.claims.filter(state__in=Claim.LIVE).count()
        assert held == (1 if wish.state == "taken" else 0)
        assert wish.state in {"taken", "checked"}
    note("no wish has two", WORKERS * TIMES, "attempts", at_size=WORKERS)
