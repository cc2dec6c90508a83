"""What is shipped of matters, bodies and the power list fits together and has its sources."""

import pytest

from jiceng.decisions.catalogue import power_list, shipped

COLLECTIVE_ONLY_WHOLE = {"1", "3", "8", "10", "12"}
GRADES = set("LOPWK")


def test_holds_every_item_of_article_24_and_26():
    codes = set(shipped().matters)

    assert {f"village.24.{number}" for number in range(1, 10)} <= codes
    assert {f"collective.26.{number}" for number in range(1, 14)} <= codes
    assert "zhejiang.15.1" in codes


def test_reserves_the_five_items_that_representatives_may_not_decide():
    reserved = {
        matter.code.removeprefix("collective.26.")
        for matter in shipped().matters.values()
        if matter.code.startswith("collective.26.") and matter.reserved
    }

    assert reserved == COLLECTIVE_ONLY_WHOLE


def test_everything_usable_has_words_a_source_and_a_grade():
    for matter in shipped().matters.values():
        assert matter.source
        assert matter.grade in GRADES
        assert matter.empty or (matter.words and matter.text and matter.decides and matter.course)
        for said in (*matter.must_first, *matter.doubts, *matter.then):
            assert said.words
            assert said.source
            assert said.grade in GRADES


def test_what_gives_way_gives_way_to_a_matter_that_exists():
    matters = shipped().matters

    for matter in matters.values():
        if matter.gives_way:
            assert not matters[matter.gives_way.matter].empty
            assert matters[matter.gives_way.matter].valid_from == matter.gives_way.valid_from


def test_each_body_is_counted_against_a_roll_and_passes_by_a_rule():
    for body in shipped().bodies.values():
        assert body.roll
        assert body.passes
        assert body.convened_by
        assert body.source
        assert body.grade in GRADES


def test_the_power_list_keeps_its_thirty_six_places_in_eleven_classes():
    shown = power_list()

    assert [item.number for item in shown.items] == list(range(1, 37))
    assert [one.number for one in shown.classes] == list(range(1, 12))
    assert sum(item.kind == "public" for item in shown.items) == 19


@pytest.mark.parametrize("item", power_list().items, ids=lambda item: str(item.number))
def test_an_item_whose_text_is_unknown_has_nothing_else(item):
    if item.empty:
        assert [item.procedure, item.matter, item.supervisor, item.documents] == ["", "", "", ()]
    else:
        assert item.procedure
        assert item.supervisor
        assert item.supervisor_source
        assert item.source
        assert not item.matter or item.matter in shipped().matters
