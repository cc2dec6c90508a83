"""The rules that will bind a notice, for who writes or releases it."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiceng.notices.kinds import Kind
from jiceng.rules.queries import find_rule
from jiceng.rules.words import title_of


@dataclass(frozen=True, slots=True)
class Binding:
    """One rule in words; without words there is none, and the notice cannot be released."""

    label: str
    words: str
    note: str


def bindings_of(kind: Kind, unit: int, day: datetime.date) -> list[Binding]:
    """Return the rules of period, board and answers as they hold on a day, each once."""
    labels = {
        kind.board: _("公开栏保留"),
        kind.answer: _("答复异议"),
        kind.period: _("公示期"),
    }
    return [_binding(labels[key], key, unit, day) for key in kind.rules]


def _binding(label: str, key: str, unit: int, day: datetime.date) -> Binding:
    rule = find_rule(key, unit=unit, day=day)
    if rule is None:
        missing = _("没有适用的规则“%s”，发布前须由有权限的人登记。") % title_of(key)
        return Binding(label, "", missing)
    return Binding(label, rule.sentence(), rule.note)
