"""Refusals in the form of the standard: a list of codes and descriptions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from jiceng.api.rendering import Renderer, as_xml
from jiceng.core.refusals import Invalid, Refusal

# Roots of the answers in XML, by the name of the operation.
ROOTS = {
    "services": "services",
    "service": "service_definition",
    "requests": "service_requests",
    "request": "service_requests",
    "token": "service_requests",
    "updates": "service_request_updates",
}


class Api(NinjaAPI):
    """Answers in the form that the address ends with."""

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        response = super().create_response(
            request, data, status=status, temporal_response=temporal_response
        )
        if request.path.endswith(".xml"):
            match = request.resolver_match
            name = (match.url_name or "") if match else ""
            root = "errors" if response.status_code >= 400 else ROOTS[name]
            response.content = as_xml(root, data)
            response["Content-Type"] = "text/xml; charset=utf-8"
        response["X-Robots-Tag"] = "noindex"
        return response


def build() -> Api:
    """Return the API with its refusals in the standard's form."""
    api = Api(
        title="Jiceng · Open311 GeoReport v2",
        version="2",
        renderer=Renderer(),
        docs_url=None,
        urls_namespace="api",
    )
    api.add_exception_handler(Refusal, lambda request, fault: _refused(api, request, fault))
    api.add_exception_handler(ValidationError, lambda request, fault: _faulty(api, request, fault))
    api.add_exception_handler(Http404, lambda request, _: _error(api, request, 404, "Not found"))
    return api


def _refused(api: Api, request: HttpRequest, refusal: Any) -> HttpResponse:
    # The standard knows 400 for whatever was sent wrongly.
    status = 400 if isinstance(refusal, Invalid) else refusal.status
    return _error(api, request, status, " ".join([refusal.sentence, *refusal.details]))


def _faulty(api: Api, request: HttpRequest, fault: Any) -> HttpResponse:
    said = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in fault.errors)
    return _error(api, request, 400, said)


def _error(api: Api, request: HttpRequest, status: int, description: str) -> HttpResponse:
    return api.create_response(
        request, [{"code": status, "description": description}], status=status
    )
