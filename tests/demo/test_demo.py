"""The demonstration city: the same seed gives the same city, through operations only."""

import pytest
from django.core.management import call_command
from django.db import transaction

from jiceng.audit.models import Entry
from jiceng.measures.models import Figures
from jiceng.programmes.models import Belt, BeltMember, PointStatus, Verdict
from jiceng.registry.models import Membership, Person, Post, Unit, UnitName, UnitPath, VillageFact
from jiceng.registry.models.units import Kind, Tree
from jiceng.registry.operations import rebuild_paths

TAISHUN = "330329"


@pytest.fixture
def taishun(db):
    call_command("demo", county=TAISHUN, verbosity=0)


def portrait():
    """Return what a city looks like, without the numbers of its rows."""
    return {
        "names": sorted(UnitName.objects.values_list("name", "kind")),
        "people": sorted(Person.objects.values_list("name", "birth_month")),
        "facts": sorted(VillageFact.objects.values_list("unit__names__name", "kind", "value")),
        "belts": sorted(Belt.objects.values_list("number", "name", "level", "length_m")),
        "members": sorted(
            BeltMember.objects.exclude(unit=None).values_list(
                "belt__number", "order", "unit__names__name", "on_main_road"
            )
        ),
        "statuses": sorted(PointStatus.objects.values_list("unit__names__name", "status")),
        "verdicts": sorted(
            Verdict.objects.values_list("target", "state", "numerator", "gap"), key=str
        ),
    }


@pytest.fixture
def portraits(db):
    """Two cities of one seed, built one after the other from nothing."""
    found = []
    for _ in range(2):
        before = transaction.savepoint()
        call_command("demo", county=TAISHUN, verbosity=0)
        found.append(portrait())
        transaction.savepoint_rollback(before)
    return found


def test_the_same_seed_gives_the_same_city(portraits):
    first, second = portraits
    assert first["belts"]
    for part, rows in first.items():
        assert rows == second[part], part


def test_a_county_has_what_a_city_has(taishun):
    divisions = Unit.objects.filter(tree=Tree.DIVISION)
    villages = UnitName.objects.filter(kind=Kind.VILLAGE).count()

    assert (villages, divisions.count()) == (298, 337)
    assert Unit.objects.filter(tree=Tree.ORGANISATION).count() > 4 * villages
    assert Post.objects.filter(role="party_secretary").exists()
    assert Membership.objects.exists()
    assert Figures.objects.filter(period="2017-12").exists()


def test_its_paths_are_those_that_its_placements_give(taishun):
    rows = UnitPath.objects.values_list("unit_id", "path", "valid_from", "valid_to")
    kept = set(rows)
    rebuild_paths(UnitPath.objects.values_list("unit_id", flat=True))
    assert set(rows.all()) == kept


def test_some_targets_hold_and_some_fail(taishun):
    states = dict.fromkeys(Verdict.objects.values_list("state", flat=True))
    assert {"met", "short"} <= states.keys()


def test_every_step_left_its_entry(taishun):
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {
        "registry.unit.founded",
        "registry.post.appointed",
        "standards.rating.recorded",
        "programmes.belt.recorded",
    } <= actions
