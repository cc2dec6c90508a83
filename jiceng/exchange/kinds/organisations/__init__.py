"""Organisations: committees, branches and groups, under one another and seated in divisions.

A row founds an organisation, or says what one that stands is called and where it stands from a
day on, and when it ends.
"""

from django.utils.translation import gettext_lazy

from jiceng.exchange.declarations import Kind, Values
from jiceng.exchange.kinds.organisations.checking import check
from jiceng.exchange.kinds.organisations.columns import COLUMNS
from jiceng.exchange.kinds.organisations.exporting import export
from jiceng.exchange.kinds.organisations.writing import apply


def _key(values: Values) -> str:
    return values.get("code") or ""


ORGANISATIONS = Kind(
    code="organisations",
    title=gettext_lazy("组织"),
    description=gettext_lazy(
        "党委、党总支、党支部、党小组等组织，及其上级和所在区划：设立、更名、移动、终止。"
    ),
    columns=COLUMNS,
    check=check,
    apply=apply,
    export=export,
    key=_key,
    parent="parent",
    adds=gettext_lazy("设立"),
    at_once=True,
    sources=(
        "registry.Unit",
        "registry.UnitName",
        "registry.UnitPath",
        "registry.Seat",
        "registry.Post",
    ),
    writes=8,
    order=10,
)
