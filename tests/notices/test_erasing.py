"""Who objected is kept no longer than the rule of the place says; what was said and answered is."""

import datetime

import pytest

from jiceng.audit.models import Entry
from jiceng.notices.models import Objection, PublicObjection
from jiceng.notices.operations import answer_objection, erase_objectors
from jiceng.rules.operations import record_local_rule
from jiceng.rules.values import Period
from tests.notices.conftest import AT, DAY, TODAY

TEXT = "造价太高。我是刘大，电话13812345678，请回话。"


@pytest.fixture
def answered(acts, cast):
    """An objection with a name, a telephone and a number in its text, answered on the first day."""
    notice = acts.public()
    acts.object(notice, text=TEXT, name="刘大", contact="13800000000")
    return answer_objection(
        Objection.objects.get(),
        outcome="dismissed",
        answer="核对过，造价没有错。",
        by=cast.secretary,
        at=AT,
    )


def after(day):
    """Return ten o'clock of a day."""
    return AT + (day - TODAY)


LAST = datetime.date(2026, 9, 2)  # six months after the answer


def test_six_months_after_the_answer_nobody_is_named_any_more(answered):
    assert erase_objectors(after(LAST)) == 0
    answered.refresh_from_db()
    assert (answered.name, answered.contact) == ("刘大", "13800000000")

    assert erase_objectors(after(LAST) + DAY) == 1

    answered.refresh_from_db()
    assert (answered.name, answered.contact) == ("", "")
    assert answered.text == "造价太高。我是〔已删去〕，电话〔已删去〕，请回话。"
    assert answered.answer == "核对过，造价没有错。"
    assert answered.erased_at == after(LAST) + DAY
    assert PublicObjection.objects.get().answer == answered.answer


def test_it_is_done_once_and_leaves_one_entry_that_names_nobody(answered):
    erase_objectors(after(LAST) + DAY)
    assert erase_objectors(after(LAST) + 2 * DAY) == 0

    entry = Entry.objects.get(action="notices.objectors.erased")
    assert (entry.actor_kind, entry.count) == ("system", 1)
    assert "刘大" not in entry.change


def test_while_it_waits_for_its_answer_it_keeps_its_name(acts, cast):
    acts.object(acts.public(), name="刘大")

    assert erase_objectors(after(LAST) + 400 * DAY) == 0
    assert Objection.objects.get().name == "刘大"


def test_a_place_may_set_a_shorter_time(acts, cast, county):
    record_local_rule(
        "objection.who_is_kept",
        unit=county.town,
        value=Period(1, "month", "limit"),
        document="镇政〔2026〕1号",
        valid_from=TODAY,
        by=cast.town,
        at=AT,
    )
    acts.object(acts.public(), name="刘大")
    answer_objection(
        Objection.objects.get(), outcome="upheld", answer="已更正。", by=cast.secretary, at=AT
    )

    assert erase_objectors(after(datetime.date(2026, 4, 2))) == 0
    assert erase_objectors(after(datetime.date(2026, 4, 3))) == 1
