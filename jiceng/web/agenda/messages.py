"""What was sent to me, and where I want it sent. Only one's own; nobody sees whether it was read."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiceng.access import operations
from jiceng.access.message_ways import WAYS, Way
from jiceng.access.models import MessageAddress
from jiceng.access.queries import message_address_of
from jiceng.agenda import hours
from jiceng.agenda.models import Digest
from jiceng.agenda.queries import digests_of
from jiceng.agenda.ways import ways_on
from jiceng.core import clock
from jiceng.ui.forms import choose
from jiceng.ui.lists import page_of
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest

_TONES = {
    Digest.State.SENT: "good",
    Digest.State.REFUSED: "bad",
    Digest.State.UNCERTAIN: "warn",
}


class AddressForm(forms.Form):
    way = forms.ChoiceField(label=_("怎样收"), required=False, widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("地址"),
        max_length=254,
        required=False,
        help_text=_("只用来给您发消息，别人看不到；选“不发”就删去。"),
        widget=forms.TextInput({"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, ways: list[Way], chosen: MessageAddress | None, data: Any) -> None:
        first = {"way": chosen.way, "address": chosen.address} if chosen else {"way": ""}
        super().__init__(data, initial=first)
        choose(self, "way", [("", _("不发，我看“今日”")), *((way.code, way.title) for way in ways)])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("way") and not given.get("address"):
            self.add_error("address", gettext("请填写收消息的地址。"))
        return given


def sent(request: StaffRequest) -> HttpResponse:
    page = page_of(request, digests_of(request.user))
    rows = [(one, _title_of(one), _TONES.get(Digest.State(one.state), "idle")) for one in page]
    context = {"page": page, "rows": rows, "chosen": message_address_of(request.user), **_hours()}
    return render(request, "web/agenda/messages.html", context)


def address(request: StaffRequest) -> HttpResponse:
    ways = ways_on()
    form = AddressForm(ways, message_address_of(request.user), request.POST or None)
    if form.is_valid():
        with shown_on(form):
            _choose(request, **form.cleaned_data)
            return redirect("web:messages")
    context = {"form": form, "ways": ways, **_hours()}
    return form_again(request, "web/agenda/my_messages.html", context)


def _choose(request: StaffRequest, *, way: str, address: str) -> None:
    at = clock.now()
    if way:
        operations.choose_message_address(
            request.user, way=way, address=address, at=at, key=request.key
        )
        messages.success(request, gettext("以后的待办会发到您填的地址。"))
    else:
        operations.remove_message_address(request.user, at=at, key=request.key)
        messages.success(request, gettext("不再发消息，地址已删去。"))


def _title_of(digest: Digest) -> Any:
    return WAYS[digest.way].title if digest.way else ""


def _hours() -> dict[str, object]:
    return {
        "quiet_from": f"{hours.QUIET_FROM:%H:%M}",
        "quiet_until": f"{hours.QUIET_UNTIL:%H:%M}",
        "times": [f"{time:%H:%M}" for time in hours.DIGESTS],
    }
