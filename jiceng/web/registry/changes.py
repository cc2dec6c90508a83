"""The changes that an officer may make to one unit: for which units, by which form, by which one
operation, and what else is said before he confirms.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiceng.access.queries import reach_of, scope_of
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.core.refusals import Denied, NotFound
from jiceng.registry import queries
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Level, Tree
from jiceng.registry.operations import (
    Founding,
    WindingUp,
    found_units,
    move_units,
    recode_units,
    rename_units,
    seat_organisations,
    wind_up,
)
from jiceng.web.registry.forms import (
    ChangeForm,
    EndForm,
    FoundForm,
    FoundOrganisationForm,
    MoveForm,
    RecodeForm,
    RenameForm,
    SeatForm,
)

Done = Mapping[str, Any]  # by, at, and key or journal: what every operation is told


class NoSuchChange(NotFound):
    """Nothing of that name can be changed, or not of this unit."""


class ForThoseAbove(Denied):
    """Whether a unit goes on, and where it stands, is for those who answer for the unit above."""


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change. `carry_out` returns the unit whose page is shown afterwards."""

    code: str
    title: Any
    about: Any
    form: type[ChangeForm]
    carry_out: Callable[[Unit, Any, Done], int]
    fits: Callable[[Unit], bool] = lambda unit: True
    by_above: bool = False  # only who also answers for the unit above
    ends: bool = False  # what is left behind is settled next


def _rename(unit: Unit, form: RenameForm, done: Done) -> int:
    given = form.cleaned_data
    names = {unit.pk: (given["name"], given["kind"])}
    rename_units(names, day=given["day"], document=given["document"], **done)
    return unit.pk


def _recode(unit: Unit, form: RecodeForm, done: Done) -> int:
    given = form.cleaned_data
    recode_units({unit.pk: given["code"]}, day=given["day"], document=given["document"], **done)
    return unit.pk


def _move(unit: Unit, form: MoveForm, done: Done) -> int:
    given = form.cleaned_data
    parents: dict[int, int | None] = {unit.pk: given["parent"].pk}
    move_units(parents, day=given["day"], document=given["document"], **done)
    return unit.pk


def _seat(unit: Unit, form: SeatForm, done: Done) -> int:
    given = form.cleaned_data
    seat_organisations({unit.pk: given["division"].pk}, day=given["day"], **done)
    return unit.pk


def _found(unit: Unit, form: FoundForm, done: Done) -> int:
    given = form.cleaned_data
    parent, seat = given.get("parent"), given.get("seat")
    founding = Founding(
        given["name"],
        given["kind"],
        (parent or unit).level + 1,
        given["code"],
        parent=(parent or unit).pk,
        domain=given.get("domain", ""),
        seat=seat.pk if seat else None,
    )
    (number,) = found_units(
        [founding], tree=form.tree, day=given["day"], document=given["document"], **done
    )
    return number


def _end(unit: Unit, form: EndForm, done: Done) -> int:
    given = form.cleaned_data
    row = WindingUp(
        unit.pk,
        form.heirs(),
        below_of(unit, form),
        day_is_latest=given["day_is_latest"],
        document=given["document"],
    )
    wind_up([row], day=given["day"], **done)
    return unit.pk


def below_of(unit: Unit, form: EndForm) -> dict[int, int]:
    """Return where those who stand below the unit on its last day go; nowhere without an heir and
    without being told: the operation refuses then.
    """
    given = form.cleaned_data
    heirs = form.heirs()
    to = given["below"].pk if given["below"] else (heirs[0][0] if heirs else None)
    path = queries.path_of(unit.pk, given["day"])
    if to is None or not path:
        return {}
    return {child.pk: to for child in queries.children_of(path, given["day"])}


def _is_division(unit: Unit) -> bool:
    return unit.tree == Tree.DIVISION


def _has_parent(unit: Unit) -> bool:
    return len(queries.ancestors_of(unit.path, clock.today())) > 0


CHANGES = {
    change.code: change
    for change in (
        Change(
            "rename",
            _("更名、改类别"),
            _("改名、村改社区。历史跟着走，以前的日子仍按原名称看。"),
            RenameForm,
            _rename,
        ),
        Change(
            "recode",
            _("换代码"),
            _("换官方代码。旧代码以后可以给别的单位。"),
            RecodeForm,
            _recode,
        ),
        Change(
            "move",
            _("改隶属"),
            _("划到另一个上级之下，它的下级随着走。"),
            MoveForm,
            _move,
            fits=_has_parent,
            by_above=True,
        ),
        Change(
            "seat",
            _("改所在区划"),
            _("组织搬到另一个村、社区或乡镇。隶属不变。"),
            SeatForm,
            _seat,
            fits=lambda unit: not _is_division(unit),
        ),
        Change(
            "found",
            _("设立下级单位"),
            _("在它之下新设一个区划。"),
            FoundForm,
            _found,
            fits=lambda unit: _is_division(unit) and unit.level < Level.MICRO_GRID,
        ),
        Change(
            "found_organisation",
            _("设立组织"),
            _("新设一个党组织。"),
            FoundOrganisationForm,
            _found,
        ),
        Change(
            "end",
            _("合并、分设或撤销"),
            _("它到此为止，由别的单位承继，或没有承继。留下的组织、任职、评定等，随后逐类处理。"),
            EndForm,
            _end,
            fits=_has_parent,
            by_above=True,
            ends=True,
        ),
    )
}


def changes_for(user: User, unit: Unit) -> list[Change]:
    """Return what `user`, who may change the unit, may change of it."""
    above = _answers_above(user, unit)
    return [one for one in CHANGES.values() if one.fits(unit) and (above or not one.by_above)]


def change_for(user: User, unit: Unit, code: str) -> Change:
    """Return one of the changes that fit a unit.

    Raises:
        NoSuchChange: there is none of that name for it.
        ForThoseAbove: it is for somebody above.
    """
    change = CHANGES.get(code)
    if change is None or not change.fits(unit):
        raise NoSuchChange(gettext("没有这项变更，或者不适用于这个单位。"))
    if change.by_above and not _answers_above(user, unit):
        raise ForThoseAbove(gettext("改隶属、合并、分设和撤销，由管得到它上级单位的人办理。"))
    return change


def _answers_above(user: User, unit: Unit) -> bool:
    today = clock.today()
    above = queries.ancestors_of(unit.path, today)[-1:]
    reach = reach_of([one.pk for one in above], today)
    scope = scope_of(user, "registry.edit", today)
    return any(scope.covers_any(paths) for paths in reach.values())
