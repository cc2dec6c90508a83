"""The worked tables: what an official would work out by hand, and what is judged."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from jiceng.programmes.definition import definition_of
from jiceng.programmes.judging import judge, stands
from tests.programmes.makers import TOWN, World
from tests.programmes.test_definition import DATA

WORDS = {"met": "达到", "short": "有差距", "not_applicable": "不适用"}


def rows(name):
    table = yaml.safe_load((Path(__file__).parent / "worked" / name).read_text(encoding="utf-8"))
    text = (DATA / f"{table['programme']}.yaml").read_text(encoding="utf-8")
    return [pytest.param(definition_of(text), row, id=row["情形"]) for row in table["rows"]]


def found(definition, world, target):
    (finding,) = [f for f in judge(definition, world.facts()) if f.target.code == target]
    return finding


@pytest.mark.parametrize(("definition", "row"), rows("wenzhou-coverage.yaml"))
def test_a_place_comes_to_what_the_table_says(definition, row):
    world = World()
    villages = world.villages(row["村"])
    world.villages(row.get("社区", 0), kind="community")
    world.belt("city", villages[: row["在带"]])
    world.belt("county", villages[: row.get("重复在带", 0)])
    world.area("provincial_cluster", [TOWN.path, TOWN.path + "000004"])

    finding = found(definition, world, row["目标"])
    assert (WORDS[finding.state], finding.gap) == (row["结论"], row["还差"])
    assert (len(finding.counted), finding.whole) == (row["在带"], row["村"])


@pytest.mark.parametrize(("definition", "row"), rows("wenzhou-belts.yaml"))
def test_a_belt_comes_to_what_the_table_says(definition, row):
    world = World()
    villages = [
        *world.villages(row.get("市级示范村", 0), "city_demo"),
        *world.villages(row.get("县级示范村", 0), "county_demo"),
        *world.villages(row.get("达标村", 0), "up_to_standard"),
        *world.villages(row.get("未达标", 0)),
    ]
    organisations = [
        *world.organisations(row.get("四星党组织", 0), 4),
        *world.organisations(row.get("三星党组织", 0), 3),
        *world.organisations(row.get("未评定党组织", 0)),
    ]
    enterprises = row.get("无党组织企业", 0)
    confirmed = row.get("确认", True)
    world.belt(row["级别"], villages, organisations, enterprises, confirmed)
    if row.get("抵作县级") is False:
        definition = without_spare(definition)

    for target, (state, gap) in row["应为"].items():
        finding = found(definition, world, target)
        assert (target, WORDS[finding.state], finding.gap) == (target, state, gap)
    if "另列" in row:
        assert len(found(definition, world, "city-belt-stars").beside) == row["另列"]
    facts = world.facts()
    assert (confirmed and stands(definition, facts.belts[0], facts)) is row["算建成"]


def without_spare(definition):
    """Return the same file with `higher_counts: false`."""
    text = (DATA / f"{definition.code}.yaml").read_text(encoding="utf-8")
    return definition_of(text.replace("higher_counts: true", "higher_counts: false"))


@pytest.mark.parametrize(("definition", "row"), rows("fengnan.yaml"))
def test_fengnan_comes_to_what_the_table_says(definition, row):
    world = World()
    boutique = row.get("精品点", 0)
    points = [
        *world.organisations(boutique, domain="organ", status="boutique"),
        *world.organisations(row.get("示范点", 0) - boutique, domain="village", status="ordinary"),
    ]
    for _ in range(row.get("带", 0)):
        world.belt("county", points[: row["每带点"]])
    for _ in range(row.get("片区", 0)):
        world.area("demonstration_area")
    if "全域村" in row:
        villages = world.villages(row["全域村"])
        branches = world.organisations(row["全域点"], domain="village", status="ordinary")
        world.seated = {v: (b,) for v, b in zip(villages, branches, strict=False)}
        world.area("whole_town", [TOWN.path])

    finding = found(definition, world, row["目标"])
    assert (WORDS[finding.state], finding.gap) == (row["结论"], row["还差"])


def test_a_built_belt_whose_conditions_no_longer_hold_does_not_count():
    definition = definition_of((DATA / "wenzhou-belts-2017.yaml").read_text(encoding="utf-8"))
    world = World()
    for _ in range(12):
        world.belt("city", world.villages(4, "city_demo"))
    assert found(definition, world, "city-belts").state == "met"

    world.statuses.pop(world.members[0].unit)
    finding = found(definition, world, "city-belts")
    assert (len(finding.counted), finding.gap, finding.others) == (11, 1, (1,))


def test_an_enterprise_with_a_party_organisation_is_judged_by_it_once():
    definition = definition_of((DATA / "wenzhou-belts-2017.yaml").read_text(encoding="utf-8"))
    world = World()
    branch = world.organisations(1, 4)
    world.belt("city", organisations=branch, enterprises=2)
    world.party_of = {0: tuple(branch)}

    finding = found(definition, world, "city-belt-stars")
    assert (finding.counted, finding.others, finding.beside) == (tuple(branch), (), (1,))


def test_a_belt_that_is_not_built_covers_only_where_the_file_says_so():
    definition = definition_of((DATA / "wenzhou-belts-2017.yaml").read_text(encoding="utf-8"))
    world = World()
    world.belt("city", world.villages(2), confirmed=False)
    assert found(definition, world, "town-coverage").state == "met"

    target = definition.target("town-coverage")
    strict = replace(target, counted=replace(target.counted, built_only=True))
    definition = replace(definition, targets=(strict,))
    assert found(definition, world, "town-coverage").gap == 1
