"""What GeoReport v2 sends and takes, field by field as the standard names it."""

import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


Number = Annotated[float | None, BeforeValidator(_none_if_empty)]
Moment = Annotated[datetime.datetime | None, BeforeValidator(_none_if_empty)]


class Service(Schema):
    service_code: str
    service_name: str
    description: str
    metadata: bool
    type: str
    keywords: str
    group: str


class AttributeValue(Schema):
    key: str
    name: str


class Attribute(Schema):
    variable: bool
    code: str
    datatype: str
    required: bool
    datatype_description: str
    order: int
    description: str
    values: list[AttributeValue] = []


class Definition(Schema):
    service_code: str
    attributes: list[Attribute]


class ServiceRequest(Schema):
    """A released order: its summary, at the precision of a street or village."""

    service_request_id: str
    status: str
    status_notes: str
    service_name: str
    service_code: str
    description: str
    agency_responsible: str
    service_notice: str
    requested_datetime: datetime.datetime
    updated_datetime: datetime.datetime
    expected_datetime: datetime.datetime | None
    address: str
    address_id: str
    zipcode: str
    lat: float | None
    long: float | None
    media_url: str


class Receipt(Schema):
    """What is answered once when an order was taken. `query_code` is for the resident: with it
    he follows, adds to, withdraws and judges his order.
    """

    service_request_id: str
    token: str
    query_code: str
    service_notice: str
    account_id: str


class Token(Schema):
    service_request_id: str
    token: str


class Update(Schema):
    update_id: str
    service_request_id: str
    status: str
    updated_datetime: datetime.datetime
    description: str
    media_url: str


class UpdateReceipt(Schema):
    update_id: str
    account_id: str


class Error(Schema):
    code: int
    description: str


class Posted(Schema):
    """A service request as it is posted. `email`, `device_id` and `account_id` are not read."""

    service_code: str
    description: str
    api_key: str = ""
    jurisdiction_id: str = ""
    lat: Number = None
    long: Number = None
    address_string: str = ""
    address_id: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    media_url: str = ""


class PostedUpdate(Schema):
    service_request_id: str
    description: str
    api_key: str = ""
    jurisdiction_id: str = ""
    update_id: str = ""
    status: str = ""


class Asked(Schema):
    """Which released orders are asked for."""

    jurisdiction_id: str = ""
    service_request_id: str = ""
    service_code: str = ""
    start_date: Moment = None
    end_date: Moment = None
    status: str = ""
    api_key: str = ""
