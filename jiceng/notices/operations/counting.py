"""Asking the rules, and writing what the days of a notice come to."""

import datetime
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from jiceng.core.clock import day_of
from jiceng.notices.models import Notice
from jiceng.notices.operations.publishing import in_chinese, publish_days
from jiceng.notices.queries.views import kind_of
from jiceng.notices.refusals import Faulty
from jiceng.notices.spans import Counted, Posted, Span, counting
from jiceng.rules.queries import Rule, rules_for
from jiceng.rules.values import Period, as_written
from jiceng.rules.words import value_in_words


def rules_on(notice: Notice, day: datetime.date) -> dict[str, Rule]:
    """Return the rules of a notice's period, board and answers, as on a day.

    Raises:
        NoRule: there is none for one of them: it is asked for, never assumed.
        Faulty: a place has set one that is no number of days.
    """
    kind = kind_of(notice)
    rules = rules_for(kind.rules, unit=notice.unit_id, day=day)
    for rule in rules.values():
        period_of(rule)
    return rules


def period_of(rule: Rule) -> Period:
    if not isinstance(rule.value, Period) or rule.value.unit == "hour":
        raise Faulty(_("规则“%s”不是以日、工作日、月或年计的期间。") % rule.title)
    return rule.value


def kept(rule: Rule) -> dict[str, Any]:
    """Return a rule as rows keep it: what was asked, in words, and where it comes from."""
    with in_chinese():
        return {
            "key": rule.key,
            "title": rule.title,
            "words": value_in_words(rule.value),
            "sentence": rule.sentence(),
            "value": as_written(rule.value),
            "source": rule.source,
            "grade": rule.grade,
            "refuses": rule.refuses,
        }


def count(notice: Notice) -> Span | None:
    """Work out the days of a notice from its postings, and write them inside and outside.

    The periods are those of the day on which each posting would begin.
    """
    asked: dict[datetime.date, dict[str, Rule]] = {}
    kind = kind_of(notice)

    def counted_on(day: datetime.date) -> Counted:
        asked[day] = rules_on(notice, day)
        return Counted(period_of(asked[day][kind.period]), period_of(asked[day][kind.board]))

    if notice.released_at is None:
        raise ValueError(f"{notice} is not released")
    postings = [
        Posted(row.posted_on, row.taken_down_on)
        for row in notice.postings.filter(superseded_at=None)
    ]
    span = counting(day_of(notice.released_at), postings, counted_on)
    if span is not None:
        rules = asked[span.begins_on]
        notice.rules = {"period": kept(rules[kind.period]), "board": kept(rules[kind.board])}
    days = asdict(span) if span else dict.fromkeys(Span.__dataclass_fields__)
    for name, value in {**days, "provisional": bool(span and span.provisional)}.items():
        setattr(notice, name, value)
    notice.save(update_fields=[*days, "rules"])
    publish_days(notice)
    return span
