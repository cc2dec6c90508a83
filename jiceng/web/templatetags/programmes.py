"""How verdicts and money read on the programmes' pages."""

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiceng.programmes.queries.boards import Cell
from jiceng.programmes.words import asked_by
from jiceng.ui.templatetags.ui import status
from jiceng.ui.words import ratio

register = template.Library()

register.filter("asked", asked_by)

_TONES = {"met": "good", "short": "bad", "not_applicable": "idle"}


@register.filter
def verdict(state: str) -> SafeString:
    """Return a verdict as words on a tone."""
    words = {"met": _("达到"), "short": _("有差距"), "not_applicable": _("不适用")}
    return status(words[state], _TONES[state])


@register.filter
def counted(counts: bool) -> SafeString:
    return status(_("计入"), "good") if counts else status(_("未计入"), "warn")


@register.filter
def yuan(fen: int) -> str:
    """Return an amount in fen as yuan, exact to the fen."""
    whole, rest = divmod(fen, 100)
    return _("%(amount)s 元") % {"amount": f"{whole:,}.{rest:02d}"}


@register.simple_tag(takes_context=True)
def board_cell(context: RequestContext, cell: Cell, unit: int) -> SafeString:
    """Return one `<td>` of a board: the unit's own verdict, or how many places below are short.

    Written in code because a board has hundreds of them.
    """
    if not cell.places:
        return SafeString("<td></td>")
    if cell.state == "not_applicable":
        return format_html("<td>{}</td>", _("不适用"))
    day = context["board"].day
    code = context["programme"].code
    if cell.own is not None:
        address = reverse("web:programme_rows", args=[code, cell.target.code, "unit", unit])
        address = f"{address}?day={day}"
        text = ratio(cell.own.numerator, cell.own.denominator)
        if cell.own.denominator is None:
            text = str(cell.own.numerator)
    else:
        address = reverse("web:programme_target", args=[code, cell.target.code])
        address = f"{address}?day={day}&unit={unit}"
        text = _("%(met)d/%(places)d 达到") % {
            "met": cell.met,
            "places": cell.places - cell.not_applicable,
        }
    if not cell.short:
        return format_html('<td><a href="{}">{}</a></td>', address, text)
    gap = _("还差 %(gap)d %(unit)s") % {"gap": cell.gap, "unit": cell.target.measured_in}
    return format_html(
        '<td class="short"><a href="{}">{}</a><br><strong>{}</strong></td>', address, text, gap
    )
