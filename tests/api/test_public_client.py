"""A client from PyPI that knows nothing of us reads what is public, over a real connection; ours
places an order with a photo.
"""

import io

import pytest
import requests
from georeport import GeoReport
from PIL import Image

from jiceng.orders.models import Order
from tests.orders.cast import LAMP

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_reads_services_and_released_orders(live_server, lamp, form):
    ours = GeoReport(f"{live_server.url}/api/open311/v2", output_format=form)

    assert LAMP in {one["service_code"] for one in ours.get_service_list()}
    assert ours.get_service_definition(LAMP)["service_code"] == LAMP
    found = ours.get_service_requests(status="open", service_code=LAMP)
    first = found if isinstance(found, dict) else found[0]  # a single one in XML
    assert first["description"] == lamp.summary
    assert ours.get_service_request(lamp.number)["service_request_id"] == lamp.number


def test_a_program_places_an_order_with_a_photo(live_server, issue, posts, county):
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(photo, "JPEG")
    told = {
        "api_key": issue("place"),
        "service_code": LAMP,
        "description": "村口路灯不亮",
        "address_id": "990102001001",
    }

    answer = requests.post(
        f"{live_server.url}/api/open311/v2/requests.xml",
        data=told,
        files={"media": ("灯.jpg", photo.getvalue(), "image/jpeg")},
        timeout=10,
    )

    order = Order.objects.get()
    assert answer.status_code == 201
    assert f"<service_request_id>{order.number}</service_request_id>" in answer.text
    assert order.telling.photo.media_type == "image/jpeg"
