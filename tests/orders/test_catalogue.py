"""The catalogue of services: what is shipped, how it is found, and what is wrong with a bad one."""

import pytest

from jiceng.orders import catalogue


@pytest.fixture
def raw():
    """A small faultless catalogue that each story spoils in its own way."""
    return {
        "source": "演示",
        "grade": "K",
        "groups": {"lamps": "路灯"},
        "lines": {"city_management": "城市管理"},
        "services": [
            {
                "code": "lamp.out",
                "title": "路灯不亮",
                "group": "lamps",
                "first": "town",
                "duty_item": "lamps",
            }
        ],
    }


def test_ships_about_forty_kinds_over_every_group():
    assert 40 <= len(catalogue.services()) <= 60
    assert all(catalogue.grouped().values())


def test_marks_what_has_no_official_source():
    assert {one.grade for one in catalogue.services()} == {"K"}
    assert all("默认" in one.source for one in catalogue.services())


def test_names_a_duty_for_every_kind_that_is_not_voluntary():
    assert all(one.duty_item for one in catalogue.services() if one.track != "voluntary")


def test_sends_nothing_without_a_person_unless_a_county_says_so():
    assert not any(one.direct for one in catalogue.services())


def test_never_makes_public_what_is_about_a_person_or_a_household():
    public = {one.group for one in catalogue.services() if one.public}
    assert not public & {"neighbours", "care", "work", "conduct", "voluntary", "village"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("我家门口的路灯坏了，晚上不亮", "lamp.out"),
        ("包工头拖欠我工资", "work.wages"),
        ("河里有很多漂浮物", "river.dirty"),
        ("停水两天了", "water.cut"),
        ("路燈不亮", "lamp.out"),
        ("村干部吃拿卡要", "conduct.person"),
    ],
)
def test_finds_a_kind_by_plain_words(words, code):
    assert catalogue.find(words)[0].code == code


@pytest.mark.parametrize("words", ["", "  ", "zzzz"])
def test_finds_nothing_rather_than_anything(words):
    assert catalogue.find(words) == []


def test_tells_where_else_to_go_in_six_cases():
    exclusions = catalogue.exclusions("110101")

    assert len(exclusions) == 6
    assert all(one.channels and one.says for one in exclusions)
    assert {channel.phone for channel in exclusions[0].channels} == {"110", "119", "120"}


def test_says_that_the_regulation_of_one_city_is_not_the_law_of_another():
    assert {one.grade for one in catalogue.exclusions("110101")} == {"L"}
    assert {one.grade for one in catalogue.exclusions("330304")} == {"P"}


def test_reminds_of_the_emergency_number():
    assert [one.code for one in catalogue.excluded_by("隔壁着火了")] == ["emergency"]
    assert catalogue.excluded_by("路灯不亮") == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"duty_item": ""}, "诉求种类“lamp.out”：职责办理的必须写明职责清单的哪一项。"),
        ({"group": "lamp"}, "诉求种类“lamp.out”：“group”不能是“lamp”。"),
        ({"tier": "tier9"}, "诉求种类“lamp.out”：“tier”不能是“tier9”。"),
        ({"colour": "red"}, "诉求种类“lamp.out”：没有“colour”这一栏。"),
        ({"first": "county"}, "诉求种类“lamp.out”：由县级先办的必须写明哪条线。"),
        ({"track": "conduct", "public": True}, "诉求种类“lamp.out”：反映人员作风的不能公开。"),
    ],
)
def test_names_each_fault_in_words(raw, change, fault):
    raw["services"][0].update(change)

    assert list(catalogue.faults_of(raw)) == [fault]
    with pytest.raises(ValueError, match=fault):
        catalogue.read(raw)


def test_names_a_kind_that_stands_twice(raw):
    raw["services"] *= 2

    assert "诉求种类“lamp.out”写了 2 次。" in list(catalogue.faults_of(raw))
