"""Many change one subtree at once: the trees stay trees, and everything follows them."""

import datetime
import random
from collections import Counter
from fractions import Fraction

import pytest
from django.db import transaction

from jiceng.registry.models import Placement, Unit
from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import (
    Founding,
    Inheritance,
    end_units,
    found_units,
    move_units,
    seat_organisations,
    succeed,
)
from tests.conftest import NOON
from tests.proofs.soundness import assert_sound
from tests.proofs.workers import WORKERS, at_once, told
from tests.proving import note, size

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]
ROUNDS = size(small=4, full=60)
ACTS = size(small=12, full=400)  # of each worker
DONE = {"by": "system", "at": NOON}


def found(parent, day, *, name="新村委会"):
    founding = Founding(name, Kind.VILLAGE, Level.VILLAGE, parent=parent)
    return found_units([founding], tree=Tree.DIVISION, day=day, **DONE)[0]


def test_two_units_never_take_each_other(county):
    """Each of a ring moves below the next: all of them together would close the circle."""
    for _round in range(ROUNDS):
        ring = [found(county.town, county.start) for _worker in range(WORKERS)]
        day = county.start + datetime.timedelta(days=1)

        def join(worker, ring=ring, day=day):
            moves = {ring[worker]: ring[(worker + 1) % WORKERS]}
            return told(move_units, moves, day=day, **DONE)

        refusals = Counter(refusal for _none, refusal in at_once(join))
        assert refusals == {"": WORKERS - 1, "InCircle": 1}
    assert_sound()


def test_nothing_is_put_below_a_unit_that_ends(county):
    """One ends a unit while the others found, move and seat below it."""
    end = county.start + datetime.timedelta(days=30)
    for _round in range(ROUNDS):
        ending = found(county.town, county.start)
        movers = [found(county.town, county.start) for _worker in range(WORKERS)]

        def act(worker, ending=ending, movers=movers):
            if worker == 0:
                return told(end_units, [ending], ending="abolition", day=end, **DONE)
            if worker % 2:
                return told(found, ending, county.start)
            moves = {movers[worker]: ending}
            return told(move_units, moves, day=county.start + datetime.timedelta(days=1), **DONE)

        refusals = {refusal for _answer, refusal in at_once(act)}
        assert refusals <= {"", "HasChildren", "ParentNotThen"}
        assert_sound()


def test_one_unit_is_inherited_once(county):
    """Every worker says that the same unit goes on in another one."""
    day = county.start + datetime.timedelta(days=30)
    for _round in range(ROUNDS):
        old, *heirs = (found(county.town, county.start) for _one in range(WORKERS + 1))
        end_units([old], ending="merger", day=day, **DONE)

        def inherit(worker, old=old, heirs=heirs):
            return told(succeed, [Inheritance(old, heirs[worker])], day=day, **DONE)

        refusals = Counter(refusal for _none, refusal in at_once(inherit))
        assert refusals == {"": 1, "AlreadySucceeded": WORKERS - 1}
    assert_sound()


def test_heirs_are_followed_to_the_end_of_chains_made_at_once(county):
    """Each unit goes on in the next one, which ends at the same moment."""
    for _round in range(ROUNDS):
        chain = [found(county.town, county.start) for _worker in range(WORKERS + 1)]

        def merge(worker, chain=chain):
            day = county.start + datetime.timedelta(days=30 + worker)
            with transaction.atomic():
                end_units([chain[worker]], ending="merger", day=day, **DONE)
                succeed([Inheritance(chain[worker], chain[worker + 1])], day=day, **DONE)

        at_once(merge)
        last = Unit.objects.get(pk=chain[-1])
        assert set(last.legacies.values_list("unit_id", flat=True)) == set(chain[:-1])
    assert_sound()


class Worker:
    """Does one thing after the other to units drawn by chance, days going on or going back."""

    def __init__(self, number, county):
        self.chance = random.Random(number)
        self.county = county

    def act(self):
        kind = self.chance.choice(["found", "move", "move", "merge", "split", "abolish", "seat"])
        day = self.county.start + datetime.timedelta(days=self.chance.randrange(1, 900))
        return kind, told(getattr(self, kind), day)[1]

    def draw(self, tree=Tree.DIVISION):
        """Return a unit below the county, ended ones among them."""
        below = Unit.objects.filter(tree=tree).exclude(
            pk__in=[self.county.city, self.county.county]
        )
        return self.chance.choice(list(below.values_list("pk", flat=True)))

    def found(self, day):
        if self.chance.random() < 0.7:
            return found(self.draw(), day)
        founding = Founding("某支部", Kind.BRANCH, 1, seat=self.draw(), domain="village")
        return found_units([founding], tree=Tree.ORGANISATION, day=day, **DONE)[0]

    def move(self, day):
        move_units({self.draw(): self.draw()}, day=day, **DONE)

    @transaction.atomic
    def merge(self, day):
        old, new = self.draw(), self.draw()
        end_units([old], ending="merger", day=day, **DONE)
        succeed([Inheritance(old, new)], day=day, **DONE)

    def abolish(self, day):
        end_units([self.draw()], ending="abolition", day=day, **DONE)

    @transaction.atomic
    def split(self, day):
        old = self.draw()
        parent = Placement.objects.filter(unit=old).order_by("-valid_from").first().parent_id
        end_units([old], ending="split", day=day, **DONE)
        parts = [found(parent, day), found(parent, day)]
        shares = [
            Inheritance(old, parts[0], Fraction(1, 3)),
            Inheritance(old, parts[1], Fraction(2, 3)),
        ]
        succeed(shares, day=day, **DONE)

    def seat(self, day):
        seat_organisations({self.draw(Tree.ORGANISATION): self.draw()}, day=day, **DONE)


def test_moves_mergers_and_splits_leave_two_trees(county):
    branch = Founding("首支部", Kind.BRANCH, 1, seat=county.town)
    found_units([branch], tree=Tree.ORGANISATION, day=county.start, **DONE)
    for _village in range(24):
        found(county.town, county.start)

    def change(number):
        worker = Worker(number, county)
        return [worker.act() for _act in range(ACTS)]

    done = Counter(kind for one in at_once(change) for kind, refusal in one if not refusal)

    assert {"found", "move", "merge", "seat"} <= done.keys()
    assert_sound()
    note(
        "a subtree changed by all at once stays sound",
        done.total(),
        "changes made",
        at_size=f"{WORKERS} workers, {WORKERS * ACTS} attempts",
    )
