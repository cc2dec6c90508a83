"""How days, numbers, shares, statuses and lists are set on every page."""

import datetime
import uuid
from collections.abc import Iterable

from django import template
from django.core.paginator import Page
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiceng.ui import words

register = template.Library()

register.filter("day", words.day)
register.filter("moment", words.moment)
register.filter("month", words.month)
register.filter("number", words.number)
register.simple_tag(words.period, name="period")
register.simple_tag(words.ratio, name="ratio")

TONES = {"good", "warn", "bad", "idle"}


@register.simple_tag
def status(text: str, tone: str = "idle") -> SafeString:
    """Return a status as text on a tone: good, warn, bad or idle; never the colour alone."""
    if tone not in TONES:
        raise ValueError(f"{tone!r} is no tone: {sorted(TONES)}")
    return format_html('<span class="state state-{}">{}</span>', tone, text)


@register.simple_tag
def empty(sentence: str) -> SafeString:
    return format_html('<p class="nothing">{}</p>', sentence)


@register.simple_tag
def form_key() -> SafeString:
    """Return the hidden key by which a repeated form is known (see RepeatMiddleware)."""
    return format_html('<input type="hidden" name="key" value="{}">', uuid.uuid4())


@register.inclusion_tag("ui/_facts.html")
def facts(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    return {"facts": pairs}


@register.inclusion_tag("ui/_pages.html", takes_context=True)
def pages(context: RequestContext, page: Page) -> dict[str, object]:
    """Return the links to a list's other pages; costs no query beyond the paginator's count."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "request": context["request"],
        "page": page,
        "numbers": list(numbers),
        "gap": page.paginator.ELLIPSIS,
        "count": page.paginator.count,
    }


@register.inclusion_tag("ui/_sort_header.html", takes_context=True)
def sort_header(
    context: RequestContext, name: str, title: str, number: bool = False
) -> dict[str, object]:
    """Return a column's head: first ascending, then descending. See `jiceng.ui.lists.order_of`."""
    asked = context["request"].GET.get("sort", "")
    state = {name: "ascending", f"-{name}": "descending"}.get(asked, "none")
    return {
        "request": context["request"],
        "title": title,
        "state": state,
        "next_order": f"-{name}" if asked == name else name,
        "number": number,
    }


@register.inclusion_tag("ui/_as_of.html", takes_context=True)
def as_of_form(context: RequestContext, day: datetime.date) -> dict[str, object]:
    """Return the form that asks this page for another day, everything else kept."""
    asked = context["request"].GET
    kept = [
        (name, value)
        for name, values in asked.lists()
        if name not in {"day", "page"}
        for value in values
    ]
    return {"day": day, "kept": kept}


@register.filter("status_of")
def status_of(reached: bool | None) -> SafeString:
    """Return whether a target is reached: yes, no, or not applicable."""
    if reached is None:
        return status(_("不适用"), "idle")
    return status(_("达到"), "good") if reached else status(_("未达到"), "bad")
