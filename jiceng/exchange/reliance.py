"""What hangs on rows that an import created: their own parts, and what others built on them."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from jiceng.core.bulk import numbered
from jiceng.registry.models import (
    BodySeat,
    Heir,
    Membership,
    Person,
    Placement,
    Post,
    SearchName,
    Seat,
    TwoNewOrg,
    Unit,
    UnitCode,
    UnitName,
    UnitPath,
)

# Rows that are part of the row they point to: a new one means that it was changed.
PARTS: dict[type[models.Model], str] = {
    UnitName: "unit",
    UnitCode: "unit",
    Placement: "unit",
    Seat: "organisation",
    Heir: "unit",
}
# Rows that end with their unit and begin again with it.
_ENDING_WITH: dict[type[models.Model], str] = {Post: "unit"}
# What follows from other rows, is written anew with them and goes with them.
_FOLLOWING = (SearchName, UnitPath)


@dataclass(frozen=True, slots=True)
class Reference:
    """That a row points to another through a field."""

    model: type[models.Model]
    number: int
    field: str
    target: int

    @property
    def is_part(self) -> bool:
        return PARTS.get(self.model) == self.field


def references_to(model: type[models.Model], numbers: Sequence[int]) -> Iterator[Reference]:
    """Yield every row of any table that points to one of the rows. One statement for each field
    that may.
    """
    for source, field in _pointing_to(model):
        rows = source._base_manager.filter(**{f"{field.name}__in": numbered(numbers)})
        for number, target in rows.values_list("pk", field.attname):
            yield Reference(source, number, field.name, target)


@functools.cache
def _pointing_to(model: type[models.Model]) -> list[tuple[type[models.Model], models.Field]]:
    """Return every field of any table that points to a model, also those without a way back.
    What follows from other rows, such as a name's entry in the search, is left out.
    """
    return [
        (relation.related_model, relation.field)
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ForeignObjectRel)
        and relation.concrete is False
        and relation.related_model not in _FOLLOWING
    ]


def owners_of(
    model: type[models.Model], numbers: Iterable[int], *, changed: bool = False
) -> dict[int, int]:
    """Return, for rows that are parts of a unit, its number; for `changed` rows also for those
    that end with it.
    """
    column = PARTS.get(model) or (_ENDING_WITH.get(model) if changed else None)
    if not column:
        return {}
    rows = model._base_manager.filter(pk__in=numbered(numbers))
    return dict(rows.values_list("pk", f"{column}_id"))


def words_of(label: str, number: int) -> str:
    """Return how a person would call a row: "组织“上村党支部”"."""
    model = apps.get_model(label)
    noun = str(model._meta.verbose_name)
    name = _name_of(model, number)
    return _("%(noun)s“%(name)s”") % {"noun": noun, "name": name} if name else f"{noun} #{number}"


def _name_of(model: type[models.Model], number: int) -> str:
    row = model._base_manager.filter(pk=number).first()
    if isinstance(row, Unit):
        return _last_name(number)
    if isinstance(row, Person | TwoNewOrg):
        return row.name
    if isinstance(row, Post):
        return f"{row.title}·{row.person.name}"
    if isinstance(row, Membership | BodySeat):
        return row.person.name
    unit_of = getattr(row, "unit_id", None) or getattr(row, "organisation_id", None)
    return _last_name(unit_of) if unit_of else ""


def _last_name(unit: int) -> str:
    names = UnitName.objects.filter(unit=unit).order_by("-valid_from")
    return names.values_list("name", flat=True).first() or ""
