"""Orders come by file: staged, previewed, applied, undone while nobody has taken them on."""

import datetime

import pytest

from jiceng.agenda.models import Item
from jiceng.exchange.models import Import
from jiceng.exchange.operations import begin_applying, begin_undoing, receive
from jiceng.orders.models import Contact, Order, OrderStatus, Telling
from jiceng.procedures.models import Case
from tests.exchange.conftest import as_xlsx, exported, faults_of, with_titles
from tests.orders.cast import MONDAY, moment

UPPER, LOWER = "990102001001", "990102001002"
ROWS = [
    {"number": "A1", "kind": "路灯不亮", "place": UPPER, "text": "一盏", "name": "王某"},
    {"number": "A2", "kind": "lamp.out", "place": LOWER, "text": "两盏", "placed": "2026-02-27"},
]


@pytest.fixture
def now(django_capture_on_commit_callbacks):
    """Run an operation of imports on Monday, with the jobs that it leaves; return the import."""

    def run(act, *arguments, **named):
        with django_capture_on_commit_callbacks(execute=True):
            found = act(*arguments, by="system", at=moment(), **named)
        one = found if isinstance(found, Import) else arguments[0]
        one.refresh_from_db()
        return one

    return run


@pytest.fixture
def received(now, posts, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def receiving(rows):
        content = [as_xlsx(with_titles("orders", rows))]
        return now(receive, content, kind="orders", name="诉求.xlsx", day=MONDAY)

    return receiving


@pytest.fixture
def apply(now):
    return lambda one: now(begin_applying, one, skip_faulty=False)


def test_are_placed_with_their_own_days_and_wait_for_dispatch(received, apply, county):
    one = apply(received(ROWS))

    assert one.state == Import.State.APPLIED
    first, second = Order.objects.order_by("pk")
    assert (first.step, first.channel, first.waits_at_id) == ("dispatch", "import", county.town)
    assert second.placed_on == datetime.date(2026, 2, 27)
    assert second.due_at < first.due_at
    assert Contact.objects.get().name == "王某"
    assert Item.objects.filter(done_at=None).count() == 2


def test_what_is_wrong_is_said_row_by_row(received):
    rows = [
        {"number": "B1", "kind": "没有的种类", "place": UPPER, "text": "一"},
        {"number": "B2", "kind": "conduct.person", "place": UPPER, "text": "二"},
        {"number": "B3", "kind": "路灯不亮", "place": "990102009009", "text": "三"},
        {"number": "B4", "kind": "路灯不亮", "place": UPPER, "text": ""},
        {"number": "B5", "kind": "路灯不亮", "place": UPPER, "text": "五", "placed": "2099-01-01"},
    ]

    assert len(faults_of(received(rows))) == 5


def test_are_taken_back_as_they_came(received, apply, now):
    now(begin_undoing, apply(received(ROWS)), reason="发错了文件")

    for model in (Order, Telling, Contact, OrderStatus, Case):
        assert not model.objects.exists()
    assert not Item.objects.filter(done_at=None).exists()


def test_an_export_holds_nothing_that_finds_a_resident(received, apply):
    apply(received(ROWS))
    text = exported("orders", day=MONDAY)

    assert "路灯不亮" in text
    assert "王某" not in text
    assert "一盏" not in text
