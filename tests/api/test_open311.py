"""GeoReport v2 in JSON and XML: what is public is read, orders are placed with a key."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiceng.audit.models import Entry
from jiceng.orders import public
from jiceng.orders.models import Addition, ClientOrder, Contact, Order
from tests.orders.cast import LAMP, moment

ROOT = "/api/open311/v2"


def get(client, path, **asked):
    return client.get(f"{ROOT}/{path}", asked)


def post(client, path, **fields):
    return client.post(f"{ROOT}/{path}", fields)


def placed(client, key, **fields):
    told = {"service_code": LAMP, "description": "路灯不亮", "attribute[place]": "990102001001"}
    return post(client, "requests.json", api_key=key, **told | fields)


def parsed(response):
    return ElementTree.fromstring(response.content)


def test_services_are_listed_in_both_forms(client, county):
    listed = get(client, "services.json")
    lamp = next(one for one in listed.json() if one["service_code"] == LAMP)
    assert (lamp["service_name"], lamp["metadata"], lamp["type"]) == ("路灯不亮", True, "realtime")
    assert "路灯不亮" in listed.content.decode()  # Chinese as it is, no escapes
    assert not {"conduct.person", "voluntary.wish"} & {one["service_code"] for one in listed.json()}
    root = parsed(get(client, "services.xml"))
    assert root.tag == "services"
    assert {one.tag for one in root} == {"service"}
    assert root.find("service/metadata").text == "true"


def test_a_service_says_what_may_be_told(client, county):
    found = get(client, f"services/{LAMP}.json").json()
    assert (found["service_code"], found["attributes"][0]["code"]) == (LAMP, "place")
    root = parsed(get(client, f"services/{LAMP}.xml"))
    assert root.tag == "service_definition"
    assert root.find("attributes/attribute/required").text == "false"


def test_only_what_was_released_is_read(client, run, lamp):
    other = public.place(public.Told(kind=LAMP, text="我叫王小明", place=lamp.place), at=moment())

    (found,) = get(client, "requests.json").json()

    assert found["service_request_id"] == lamp.number
    assert (found["status"], found["description"]) == ("open", "上村村口一盏路灯不亮")
    assert (found["lat"], found["long"]) == (28.012, 120.654)
    assert (found["address"], found["address_id"]) == ("上村委会", "990102001001")
    assert found["agency_responsible"] == "上村委会"
    assert get(client, f"requests/{other.number}.json").status_code == 404
    root = parsed(get(client, f"requests/{lamp.number}.xml"))
    assert root.tag == "service_requests"
    assert root.find("request/service_request_id").text == lamp.number
    assert root.find("request/requested_datetime").text.startswith("2026-03-02T")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "open"}, True),
        ({"status": "closed"}, False),
        ({"status": "open,closed"}, True),
        ({"service_code": f"{LAMP},road.damaged"}, True),
        ({"service_code": "road.damaged"}, False),
        ({"start_date": "2026-03-02T00:00:00Z"}, True),
        ({"start_date": "2026-03-03T00:00:00Z", "end_date": "2026-03-04T00:00:00+08:00"}, False),
        ({"jurisdiction_id": "990102001"}, True),
        ({"jurisdiction_id": "990102"}, True),
        ({"jurisdiction_id": "990102002000"}, False),
    ],
)
def test_requests_are_filtered_as_the_standard_has_it(client, lamp, asked, found):
    assert bool(get(client, "requests.json", **asked).json()) is found


def test_requests_cost_little(client, lamp):
    with CaptureQueriesContext(connection) as captured:
        get(client, "requests.json")
    assert len(captured) <= 4


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("requests.json", {"status": "done"}, 400),
        (
            "requests.json",
            {"start_date": "2026-01-01T00:00Z", "end_date": "2026-12-01T00:00Z"},
            400,
        ),
        ("requests.json", {"start_date": "yesterday"}, 400),
        ("requests.json", {"jurisdiction_id": "110000"}, 400),
        ("services/no.such.json", {}, 404),
        ("requests/2020-0000001.xml", {}, 404),
        ("tokens/none.json", {}, 404),
        ("requests.json", {"api_key": "wrong"}, 403),
    ],
)
def test_what_cannot_be_answered_is_said_in_the_standards_form(client, county, path, asked, status):
    response = get(client, path, **asked)

    assert response.status_code == status
    if path.endswith(".xml"):
        root = parsed(response)
        assert (root.tag, root.find("error/code").text) == ("errors", str(status))
    else:
        (fault,) = response.json()
        assert fault["code"] == status
        assert fault["description"]


def test_a_client_places_an_order_and_passes_the_code_on(client, issue, posts, county):
    who = {"phone": "0577-1", "first_name": "小明", "last_name": "王"}
    response = placed(client, issue("place", name="民生热线"), lat="28.02", long="120.65", **who)

    assert response.status_code == 201
    (receipt,) = response.json()
    order = Order.objects.get()
    assert receipt["service_request_id"] == order.number
    assert (order.channel, order.place_id) == ("api", county.upper)
    assert (order.latitude, order.longitude) == (28_020_000, 120_650_000)
    assert Contact.objects.get().name == "王小明"
    assert public.follow(receipt["query_code"], at=moment(hour=13)).status.number == order.number
    assert receipt["query_code"] in receipt["service_notice"]
    (named,) = get(client, f"tokens/{receipt['token']}.json").json()
    assert named["service_request_id"] == order.number
    assert ClientOrder.objects.get().client.name == "民生热线"
    assert "民生热线" in Entry.objects.get(action="orders.client_order.sent").change
    assert get(client, "requests.json").json() == []  # nothing is public by being placed


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"description": "长" * 10_000}, 400),
        ({"description": " "}, 400),
        ({"service_code": "conduct.person"}, 404),
        ({"attribute[place]": ""}, 400),
        ({"attribute[place]": "110000000000"}, 400),
        ({"lat": "91", "long": "0"}, 400),
        ({"lat": "north", "long": "0"}, 400),
        ({"media_url": "http://example.org/a.jpg"}, 400),
    ],
)
def test_what_cannot_be_taken_is_refused(client, issue, posts, fields, status):
    response = placed(client, issue("place"), **fields)

    assert response.status_code == status
    assert response.json()[0]["code"] == status
    assert not Order.objects.exists()


def test_a_key_is_held_to_its_scope_and_its_rate(client, issue, posts):
    assert placed(client, "").status_code == 403
    assert placed(client, issue("read")).status_code == 403
    key = issue("place", "read", per_minute=2)
    answers = [placed(client, key, description=f"第{n}盏").status_code for n in range(3)]
    assert answers == [201, 201, 429]
    bearer = {"Authorization": f"Bearer {issue('place')}"}
    told = {"service_code": LAMP, "description": "灯", "address_string": "村口"}
    assert client.post(f"{ROOT}/requests.json", told, headers=bearer).status_code == 201


def test_updates_of_released_orders_are_listed(client, lamp):
    (found,) = get(client, "servicerequestupdates.json").json()
    assert found["service_request_id"] == lamp.number
    assert (found["status"], found["description"]) == ("open", "办理中")
    root = parsed(get(client, "servicerequestupdates.xml"))
    assert root.find("request_update/update_id").text == found["update_id"]


def test_a_client_adds_to_what_it_placed_and_to_nothing_else(client, issue, run):
    key = issue("place", "update")
    number = placed(client, key).json()[0]["service_request_id"]

    def added(to, by):
        said = {"service_request_id": to, "description": "还有一盏", "status": "CLOSED"}
        return post(client, "servicerequestupdates.json", api_key=by, **said)

    assert added(number, key).status_code == 201
    assert Addition.objects.get().order.number == number
    assert Order.objects.get(case__number=number).step  # its status is not the sender's to set
    assert added(run.order.number, key).status_code == 404
    assert added(number, issue("update")).status_code == 404


def test_its_openapi_names_every_address(client, db):
    described = client.get(reverse("api:openapi-json")).json()["paths"]

    assert {f"{ROOT}/requests.{{fmt}}", f"{ROOT}/tokens/{{token}}.{{fmt}}"} <= set(described)
    assert set(described[f"{ROOT}/servicerequestupdates.{{fmt}}"]) == {"get", "post"}
