"""The promise of the whole: whatever becomes of units, the root equals the number of rows."""

import datetime
import itertools
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiceng.core.periods import Month
from jiceng.measures.queries import figure, figures_of_children, restated
from jiceng.registry.models import Person, Post, Unit
from jiceng.registry.models.units import Kind, Level
from tests.measures.acts import EVENING, Register, count

START = datetime.date(2017, 1, 1)
MONTHS = [Month(2017, 1), Month(2017, 6), Month(2018, 2), Month(2019, 6)]
ACTS = st.sampled_from(["found", "post", "post", "post", "move", "merge", "split", "abolish"])


class History:
    """A random history of one city: what stands where, and the posts that were ever begun."""

    def __init__(self):
        self.register = Register()
        self.day = START
        self.person = Person.objects.create(number="1", name="某人", recorded_at=EVENING)
        self.city = self.register.found("市", None, START, kind=Kind.CITY, level=Level.CITY)
        self.committee = self.register.found(
            "市委", None, START, kind=Kind.PARTY_COMMITTEE, level=1, seat=self.city
        )
        self.parents = {"division": {}, "organisation": {}}  # of standing units, roots left out
        for _town in range(3):
            self._found("division", self.city)

    def _root(self, tree):
        return self.city if tree == "division" else self.committee

    def _found(self, tree, parent, seat=None):
        kind = Kind.VILLAGE if tree == "division" else Kind.BRANCH
        unit = self.register.found("某处", parent, self.day, kind=kind, seat=seat)
        self.parents[tree][unit] = parent
        return unit

    def act(self, act, draw):
        """Do one thing, a few weeks after the last one."""
        self.day += datetime.timedelta(days=draw(st.integers(1, 60)))
        tree = draw(st.sampled_from(["division", "organisation"]))
        places = [self._root(tree), *self.parents[tree]]
        leaves = [unit for unit in self.parents[tree] if unit not in self.parents[tree].values()]
        if act == "post":
            unit = draw(st.sampled_from(places))
            self._post(unit)
        elif act == "found":
            seats = [self.city, *self.parents["division"]]
            seat = draw(st.sampled_from(seats)) if tree == "organisation" else None
            self._found(tree, draw(st.sampled_from(places)), seat)
        elif leaves:
            self._change(act, tree, draw(st.sampled_from(leaves)), draw)

    def _post(self, unit):
        Post.objects.create(
            unit_id=unit,
            person=self.person,
            role="secretary",
            title="书记",
            valid_from=self.day,
            recorded_at=EVENING,
        )

    def _change(self, act, tree, unit, draw):
        others = [one for one in self.parents[tree] if one != unit]
        parent = draw(st.sampled_from([self._root(tree), *others]))
        if act == "move":
            self.register.move(unit, parent, self.day)
            self.parents[tree][unit] = parent
            return
        self.parents[tree].pop(unit)
        if act == "abolish" or not others:
            self.register.abolish(unit, self.day)
        elif act == "merge":
            self.register.succeed(unit, {parent: 1}, self.day)
        else:
            part = draw(st.integers(1, 6))
            shares = {parent: Fraction(part, 7), self._found(tree, parent): Fraction(7 - part, 7)}
            self.register.succeed(unit, shares, self.day)


def rows_of(measure, month):
    posts = Post.objects.filter(valid_from__lte=month.last)
    return posts.filter(valid_from__gte=month.first) if measure.endswith("begun") else posts


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACTS, min_size=4, max_size=16), st.data())
def test_the_root_equals_the_number_of_rows(acts, data):
    with transaction.atomic():
        history = History()
        for act in acts:
            history.act(act, data.draw)
        count("registry.Post", months=MONTHS)

        city, committee = Unit.objects.get(pk=history.city), Unit.objects.get(pk=history.committee)
        for code, month in itertools.product(["registry.posts", "registry.posts.begun"], MONTHS):
            rows = rows_of(code, month)
            assert figure(code, city, month).value == rows.count()
            assert (
                figure(code, committee, month).value
                == rows.filter(unit__tree="organisation").count()
            )
            today = restated(code, month, MONTHS[-1].last)
            assert today.value_of(city.pk) == rows.count()
            assert today.rolled.min() >= 0
        holders = figure("registry.post_holders", city, MONTHS[-1])
        assert holders.value == min(1, rows_of("registry.posts", MONTHS[-1]).count())
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACTS, min_size=4, max_size=16), st.data())
def test_a_unit_counts_its_own_rows_and_those_of_its_children(acts, data):
    with transaction.atomic():
        history = History()
        for act in acts:
            history.act(act, data.draw)
        month = MONTHS[-1]
        count("registry.Post", months=[month])

        for unit in Unit.objects.on(month.last):
            whole = figure("registry.posts", unit, month)
            below = figures_of_children(["registry.posts"], unit, month).values()
            assert whole.value >= sum(one["registry.posts"].value for one in below)
            assert 0 <= whole.ended <= whole.value
        transaction.set_rollback(True)
