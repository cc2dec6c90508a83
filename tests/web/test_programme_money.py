"""The areas of a programme and its money: recorded, changed and corrected by who edits."""

import datetime

import pytest

from jiceng.programmes.models import AreaMember, Cost
from jiceng.programmes.operations import AreaPlan, record_areas
from tests.programmes.conftest import DAY, acts, officer, party, programme  # noqa: F401
from tests.web.test_programme_pages import address, at_noon, readers, sent  # noqa: F401

pytestmark = pytest.mark.usefixtures("at_noon", "programme")


def test_areas_and_costs_are_recorded_by_who_edits(client, county, readers):  # noqa: F811
    area = {
        "code": "c1", "name": "集聚区", "kind": "provincial_cluster", "day": "2017-06-01",
        "unit": county.town,
    }  # fmt: skip
    cost = {"amount": "1234.50", "spent_on": "2017-06-01", "purpose": "标识牌"}
    client.force_login(readers["town"])
    assert client.post(address("programme_areas"), area | sent(1)).status_code == 403
    assert client.post(address("programme_costs"), cost | sent(2)).status_code == 403
    client.force_login(readers["county"])
    assert client.post(address("programme_areas"), area | sent(3)).status_code == 302
    assert client.post(address("programme_costs"), cost | sent(4)).status_code == 302
    assert Cost.objects.get().amount_fen == 123_450


def test_an_area_gets_other_units_from_a_day_on(client, county, readers):  # noqa: F811
    area = {
        "code": "c1", "name": "集聚区", "kind": "provincial_cluster", "day": "2017-05-01",
        "unit": county.town,
    }  # fmt: skip
    client.force_login(readers["county"])
    client.post(address("programme_areas"), area | sent(1))
    page = address("programme_area_units", "c1")
    assert page in client.get(address("programme_areas")).content.decode()
    assert f'value="{county.town}" checked' in client.get(page).content.decode()
    changed = {"day": "2017-06-01", "unit": [county.subdistrict, ""]}
    client.force_login(readers["town"])
    assert client.post(page, changed | sent(2)).status_code == 403
    client.force_login(readers["county"])
    assert client.post(page, changed | sent(3)).status_code == 302
    standing = AreaMember.objects.on(datetime.date(2017, 6, 1)).values_list("unit_id", flat=True)
    before = AreaMember.objects.on(datetime.date(2017, 5, 31)).values_list("unit_id", flat=True)
    assert (list(before), list(standing)) == ([county.town], [county.subdistrict])


def test_an_area_shows_the_points_and_belts_within_it(client, county, readers, acts, party):  # noqa: F811
    """S3-7: an area is made of points and belts."""
    acts.hold("city_demo", county.upper)
    acts.hold("county_demo", county.lower, county.middle)
    acts.belt("1", "county", county.lower, county.upper)
    acts.belt("2", "county", county.community)
    plans = [
        AreaPlan("a1", "东片", "provincial_cluster", (county.town,)),
        AreaPlan("a2", "西片", "provincial_cluster", (county.subdistrict,)),
    ]
    record_areas(acts.programme, plans, day=DAY, **acts.done)
    client.force_login(readers["city"])

    shown = client.get(address("programme_areas"), {"day": DAY}).content.decode()

    east, west = shown.split("西片")[0], shown.split("西片")[1]
    assert "市级示范村 1 个、县级示范村 2 个" in " ".join(east.split())
    assert "1号示范带" in east
    assert "2号示范带" not in east
    assert "2号示范带" in west
    assert "市级示范村" not in west


@pytest.mark.parametrize(("amount", "left"), [("23.40", [2_340]), ("", [])])
def test_an_expense_is_corrected_with_a_reason(client, county, readers, amount, left):  # noqa: F811
    cost = {"amount": "1234.50", "spent_on": "2017-06-01", "purpose": "标识牌"}
    client.force_login(readers["county"])
    client.post(address("programme_costs"), cost | sent(1))
    page = address("programme_cost_correction", Cost.objects.get().pk)
    assert page in client.get(address("programme_costs")).content.decode()
    assert "1,234.50" in client.get(page).content.decode()
    assert client.post(page, {"amount": amount, "reason": ""} | sent(2)).status_code == 422
    right = {"amount": amount, "reason": "看错小数点"}
    client.force_login(readers["town"])
    assert client.post(page, right | sent(3)).status_code == 403
    client.force_login(readers["county"])
    assert client.post(page, {**right, "amount": "0"} | sent(4)).status_code == 422
    assert client.post(page, right | sent(5)).status_code == 302
    standing = Cost.objects.filter(superseded_at=None)
    assert list(standing.values_list("amount_fen", flat=True)) == left
    assert "已更正：看错小数点" in client.get(address("programme_costs")).content.decode()
    assert client.get(page).status_code == 404
