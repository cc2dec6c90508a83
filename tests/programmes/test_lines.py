"""Lines on the map: measured in metres, read from GeoJSON, and what lies near them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.programmes.lines import faults_of_line, length_of, line_in, near


def line(*corners):
    return {"type": "LineString", "coordinates": [list(corner) for corner in corners]}


ALONG = line((120.0, 28.0), (120.5, 28.0), (121.0, 28.0))


def test_a_degree_at_28_north_is_about_98_kilometres():
    assert length_of(ALONG) == pytest.approx(98_370, rel=0.001)


def test_villages_are_taken_within_the_distance_in_order_along_the_line():
    positions = [(1, 120.9, 28.01), (2, 120.1, 27.99), (3, 120.5, 28.2), (4, 120.6, 28.0)]
    assert near(ALONG, positions, 2_000) == [2, 4, 1]
    assert near(ALONG, positions, 500) == [4]
    assert near(ALONG, [], 500) == []


def test_parts_of_a_line_are_laid_end_to_end():
    parts = {
        "type": "MultiLineString",
        "coordinates": [[[120.5, 28], [121, 28]], [[120, 28], [120.5, 28]]],
    }
    assert near(parts, [(1, 120.1, 28.0), (2, 120.9, 28.0)], 100) == [2, 1]


def test_a_line_is_found_in_a_feature_and_several_in_a_collection():
    feature = {"type": "Feature", "geometry": ALONG, "properties": {}}
    assert line_in(feature) == ALONG
    both = line_in({"type": "FeatureCollection", "features": [feature, feature]})
    assert both is not None
    assert (both["type"], len(both["coordinates"])) == ("MultiLineString", 2)


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "line",
        {},
        {"type": "FeatureCollection", "features": None},
        {"type": "Feature", "geometry": None},
        {"type": "Point", "coordinates": [120, 28]},
        line((120, 28)),
        line((120, 28), (120, 28)),
        line((28, 120), (28.1, 120)),
        {"type": "LineString", "coordinates": "120,28"},
        {"type": "LineString", "coordinates": [[None, 28], [120, 28]]},
        {"type": "LineString"},
    ],
)
def test_what_is_no_line_is_no_line(document):
    assert line_in(document) is None


def test_what_is_wrong_with_a_line_is_said_in_words():
    assert "先后" in faults_of_line(line((28, 120), (28.1, 120)))[0]
    assert "两个不同的点" in faults_of_line(line((120, 28), (120, 28)))[0]


@given(x=st.floats(119.9, 121.1), y=st.floats(27.5, 28.5), metres=st.integers(1, 50_000))
def test_a_wider_reach_takes_no_less(x, y, metres):
    place = [(1, x, y)]
    assert set(near(ALONG, place, metres)) <= set(near(ALONG, place, metres * 2))
