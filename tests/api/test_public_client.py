"""A client from PyPI that knows nothing of us reads what is public, over a real connection."""

import pytest
from georeport import GeoReport

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
