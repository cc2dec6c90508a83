"""Founding, renaming, moving, ending and succeeding, as of a day."""

import datetime
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction

from jiceng.access.queries import reach_of
from jiceng.audit.models import Entry
from jiceng.registry import paths, search
from jiceng.registry.dated import ChangedLater
from jiceng.registry.models import Heir, UnitName, UnitPath
from jiceng.registry.operations import (
    Founding,
    Inheritance,
    end_units,
    found_units,
    move_units,
    rebuild_paths,
    recode_units,
    rename_units,
    succeed,
)
from jiceng.registry.queries import (
    ancestors_of,
    children_of,
    covers_register,
    path_of,
    subtree_of,
    top_on,
    unit_by_code,
)
from jiceng.registry.refusals import CodeTaken, HasChildren, InCircle, NoSuchUnit, ParentNotThen
from tests.conftest import NOON, START

LATER = datetime.date(2019, 9, 25)
DONE = {"by": "system", "at": NOON}


def names(units):
    return [unit.name for unit in units]


def test_a_unit_stands_below_its_ancestors_on_the_day(county):
    path = path_of(county.upper, county.start)

    assert paths.ids_of(path) == [county.city, county.county, county.town, county.upper]
    assert names(ancestors_of(path, county.start)) == ["甲市", "乙县", "东镇"]
    assert names(children_of(path_of(county.town, LATER), LATER)) == [
        "上村委会",
        "下村委会",
        "中村委会",
    ]
    assert path_of(county.upper, county.start - datetime.timedelta(days=1)) == ""


def test_a_renamed_unit_keeps_its_identity_and_its_old_name_on_old_days(county):
    rename_units({county.upper: ("上社区", "community")}, day=LATER, **DONE)

    assert unit_by_code("990102001001", county.start).name == "上村委会"
    after = unit_by_code("990102001001", LATER)
    assert (after.pk, after.name, after.kind) == (county.upper, "上社区", "community")
    assert Entry.objects.filter(action="registry.unit.renamed").count() == 1


def test_a_name_cannot_be_slipped_in_before_a_later_one(county):
    rename_units({county.upper: ("上社区", "community")}, day=LATER, **DONE)
    with pytest.raises(ChangedLater):
        rename_units(
            {county.upper: ("尚村委会", "village")}, day=county.start.replace(month=2), **DONE
        )


def test_codes_may_change_hands_on_one_day_but_have_one_holder(county):
    swapped = {county.upper: "990102001002", county.lower: "990102001001"}
    recode_units(swapped, day=LATER, **DONE)

    assert unit_by_code("990102001001", LATER).pk == county.lower
    assert unit_by_code("990102001001", county.start).pk == county.upper
    with pytest.raises(CodeTaken):
        recode_units({county.middle: "990102001001"}, day=LATER, **DONE)


def test_a_moved_town_takes_its_villages_with_it_and_old_days_stay(county):
    (other,) = found_units(
        [Founding("丙市", "county", 3, "990103000000", parent=county.city)],
        tree="division",
        day=LATER,
        **DONE,
    )
    move_units({county.town: other}, day=LATER, **DONE)

    assert paths.ids_of(path_of(county.upper, LATER)) == [
        county.city,
        other,
        county.town,
        county.upper,
    ]
    before = LATER - datetime.timedelta(days=1)
    assert county.county in paths.ids_of(path_of(county.upper, before))
    assert len(subtree_of(path_of(county.county, LATER), LATER)) == 3


def test_paths_rebuilt_from_placements_are_the_paths_kept(county):
    kept = set(UnitPath.objects.values_list("unit_id", "path", "valid_from", "valid_to"))
    UnitPath.objects.exclude(unit=county.city).update(path="")
    rebuild_paths([county.city])
    assert set(UnitPath.objects.values_list("unit_id", "path", "valid_from", "valid_to")) == kept


def test_over_the_years_each_of_two_units_may_have_stood_below_the_other(county):
    year_later = LATER + datetime.timedelta(days=365)
    move_units({county.upper: county.lower}, day=LATER, **DONE)
    move_units({county.upper: county.town}, day=year_later, **DONE)
    move_units({county.lower: county.upper}, day=year_later, **DONE)

    assert paths.ids_of(path_of(county.upper, LATER))[-2:] == [county.lower, county.upper]
    assert paths.ids_of(path_of(county.lower, year_later))[-2:] == [county.upper, county.lower]


def test_two_units_cannot_take_each_other(county):
    with pytest.raises(InCircle):
        move_units({county.county: county.town}, day=LATER, **DONE)
    with pytest.raises(InCircle):
        move_units({county.town: county.upper}, day=LATER, **DONE)


def test_a_unit_does_not_end_before_its_children(county):
    with pytest.raises(HasChildren, match="其下仍有单位"):
        end_units([county.town], ending="abolition", day=LATER, **DONE)


def test_a_child_is_not_founded_before_its_parent(county):
    with pytest.raises(ParentNotThen):
        found_units(
            [Founding("古村委会", "village", 5, parent=county.town)],
            tree="division",
            day=county.start - datetime.timedelta(days=400),
            **DONE,
        )


def test_merged_villages_leave_their_heir_and_are_seen_through_it(county):
    (merged,) = found_units(
        [Founding("大村委会", "village", 5, "990102001009", parent=county.town)],
        tree="division",
        day=LATER,
        **DONE,
    )
    end_units([county.upper, county.lower], ending="merger", day=LATER, **DONE)
    succeed(
        [Inheritance(county.upper, merged), Inheritance(county.lower, merged)], day=LATER, **DONE
    )

    assert set(Heir.objects.values_list("unit_id", "heir_id")) == {
        (county.upper, merged),
        (county.lower, merged),
    }
    assert reach_of([county.upper], LATER) == {county.upper: [path_of(merged, LATER)]}
    with pytest.raises(NoSuchUnit):
        unit_by_code("990102001001", LATER)


def test_a_chain_of_successions_ends_at_the_living(county):
    first, second = (
        found_units(
            [Founding(name, "village", 5, parent=county.town)],
            tree="division",
            day=day,
            **DONE,
        )[0]
        for name, day in (("一村委会", LATER), ("二村委会", LATER.replace(year=2021)))
    )
    end_units([county.upper], ending="merger", day=LATER, **DONE)
    succeed([Inheritance(county.upper, first)], day=LATER, **DONE)
    end_units([first], ending="split", day=LATER.replace(year=2021), **DONE)
    succeed(
        [
            Inheritance(first, second, Fraction(2, 3)),
            Inheritance(first, county.middle, Fraction(1, 3)),
        ],
        day=LATER.replace(year=2021),
        **DONE,
    )

    heirs = Heir.objects.filter(unit=county.upper).values_list("heir_id", flat=True)
    assert set(heirs) == {second, county.middle}


@pytest.mark.parametrize("text", ["上村", "shangcun", "scwh", "990102001001", "上", "SHANG"])
def test_a_village_is_found_by_part_of_its_name_sound_or_code(county, text):
    assert county.upper in [hit.unit for hit in search.find(text, day=LATER)]


@pytest.mark.parametrize("text", ["yueqing", "yqs", "乐清市", "樂清", "YUEQING"])
def test_a_city_is_found_as_its_people_call_it(county, text):
    """乐 is usually read le; in 乐清 it is yue."""
    rename_units({county.county: ("乐清市", "county")}, day=LATER, **DONE)

    assert [hit.unit for hit in search.find(text, day=LATER)] == [county.county]
    assert search.find("leqing", day=LATER) == []


def test_a_search_stays_within_its_scope(county):
    elsewhere = path_of(county.subdistrict, LATER)
    assert search.find("上村", day=LATER, within=[elsewhere]) == []
    assert search.find("上村", day=LATER, within=[]) == []


def test_an_organisation_is_found_from_the_division_it_stands_in(county):
    (branch,) = found_units(
        [Founding("上村老年协会党支部", "branch", 1, domain="village", seat=county.upper)],
        tree="organisation",
        day=county.start,
        **DONE,
    )
    for text in ("老年协会", "scln"):
        seen = search.find(text, day=LATER, within=[path_of(county.town, LATER)])
        assert [hit.unit for hit in seen] == [branch]
        assert search.find(text, day=LATER, within=[path_of(county.subdistrict, LATER)]) == []


def test_a_former_name_still_finds_its_unit(county):
    rename_units({county.upper: ("乐清社区", "community")}, day=LATER, **DONE)
    former = next(h for h in search.find("上村委", day=LATER) if h.unit == county.upper)
    assert not former.current
    assert search.find("樂清", day=LATER)[0].unit == county.upper
    assert search.find("yueqing", day=LATER)[0].unit == county.upper


def test_postgresql_itself_refuses_two_names_on_one_day(county):
    if connection.vendor != "postgresql":
        return  # SQLite has no such guard: the shared operation alone holds there
    second = {"unit_id": county.upper, "name": "尚村委会", "kind": "village"}
    with pytest.raises(IntegrityError, match="unit_name_one_a_day"), transaction.atomic():
        UnitName.objects.create(valid_from=LATER, **second)
    UnitName.objects.create(
        valid_from=county.start.replace(year=2016), valid_to=county.start, **second
    )


def test_the_register_is_kept_for_the_first_place_that_has_several_below_it(county):
    assert top_on(LATER).pk == county.county  # its city has no other county
    found_units(
        [Founding("丙县", "county", 3, "990103000000", parent=county.city)],
        tree="division",
        day=START,
        **DONE,
    )
    assert top_on(LATER).pk == county.city
    assert top_on(START - datetime.timedelta(days=1)) is None


def test_only_what_stands_on_the_way_down_to_that_place_covers_the_register(county):
    day = LATER
    path = {name: path_of(unit, day) for name, unit in vars(county).items() if name != "start"}

    def covering():
        return {name for name in path if covers_register([path[name]], day)}

    assert covering() == {"city", "county"}
    assert covers_register([path["town"], path["county"]], day)
    assert not covers_register([], day)
    found_units(
        [Founding("丙县", "county", 3, "990103000000", parent=county.city)],
        tree="division",
        day=START,
        **DONE,
    )
    assert covering() == {"city"}
    assert covers_register([], START - datetime.timedelta(days=1))  # there is nothing to cover


def test_where_a_place_stood_that_has_ended_covers_nothing(county):
    path = path_of(county.county, START)
    (other,) = found_units(
        [Founding("丙县", "county", 3, "990103000000", parent=county.city)],
        tree="division",
        day=START,
        **DONE,
    )
    below = [county.town, county.subdistrict]
    move_units(dict.fromkeys(below, other), day=LATER, **DONE)
    end_units([county.county], ending="merger", day=LATER, **DONE)

    assert top_on(LATER).pk == other
    assert covers_register([path_of(other, LATER)], LATER)
    assert not covers_register([path], LATER)


def test_organisations_cover_no_register(county):
    (root,) = found_units(
        [Founding("市委", "party_committee", 1, "ZZ1", seat=county.city)],
        tree="organisation",
        day=START,
        **DONE,
    )
    assert not covers_register([path_of(root, LATER)], LATER)
