"""The picture of a procedure: wide with boxes and arrows, narrow as a list, both from one source."""

import itertools

import pytest

from jiceng.procedures.catalogue import newest
from jiceng.procedures.diagram import BOX_HEIGHT, diagram_of

PROCEDURES = [pytest.param(one.procedure, id=one.procedure.code) for one in newest()]


def drawn(procedure):
    return diagram_of(procedure, {})


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_shows_every_step_and_end_within_its_frame_and_no_two_boxes_on_one_place(procedure):
    found = drawn(procedure)
    boxes = [*found.steps, *found.ends]

    assert [box.code for box in found.steps] == procedure.codes()
    assert all(box.x + box.width < found.width for box in boxes)
    assert all(box.y + box.height <= found.height for box in found.steps)
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = (
                one.x + one.width <= other.x
                or other.x + other.width <= one.x
                or abs(one.y - other.y) >= min(one.height, other.height)
            )
            assert apart, (one.title, other.title)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_leads_straight_down_past_what_stands_aside(procedure):
    """What is done only when something went wrong stands beside the vote that led to it."""
    found = {box.code: box for box in drawn(procedure).steps}
    column = [found[step.code] for step in procedure.steps if not step.detour]
    aside = [step for step in procedure.steps if step.detour]

    assert len({box.x for box in column}) == 1
    assert all(after.y - before.y > BOX_HEIGHT for before, after in itertools.pairwise(column))
    for step in aside:
        before = procedure.steps[procedure.place_of(step.code) - 1]
        assert found[step.code].y == found[before.code].y
        assert found[step.code].x > found[before.code].x


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_says_as_a_list_where_every_outcome_leads(procedure):
    listed = drawn(procedure).listed

    said = {
        (box.code, turn.label, turn.number or turn.title) for box, turns in listed for turn in turns
    }
    assert said == {
        (
            step,
            outcome,
            procedure.ends[target.removeprefix("end.")]
            if target.startswith("end.")
            else procedure.place_of(target) + 1,
        )
        for step, outcome, target in procedure.edges()
    }
