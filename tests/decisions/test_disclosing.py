"""Villages that work here are asked for each period, once; what was published settles it."""

import datetime

import pytest

from jiceng.agenda.models import Item
from jiceng.decisions.jobs import JOBS
from jiceng.decisions.operations.disclosing import ask_for_disclosures, settle_disclosures
from jiceng.decisions.queries import WAITING, disclosure_rows
from jiceng.notices.models import Notice
from jiceng.registry.models import VillageFact
from tests.decisions.conftest import AT, TODAY


def _publish(village, people, affairs, day, standing="released"):
    return Notice.objects.create(
        number=f"{affairs}{day:%Y%m%d}",
        kind="disclosure",
        unit_id=village.number,
        title=affairs,
        body={"affairs": affairs},
        standing=standing,
        drafted_by=people.clerk,
        drafted_at=AT,
        released_by=people.secretary,
        released_at=AT,
        withdrawn_at=AT if standing == "withdrawn" else None,
        begins_on=day,
        ends_on=day,
        retained_until=day,
    )


def _waiting():
    rows = Item.objects.filter(kind=WAITING, done_at=None).order_by("subject")
    return [row.subject.rpartition(":")[2].split("/", 1)[1] for row in rows]


def _rows(village, today):
    since = today - datetime.timedelta(days=365)
    found = disclosure_rows(village.number, since=since, until=today, today=today)
    return {f"{row.due.duty.kind}/{row.due.period}": row.state for row in found}


COLLECTIVE = "collective/2026-Q1"


def test_asks_for_the_month_and_the_quarter_with_their_last_days(village, people):
    assert ask_for_disclosures(AT) == 1

    assert _waiting() == [COLLECTIVE, "finance/2026-03", "general/2026-Q1"]
    item = Item.objects.filter(kind=WAITING, subject__contains="finance").get()
    assert item.unit_id == village.number
    assert item.due_at.date() in (datetime.date(2026, 3, 31),)
    assert "第三十条" in item.rule


def test_asks_once_and_only_who_works_here(village, people, county):
    ask_for_disclosures(AT)
    ask_for_disclosures(AT + datetime.timedelta(hours=1))

    assert Item.objects.filter(kind=WAITING).count() == 3
    assert not Item.objects.filter(unit=county.lower).exists()


def test_asks_again_in_the_next_month_for_the_month_alone(village, people):
    ask_for_disclosures(AT)
    _publish(village, people, "财务公开", TODAY)

    ask_for_disclosures(AT + datetime.timedelta(days=31))

    assert _waiting() == [
        COLLECTIVE,
        "collective/2026-Q2",
        "finance/2026-04",
        "general/2026-Q1",
        "general/2026-Q2",
    ]


def test_what_was_published_settles_it_and_another_kind_does_not(village, people):
    ask_for_disclosures(AT)
    _publish(village, people, "党务公开", TODAY)
    _publish(village, people, "财务公开", TODAY)

    settle_disclosures([village.number], at=AT)

    assert _waiting() == [COLLECTIVE, "general/2026-Q1"]


def test_what_a_collective_publishes_settles_its_own_quarter(village, people):
    ask_for_disclosures(AT)
    (item,) = Item.objects.filter(kind=WAITING, subject__contains="collective")
    assert "财务公开规定" in item.rule
    _publish(village, people, "集体财务公开", TODAY)

    settle_disclosures([village.number], at=AT)

    assert _waiting() == ["finance/2026-03", "general/2026-Q1"]


def test_one_publication_of_both_accounts_settles_both(village, people):
    """A village that keeps both accounts together publishes them once."""
    ask_for_disclosures(AT)
    _publish(village, people, "财务公开（村和集体一并）", TODAY)

    settle_disclosures([village.number], at=AT)

    assert _waiting() == ["general/2026-Q1"]


def test_a_village_without_a_collective_in_the_register_is_not_asked_for_its_accounts(
    village, people
):
    VillageFact.objects.filter(unit=village.number, kind="collective_adults").delete()
    ask_for_disclosures(AT)

    assert _waiting() == ["finance/2026-03", "general/2026-Q1"]


def test_what_was_withdrawn_settles_nothing(village, people):
    ask_for_disclosures(AT)
    _publish(village, people, "财务公开", TODAY, standing="withdrawn")

    settle_disclosures([village.number], at=AT)

    assert _waiting() == [COLLECTIVE, "finance/2026-03", "general/2026-Q1"]


def test_a_period_that_nobody_asked_for_never_counts_against_the_village(village, people):
    """The software came in March: January and February are not held against the village."""
    ask_for_disclosures(AT)

    assert _rows(village, TODAY) == {
        "finance/2026-03": "now",
        "general/2026-Q1": "now",
        COLLECTIVE: "now",
    }
    later = _rows(village, datetime.date(2026, 4, 1))
    assert later["finance/2026-03"] == "overdue"
    assert later["general/2026-Q1"] == "overdue"
    assert "finance/2026-02" not in later


def test_late_but_published_is_shown_as_published(village, people):
    _publish(village, people, "财务公开", datetime.date(2026, 1, 31))

    assert _rows(village, TODAY)["finance/2026-01"] == "done"


@pytest.mark.parametrize("times", [1, 3])
def test_the_job_may_be_repeated(village, people, times):
    for _again in range(times):
        JOBS[0].run(AT)

    assert len(_waiting()) == 3
