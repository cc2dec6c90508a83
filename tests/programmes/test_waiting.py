"""Who is asked to confirm what was proposed."""

from jiceng.agenda.models import Item
from jiceng.programmes import operations
from tests.conftest import NOON
from tests.programmes.conftest import DAY


def waiting():
    return {
        (item.role, item.unit_id): item.title.split("：")[0]
        for item in Item.objects.filter(kind="programmes.confirm", done_at=None)
    }


def test_each_officer_is_asked_once_for_what_he_confirms(acts, county):
    acts.propose("county_demo", county.upper, county.lower)
    acts.propose("city_demo", county.middle)

    assert waiting() == {
        ("county.officer", county.county): "确认示范点 2 个",
        ("city.officer", county.city): "确认示范点 1 个",
    }


def test_what_is_confirmed_or_turned_down_waits_no_more(acts, county):
    first, second = acts.propose("county_demo", county.upper, county.lower)
    operations.confirm_statuses(acts.programme, [first], day=DAY, **acts.done)
    assert waiting() == {("county.officer", county.county): "确认示范点 1 个"}

    operations.turn_down_proposals(acts.programme, [second], reason="材料不全", **acts.done)
    assert waiting() == {}
    assert Item.objects.filter(done_at=NOON).exists()
