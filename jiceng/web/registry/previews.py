"""What a change would do, told before it is confirmed: the act is rehearsed and taken back."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.core.journal import Journal
from jiceng.core.periods import FOREVER
from jiceng.core.rehearsal import taken_back
from jiceng.exchange.editions.legacies import Ended, left_by
from jiceng.measures.queries import closed_since
from jiceng.registry import queries
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Kind, Tree
from jiceng.ui import words
from jiceng.web.registry.changes import Change, below_of
from jiceng.web.registry.forms import EndForm

_SHOWN = 20  # lines of a list; the rest is counted


@dataclass(frozen=True, slots=True)
class Listed:
    """One list of what is touched besides the unit itself."""

    title: str
    advice: str
    lines: list[str]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class Preview:
    rows: list[tuple[str, str, str]]  # what, as it is, as it would be; empty: nothing there
    lists: list[Listed] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def preview_of(user: User, change: Change, unit: Unit, form: Any) -> Preview:
    """Rehearse a change and return what it does, as of its day.

    Raises:
        Refusal: whatever the operation refuses.
    """
    day = form.cleaned_data["day"]
    before = _state(unit.pk, day)
    lists = _ending_lists(unit, form) if isinstance(form, EndForm) else []
    with taken_back():
        told = {"by": user, "at": clock.now(), "journal": Journal()}
        number = change.carry_out(unit, form, told)
        founded = number != unit.pk
        after = _state(number, day)
    rows = [
        (label, "" if founded else before.get(label, ""), after.get(label, ""))
        for label in {**before, **after}
        if founded or before.get(label, "") != after.get(label, "")
    ]
    if change.code == "move":
        lists = _moving_lists(unit, day)
    return Preview(rows, lists, closed_since(day))


def _state(number: int, day: datetime.date) -> dict[str, str]:
    """Return in words what a unit is on a day, by label; what it has not is left out."""
    unit = queries.unit_on(number, day)
    state = {
        _("名称"): unit.name,
        _("类别"): str(Kind(unit.kind).label),
        _("代码"): unit.code or "",
        _("存续"): _life(unit),
        _("隶属"): _way_to(unit, day),
    }
    if unit.tree == Tree.ORGANISATION:
        seat = queries.seat_of(number, day)
        state[_("所在区划")] = queries.unit_on(seat, day).name if seat else ""
    if heirs := list(queries.successors_of(number)):
        names = queries.described({row.new_id for row in heirs}, day)
        state[_("承继单位")] = _("、").join(_heir(row, names) for row in heirs)
    return {label: text for label, text in state.items() if text}


def _life(unit: Unit) -> str:
    if unit.valid_to == FOREVER:
        return words.period(unit.valid_from, unit.valid_to)
    how = unit.get_ending_display()  # type: ignore[attr-defined]  # Django's own, for choices
    period = words.period(unit.valid_from, unit.valid_to)
    return _("%(period)s（%(how)s）") % {"period": period, "how": how}


def _way_to(unit: Unit, day: datetime.date) -> str:
    if not unit.standing:
        return ""
    return " · ".join(above.name for above in queries.ancestors_of(unit.path, day))


def _heir(row: Any, names: dict[int, Unit]) -> str:
    if row.denominator == 1:
        return names[row.new_id].name
    share = f"{row.numerator}/{row.denominator}"
    return _("%(name)s（%(share)s）") % {"name": names[row.new_id].name, "share": share}


def _moving_lists(unit: Unit, day: datetime.date) -> list[Listed]:
    path = queries.path_of(unit.pk, day)
    below = queries.subtree_of(path, day).exclude(pk=unit.pk)
    names = [one.name for one in queries.children_of(path, day)[:_SHOWN]]
    if not names:
        return []
    advice = _("随它一起移动，彼此的隶属不变。")
    return [Listed(_("下级单位"), advice, names, below.count())]


def _ending_lists(unit: Unit, form: EndForm) -> list[Listed]:
    """Return where those below go, and what every package says is left behind."""
    day = form.cleaned_data["day"]
    heirs = [heir for heir, _share in sorted(form.heirs(), key=lambda one: one[1], reverse=True)]
    below = below_of(unit, form)
    names = queries.described({*below, *below.values()}, day)
    lines = [f"{names[child].name} → {names[to].name}" for child, to in below.items()]
    found = [Listed(_("下级单位"), _("自终止之日起改属。"), lines[:_SHOWN], len(lines))]
    legacies = left_by([Ended(unit.pk, unit.name, day, tuple(heirs))], clock.today())
    found += [Listed(one.title, one.advice, one.lines[:_SHOWN], len(one.lines)) for one in legacies]
    return [one for one in found if one.lines]
