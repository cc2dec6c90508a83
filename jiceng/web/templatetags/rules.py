"""How rules read on their pages."""

import datetime
from collections.abc import Sequence

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiceng.core.periods import DAY, FOREVER
from jiceng.registry.models import Unit
from jiceng.rules import words
from jiceng.rules.declarations import UNKNOWN, ShippedRule
from jiceng.rules.queries import Listed, Own, Rule
from jiceng.ui.templatetags.ui import status
from jiceng.ui.words import day, period

register = template.Library()

register.filter("value_in_words", words.value_in_words)
register.filter("binds_in_words", words.binds_in_words)
register.filter("kind_in_words", words.kind_in_words)
register.filter("place_in_words", words.place_in_words)
register.filter("effect_in_words", words.effect_in_words)
register.filter("grade_explained", words.grade_explained)

_NO_WORDS = SafeString("")
_TONES = {"L": "good", "O": "good", "P": "idle", "W": "warn", "K": "warn"}
_STATES = {"current": "good", "future": "idle", "ended": "idle", "withdrawn": "idle"}


@register.simple_tag
def in_force(valid_from: datetime.date, valid_to: datetime.date) -> str:
    """Return the period of a rule; of many practices nobody wrote since when they hold."""
    if valid_from != UNKNOWN:
        return period(valid_from, valid_to)
    if valid_to == FOREVER:
        return _("起始日不详")
    return _("起始日不详，至%s") % day(valid_to - DAY)


@register.simple_tag
def rule_rows(rows: Sequence[Listed], unit: Unit, day: datetime.date) -> SafeString:
    """Return the table rows of one topic. Written in code because a page has 130 of them."""
    asked = f"?unit={unit.pk}&day={day}"
    return format_html_join(
        "",
        '<tr><th scope="row"><a href="{}">{}</a>{}</th>{}</tr>',
        (
            (reverse("web:rule", args=[row.key]) + asked, row.title, _kind(row), _cells(row.rule))
            for row in rows
        ),
    )


def _kind(row: Listed) -> SafeString:
    return format_html('<span class="quiet kind">{}</span>', row.kind) if row.kind else _NO_WORDS


def _cells(rule: Rule | None) -> SafeString:
    if rule is None:
        none = status(_("没有适用的规则"), "warn")
        return format_html('<td data-label="{}" colspan="5">{}</td>', _("数值"), none)
    scope = _("%(place)s，%(period)s") % {
        "place": rule.place_name,
        "period": in_force(rule.valid_from, rule.valid_to),
    }
    return format_html_join(
        "",
        '<td data-label="{}">{}</td>',
        (
            (_("数值"), words.value_in_words(rule.value)),
            (_("适用范围"), scope),
            (_("依据"), rule.source),
            (_("等级"), format_html("{} {}", badge_of(rule), check_badge(rule))),
            (_("不符合时"), words.effect_in_words(rule.refuses)),
        ),
    )


@register.filter
def check_badge(rule: Rule | ShippedRule) -> SafeString:
    """Return the mark of an old value that goes on under a changed law."""
    return status(_("待核对"), "warn") if rule.carried_over else _NO_WORDS


@register.filter
def grade_badge(grade: str) -> SafeString:
    return status(words.grade_in_words(grade), _TONES[grade])


@register.filter
def badge_of(rule: Rule) -> SafeString:
    """Return what a rule rests on: its grade, or that the place set it."""
    if rule.local is None:
        return grade_badge(rule.grade)
    return status(_("本地采用") if rule.adopted else _("本地规则"), "good")


@register.filter
def state_badge(own: Own) -> SafeString:
    titles = {
        "current": _("有效"),
        "future": _("尚未开始"),
        "ended": _("已终止"),
        "withdrawn": _("已撤回"),
    }
    return status(titles[own.state], _STATES[own.state])
