"""The same data as JSON that a person can read, or as the XML that GeoReport v2 names."""

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpRequest
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

# What a list's elements are called, by the name of the list.
_ELEMENTS = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
}
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Renderer(BaseRenderer):
    """JSON with its Chinese as it is, not as escapes."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False)


def as_xml(root: str, data: Any) -> bytes:
    """Return data as XML below one element; what XML cannot hold is left out."""
    element = Element(root)
    _fill(element, root, data)
    return tostring(element, encoding="utf-8", xml_declaration=True)


def _fill(element: Element, name: str, data: Any) -> None:
    if isinstance(data, Mapping):
        for key, value in data.items():
            _fill(SubElement(element, key), key, value)
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for value in data:
            _fill(SubElement(element, _ELEMENTS.get(name, "item")), "", value)
    elif isinstance(data, bool):
        element.text = "true" if data else "false"
    elif isinstance(data, datetime.datetime):
        element.text = data.isoformat()
    elif data is not None:
        element.text = _NO_XML.sub("", str(data))
