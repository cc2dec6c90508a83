"""The queue of orders: tabs, filters, order, pages by a mark; several taken on at once; the file."""

import datetime

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jiceng.access.queries import permissions_of, unit_for
from jiceng.core import clock
from jiceng.core.refusals import Denied, NotFound
from jiceng.orders import catalogue
from jiceng.orders.operations.exporting import export_orders
from jiceng.orders.operations.many import MOST, Result, accept_many, dispatch_many
from jiceng.orders.queries import order_for
from jiceng.orders.queries.queue import Cursor, Tab, Wanted, page_for
from jiceng.orders.words import step_titles
from jiceng.ui.forms import choose
from jiceng.ui.requests import StaffRequest
from jiceng.web.orders.words import lines_of
from jiceng.web.registry.fields import AskedPicker

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MARK = "orders.queue"
TITLES: dict[Tab, Promise] = {
    Tab.MINE: gettext_lazy("等我办"),
    Tab.HELP: gettext_lazy("吹哨和协办"),
    Tab.HERE: gettext_lazy("本地在办"),
    Tab.OVERDUE: gettext_lazy("超期提级"),
    Tab.CLOSED: gettext_lazy("已结案"),
    Tab.CONDUCT: gettext_lazy("人员作风"),
}


class FilterForm(forms.Form):
    """What the address asks for; what cannot be is left out."""

    step = forms.ChoiceField(label=gettext_lazy("步骤"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("种类"), required=False)
    place = forms.IntegerField(label=gettext_lazy("地方"), required=False)
    handler = forms.IntegerField(label=gettext_lazy("承办单位"), required=False)
    sort = forms.ChoiceField(
        label=gettext_lazy("排序"),
        required=False,
        choices=(("", gettext_lazy("期限近的在前")), ("new", gettext_lazy("新来的在前"))),
    )
    overdue = forms.BooleanField(label=gettext_lazy("只看超期"), required=False)

    def __init__(self, request: StaffRequest, tab: Tab) -> None:
        super().__init__(request.GET)
        self.user = request.user
        everything = [("", _("全部"))]
        choose(self, "step", everything + list(step_titles().items()))
        grouped, groups = catalogue.grouped(), catalogue.shipped().groups
        kinds = [
            (groups[group], [(one.code, one.title) for one in services])
            for group, services in grouped.items()
        ]
        choose(self, "kind", [*everything, *kinds])
        for name, asked in (("place", {"tree": "division"}), ("handler", {})):
            self.fields[name].widget = AskedPicker("web:pick", self._name_of, asked=asked)
        if tab == Tab.CLOSED:
            for name in ("step", "overdue", "sort"):
                del self.fields[name]

    def wanted(self, tab: Tab, after: Cursor | None) -> Wanted:
        self.full_clean()
        asked = getattr(self, "cleaned_data", {})
        return Wanted(
            tab=tab,
            step=asked.get("step") or "",
            kind=asked.get("kind") or "",
            place=asked.get("place"),
            handler=asked.get("handler"),
            overdue=bool(asked.get("overdue")),
            newest=asked.get("sort") == "new",
            after=after,
        )

    def _name_of(self, value: str) -> str:
        try:
            return unit_for(self.user, "registry.view", number=int(value)).name
        except (NotFound, Denied, ValueError, OverflowError):
            return ""


def queue(request: StaffRequest) -> HttpResponse:
    at = clock.now()
    may = permissions_of(request.user, clock.day_of(at))
    tab = _tab_of(request)
    form = FilterForm(request, tab)
    wanted = form.wanted(tab, _opened(request.GET.get("after", "")))
    found = page_for(request.user, wanted, at)
    context = {
        "tab": tab.value,
        "tabs": [(one.value, title) for one, title in TITLES.items() if _shown(one, may)],
        "form": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "lines": lines_of(found.orders, at, clock.day_of(at)),
        "following": _sealed(found.following) if found.following else "",
        "later": bool(request.GET.get("after")),
        "may": may,
        "bulk": tab == Tab.MINE and bool(may & {"orders.dispatch", "orders.handle"}),
        "at": at,
    }
    return render(request, "web/orders/queue.html", context)


@require_POST
def several(request: StaffRequest) -> HttpResponse:
    """Dispatch or accept the orders that were ticked; say of each that stays why."""
    at = clock.now()
    act = request.POST.get("act", "")
    permission = "orders.dispatch" if act == "dispatch" else "orders.handle"
    orders = [
        order_for(request.user, permission, number=number, today=clock.day_of(at))
        for number in request.POST.getlist("order")[:MOST]
    ]
    by, key = request.user, request.key
    if act == "dispatch":
        result = dispatch_many(orders, handler=None, by=by, at=at, key=key)
    else:
        result = accept_many(orders, by=by, at=at, key=key)
    _tell(request, result)
    return redirect(f"{request.path.removesuffix('several/')}?{urlencode({'tab': Tab.MINE.value})}")


def export(request: StaffRequest) -> HttpResponse:
    at = clock.now()
    tab = _tab_of(request)
    wanted = FilterForm(request, tab).wanted(tab, None)
    answer = HttpResponse(export_orders(wanted, by=request.user, at=at), content_type=XLSX)
    name = f"orders-{clock.day_of(at)}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _tell(request: StaffRequest, result: Result) -> None:
    if result.done:
        messages.success(request, _("办了 %d 件。") % len(result.done))
    for order, sentence in result.refused:
        messages.warning(
            request, _("%(number)s：%(why)s") % {"number": order.number, "why": sentence}
        )
    if not result.done and not result.refused:
        messages.warning(request, _("请先勾选诉求。"))


def _tab_of(request: StaffRequest) -> Tab:
    asked = request.GET.get("tab", "")
    return Tab(asked) if asked in set(Tab) else Tab.MINE


def _shown(tab: Tab, may: set[str]) -> bool:
    return tab != Tab.CONDUCT or "orders.conduct" in may


def _sealed(mark: Cursor) -> str:
    """Return where a page ends as one word for the address."""
    moment = mark.moment.isoformat() if mark.moment else ""
    return signing.dumps([moment, mark.pk], salt=_MARK)


def _opened(text: str) -> Cursor | None:
    """Return where the page begins; the first page when the word was changed."""
    if not text:
        return None
    try:
        moment, number = signing.loads(text, salt=_MARK)
    except signing.BadSignature:
        return None
    return Cursor(datetime.datetime.fromisoformat(moment) if moment else None, number)
