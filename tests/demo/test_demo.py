"""The demonstration city: the same seed gives the same city, through operations only."""

import pytest
from django.core.management import call_command
from django.db import transaction

from jiceng.audit.models import Entry
from jiceng.measures.models import Figures
from jiceng.notices.models import Notice
from jiceng.procedures.models import Case
from jiceng.programmes.models import Belt, BeltMember, PointStatus, Verdict
from jiceng.registry.models import (
    Membership,
    Person,
    Post,
    Remark,
    Unit,
    UnitName,
    UnitPath,
    VillageFact,
)
from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import rebuild_paths

TAISHUN = "330329"


def portrait():
    """Return what a city looks like, without the numbers of its rows."""
    return {
        "names": sorted(UnitName.objects.values_list("name", "kind")),
        "people": sorted(Person.objects.values_list("name", "birth_month"), key=str),
        "facts": sorted(VillageFact.objects.values_list("unit__names__name", "kind", "value")),
        "belts": sorted(Belt.objects.values_list("number", "name", "level", "length_m")),
        "members": sorted(
            BeltMember.objects.exclude(unit=None).values_list(
                "belt__number", "order", "unit__names__name", "on_main_road"
            )
        ),
        "statuses": sorted(PointStatus.objects.values_list("unit__names__name", "status")),
        "cases": sorted(Case.objects.values_list("title", "step", "outcome")),
        "notices": sorted(Notice.objects.values_list("title", "kind", "standing")),
        "verdicts": sorted(
            Verdict.objects.values_list("target", "state", "numerator", "gap"), key=str
        ),
    }


@pytest.fixture
def county_twice(db):
    """One county built, taken back, and built again from nothing with the same seed."""
    before = transaction.savepoint()
    call_command("demo", county=TAISHUN, verbosity=0)
    first = portrait()
    transaction.savepoint_rollback(before)
    call_command("demo", county=TAISHUN, verbosity=0)
    return first


def test_a_county_is_built_whole_and_always_the_same(county_twice):
    for part, rows in portrait().items():
        assert rows == county_twice[part], part

    villages = UnitName.objects.filter(kind=Kind.VILLAGE).count()
    divisions = Unit.objects.filter(tree=Tree.DIVISION)
    assert (villages, divisions.filter(level__lte=Level.VILLAGE).count()) == (298, 337)
    assert divisions.filter(level=Level.GRID).exists()
    assert Unit.objects.filter(tree=Tree.ORGANISATION).count() > 4 * villages
    assert Post.objects.filter(role="party_secretary").exists()
    assert Remark.objects.filter(text__contains="5404").exists()  # beside the edition's 5,401
    assert Membership.objects.exists()
    assert Figures.objects.filter(period="2017-12").exists()
    assert {"met", "short"} <= set(Verdict.objects.values_list("state", flat=True))
    _its_paths_are_those_that_its_placements_give()
    _every_step_left_its_entry()


def _its_paths_are_those_that_its_placements_give():
    rows = UnitPath.objects.values_list("unit_id", "path", "valid_from", "valid_to")
    kept = set(rows)
    rebuild_paths(UnitPath.objects.values_list("unit_id", flat=True))
    assert set(rows.all()) == kept


def _every_step_left_its_entry():
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {
        "registry.unit.founded",
        "registry.post.appointed",
        "standards.rating.recorded",
        "programmes.belt.recorded",
    } <= actions
