"""Which body decides a matter: a table an official can read, and what never happens."""

import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from jiceng.decisions import words
from jiceng.decisions.catalogue import shipped
from jiceng.decisions.directing import Direction, Granted, Question, Village, direct

TABLE = yaml.safe_load((Path(__file__).parent / "worked" / "directing.yaml").read_text())
MATTERS = sorted(shipped().matters)
BODIES = sorted(shipped().bodies)
PARTS = {"village_representatives", "collective_representatives"}


def _answer(row):
    row = {**TABLE["缺省"], **row}
    village = Village(
        place=row["地方"],
        population=row["人口"],
        representatives=row["代表"],
        collective_representatives=row["集体代表"],
        representatives_from=row.get("代表起点"),
        reviewed=bool(row.get("乡镇审核")),
    )
    granted = [
        Granted(one["事项"], one["起"], one["止"], "2025年1月10日村民会议")
        for one in row.get("授权", ())
    ]
    return direct(
        row["所选"],
        day=row["日期"],
        village=village,
        catalogue=shipped(),
        granted=granted,
        wished=row.get("想开", ""),
    )


def _reasons(direction):
    return (
        *direction.why,
        *direction.must_first,
        *direction.how,
        *direction.then,
        *direction.doubts,
    )


@pytest.mark.parametrize("row", TABLE["情形"], ids=lambda row: row["说明"])
def test_answers_as_the_table_says(row):
    answer = _answer(row)

    if "先问" in row:
        assert isinstance(answer, Question)
        assert answer.code == row["先问"]
        assert words.sentence(answer)
        return
    assert isinstance(answer, Direction), words.sentence(answer)
    said = "\n".join(words.with_source(reason) for reason in _reasons(answer))
    assert (answer.body.code if answer.body else None) == row["会议"]
    assert answer.procedure == row.get("程序", answer.procedure)
    assert list(answer.quorum) == row.get("到会", list(answer.quorum))
    assert answer.passes == row.get("通过", answer.passes)
    assert answer.notice == row.get("通知", answer.notice)
    assert answer.as_wished == {"是": True, "否": False}.get(row.get("如愿"), answer.as_wished)
    assert [part for part in row.get("理由", ()) if part not in said] == []
    assert [part for part in row.get("没有的理由", ()) if part in said] == []
    assert row.get("出处", "") in said


def test_the_table_is_long_enough_and_names_each_case_once():
    titles = [row["说明"] for row in TABLE["情形"]]

    assert len(titles) >= 30
    assert len(titles) == len(set(titles))


DAYS = some.dates(datetime.date(2012, 1, 1), datetime.date(2030, 12, 31))
PEOPLE = some.none() | some.integers(0, 3000)
GRANTS = some.lists(
    some.builds(Granted, some.sampled_from(MATTERS), DAYS, DAYS, some.just("村民会议")), max_size=6
)
VILLAGES = some.builds(
    Village,
    place=some.sampled_from(["330226004201", "330302001001", "370000", "320900"]),
    population=PEOPLE,
    representatives=PEOPLE,
    collective_representatives=PEOPLE,
    representatives_from=some.none() | some.just(300),
    reviewed=some.booleans(),
)


@given(some.sampled_from(MATTERS), DAYS, VILLAGES, GRANTS, some.sampled_from(["", *BODIES]))
def test_never_sends_to_representatives_what_is_reserved_or_not_delegated(
    code, day, village, granted, wished
):
    answer = direct(
        code, day=day, village=village, catalogue=shipped(), granted=granted, wished=wished
    )

    if isinstance(answer, Question) or answer.body is None:
        return
    if answer.body.code in PARTS:
        assert not answer.matter.reserved
        assert answer.matter.decides == "either" or any(
            grant.holds(answer.matter.code, day) for grant in granted
        )
    assert day >= max(answer.matter.valid_from, answer.body.valid_from)


@given(some.sampled_from(MATTERS), DAYS, VILLAGES, GRANTS, some.sampled_from(["", *BODIES]))
def test_always_says_why_with_a_source_or_asks(code, day, village, granted, wished):
    answer = direct(
        code, day=day, village=village, catalogue=shipped(), granted=granted, wished=wished
    )

    if isinstance(answer, Question):
        assert words.sentence(answer)
        return
    assert answer.why
    assert answer.procedure
    assert all(reason.source and words.sentence(reason) for reason in _reasons(answer))
    assert answer.body is None or answer.passes
    assert answer.as_wished or answer.why[-1].code or len(answer.why) > 1


@given(some.sampled_from(MATTERS), VILLAGES, GRANTS, some.sampled_from(["", *BODIES]))
def test_collective_property_is_counted_by_all_members(code, village, granted, wished):
    day = datetime.date(2026, 1, 1)
    answer = direct(
        code, day=day, village=village, catalogue=shipped(), granted=granted, wished=wished
    )

    if isinstance(answer, Direction) and answer.matter.affairs == "collective":
        assert answer.body.code.startswith("collective_")
        assert answer.passes.startswith("coop_")
        assert any("研究讨论" in words.sentence(reason) for reason in answer.must_first)
