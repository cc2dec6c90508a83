"""Open311 GeoReport v2: services, released orders, and placing one; mySociety's updates beside.

Reading needs no key: what is read is public. See docs/api.md.
"""

import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Form, Query, UploadedFile

from jiceng.access import public as access
from jiceng.api import schemas
from jiceng.api.errors import build
from jiceng.core import clock
from jiceng.core.refusals import Invalid, NotFound
from jiceng.orders import public_api as orders

api = build()
Format = Literal["json", "xml"]
_MOST = 1000  # of one answer, as the standard has it
_SPAN = datetime.timedelta(days=90)
_MICRO = 1_000_000


class NoSuchService(NotFound):
    """The service code is none of ours."""


class Misasked(Invalid):
    """The question cannot be understood."""


@api.get("/services.{fmt}", response=list[schemas.Service], url_name="services")
def services(request: HttpRequest, fmt: Format, jurisdiction_id: str = "") -> Any:
    """List the kinds of service that may be placed."""
    orders.jurisdiction(jurisdiction_id, clock.today())
    return [_service(one) for one in orders.offered()]


@api.get("/services/{service_code}.{fmt}", response=schemas.Definition, url_name="service")
def service(request: HttpRequest, service_code: str, fmt: Format, jurisdiction_id: str = "") -> Any:
    """Say what may be told with a kind of service beside its description."""
    orders.jurisdiction(jurisdiction_id, clock.today())
    return {"service_code": _offered(service_code).code, "attributes": [_PLACE]}


@api.get("/requests.{fmt}", response=list[schemas.ServiceRequest], url_name="requests")
def requests(request: HttpRequest, fmt: Format, asked: Query[schemas.Asked]) -> Any:
    """List released orders: by number, else of 90 days, by kind and status."""
    return _answers(request, _found(asked, updated=False))


@api.get("/requests/{number}.{fmt}", response=list[schemas.ServiceRequest], url_name="request")
def request_by(request: HttpRequest, number: str, fmt: Format, jurisdiction_id: str = "") -> Any:
    """Show one released order."""
    asked = schemas.Asked(service_request_id=number, jurisdiction_id=jurisdiction_id)
    found = _answers(request, _found(asked, updated=False))
    if not found:
        raise NotFound(_("没有编号为 %s 的公开诉求。") % number)
    return found


@api.post(
    "/requests.{fmt}",
    response={201: list[schemas.Receipt]},
    url_name="requests",
    operation_id="post_request",
)
def post_request(
    request: HttpRequest,
    fmt: Format,
    posted: Form[schemas.Posted],
    media: UploadedFile | None = File(None),  # noqa: B008 - how ninja declares a file
) -> Any:
    """Place an order for somebody. The key needs the scope `place`."""
    at = clock.now()
    client = access.admit(_key_of(request, posted.api_key), "place", at=at)
    _offered(posted.service_code)
    received = orders.place_for(client, _told(request, posted, media, at), at=at)
    return [
        {
            "service_request_id": received.number,
            "token": orders.token_of(received.number),
            "query_code": received.code,
            "service_notice": _notice(received),
            "account_id": "",
        }
    ]


@api.get("/tokens/{token}.{fmt}", response=list[schemas.Token], url_name="token")
def token(request: HttpRequest, token: str, fmt: Format, jurisdiction_id: str = "") -> Any:
    """Say which order a token stands for."""
    return [{"service_request_id": orders.signed_number(token), "token": token}]


@api.get("/servicerequestupdates.{fmt}", response=list[schemas.Update], url_name="updates")
def updates(request: HttpRequest, fmt: Format, asked: Query[schemas.Asked]) -> Any:
    """List the last change of released orders: mySociety's extension."""
    return [
        {
            "update_id": f"{row.number}-{row.updated_at:%Y%m%d%H%M%S}",
            "service_request_id": row.number,
            "status": _status(row),
            "updated_datetime": row.updated_at,
            "description": row.state,
            "media_url": "",
        }
        for row in _found(asked, updated=True)
    ]


@api.post(
    "/servicerequestupdates.{fmt}",
    response={201: list[schemas.UpdateReceipt]},
    url_name="updates",
    operation_id="post_update",
)
def post_update(request: HttpRequest, fmt: Format, posted: Form[schemas.PostedUpdate]) -> Any:
    """Add to an order that the same client placed. The key needs the scope `update`; a status is
    not taken: whether an order is closed is not for its sender to say.
    """
    at = clock.now()
    client = access.admit(_key_of(request, posted.api_key), "update", at=at)
    added = orders.add_for(client, posted.service_request_id, text=posted.description, at=at)
    return [{"update_id": str(added), "account_id": ""}]


_PLACE = {
    "variable": True,
    "code": "place",
    "datatype": "string",
    "required": False,
    "datatype_description": "12 位统计用区划代码，村级或乡级",
    "order": 1,
    "description": "在哪个村（社区）或乡镇（街道）",
    "values": [],
}


def _service(one: orders.Service) -> dict[str, Any]:
    return {
        "service_code": one.code,
        "service_name": one.title,
        "description": one.note or one.title,
        "metadata": True,
        "type": "realtime",
        "keywords": ",".join(one.keywords),
        "group": one.group,
    }


def _offered(code: str) -> orders.Service:
    found = orders.service_offered(code)
    if found is None:
        raise NoSuchService(_("没有代码为 %s 的服务。") % code)
    return found


def _found(asked: schemas.Asked, *, updated: bool) -> list[orders.Shown]:
    """Return what is asked for, at most a thousand. With a key, it is held to its rate."""
    at = clock.now()
    if asked.api_key:
        access.admit(asked.api_key, "read", at=at)
    unit = orders.jurisdiction(asked.jurisdiction_id, clock.day_of(at))
    since, until = _span(asked, at)
    which = orders.Filter(
        numbers=_listed(asked.service_request_id),
        kinds=_listed(asked.service_code),
        closed=_closed(asked.status),
        since=since,
        until=until,
        updated=updated,
    )
    return orders.shown(orders.released(unit, which, clock.day_of(at))[:_MOST], at)


def _span(
    asked: schemas.Asked, at: datetime.datetime
) -> tuple[datetime.datetime, datetime.datetime]:
    """Return 90 days at most: those asked for, or the last ones."""
    since, until = (_aware(one) if one else None for one in (asked.start_date, asked.end_date))
    until = until or (since + _SPAN if since else at)
    since = since or until - _SPAN
    if not since <= until <= since + _SPAN:
        raise Misasked(_("start_date 到 end_date 最多 90 天，先后不能颠倒。"))
    return since, until


def _aware(at: datetime.datetime) -> datetime.datetime:
    return at if timezone.is_aware(at) else timezone.make_aware(at)


def _closed(status: str) -> bool | None:
    wanted = set(_listed(status))
    if wanted - {"open", "closed"}:
        raise Misasked(_("status 只能是 open 或 closed。"))
    return None if len(wanted) != 1 else wanted == {"closed"}


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _answers(request: HttpRequest, rows: list[orders.Shown]) -> list[dict[str, Any]]:
    codes = orders.codes_of({row.place_number for row in rows}, clock.now())
    return [_answer(request, row, codes.get(row.place_number, "")) for row in rows]


def _answer(request: HttpRequest, row: orders.Shown, code: str) -> dict[str, Any]:
    photo = reverse("portal:order_photo", args=[row.number]) if row.photo else ""
    return {
        "service_request_id": row.number,
        "status": _status(row),
        "status_notes": row.state,
        "service_name": row.kind,
        "service_code": row.code,
        "description": row.summary,
        "agency_responsible": row.handler,
        "service_notice": "",
        "requested_datetime": row.placed_at,
        "updated_datetime": row.updated_at,
        "expected_datetime": row.due_at,
        "address": row.place,
        "address_id": code,
        "zipcode": "",
        "lat": row.latitude,
        "long": row.longitude,
        "media_url": request.build_absolute_uri(photo) if photo else "",
    }


def _status(row: orders.Shown) -> str:
    return "closed" if row.closed_at else "open"


def _key_of(request: HttpRequest, posted: str) -> str:
    """Return the key: as the standard has it among the fields, or as a bearer token."""
    return posted or request.headers.get("Authorization", "").removeprefix("Bearer ").strip()


def _told(
    request: HttpRequest,
    posted: schemas.Posted,
    media: UploadedFile | None,
    at: datetime.datetime,
) -> orders.Told:
    if posted.media_url:
        raise Misasked(_("不收 media_url；照片请作为文件放在 media 里一起提交。"))
    today = clock.day_of(at)
    orders.jurisdiction(posted.jurisdiction_id, today)
    code = request.POST.get("attribute[place]", "") or posted.address_id
    place = orders.place_of_code(code, today)
    if place is None and posted.lat is None and not posted.address_string:
        raise Misasked(_("请用 lat 和 long、address_string 或 address_id 写明地点。"))
    return orders.Told(
        kind=posted.service_code,
        text=posted.description,
        place=place,
        where=posted.address_string,
        latitude=None if posted.lat is None else round(posted.lat * _MICRO),
        longitude=None if posted.long is None else round(posted.long * _MICRO),
        name=f"{posted.last_name}{posted.first_name}",
        phone=posted.phone,
        photo=orders.Photo(media, media.name or "", media.size or 0) if media else None,
        channel="api",
    )


def _notice(received: Any) -> str:
    said = _("查询码 %(code)s，凭码看进度、补充、撤回和评价，只告诉这一次。") % {
        "code": received.code
    }
    if received.answering:
        said += _("这类事情要马上处理，请同时打电话 %s。") % received.answering.phone
    return said
