"""An order entered for somebody who stands at the counter or telephones."""

from django.http import HttpResponse

from jiceng.access.queries import require
from jiceng.core import clock
from jiceng.orders.operations import Placing, place_order
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest
from jiceng.web.orders.acts import slip
from jiceng.web.orders.forms import EntryForm


def enter(request: StaffRequest) -> HttpResponse:
    """Take the order and show its query code, this once, as a slip to hand over."""
    require(request.user, "orders.enter", today=clock.today())
    form = EntryForm(request.user, request.POST or None, initial={"channel": "counter"})
    if form.is_valid():
        with shown_on(form):
            told = {**form.cleaned_data, "place": form.cleaned_data["place"].pk}
            placed = place_order(Placing(**told), by=request.user, at=clock.now(), key=request.key)
            return slip(request, placed.order, placed.code)
    return form_again(request, "web/orders/enter.html", {"form": form})
