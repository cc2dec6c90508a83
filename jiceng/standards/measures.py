"""What is counted of ratings. A rating is never divided and never passed on to a successor."""

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Measure, Source, Words
from jiceng.registry.models.units import Tree

STARS = "party-organisation-stars"
"""Code of the standard of the star rating of party organisations, one to five stars."""

SOURCES = [
    Source(
        model="standards.Rating",
        title=_("评定"),
        unit_field="organisation",
        day_field="valid_from",
        replaced_within=("organisation", "standard"),
    )
]

_IS_STARS = Q(standard__code=STARS)
_MARKS = (_("一"), _("二"), _("三"), _("四"), _("五"))


def _rated(code: str, title: Words, definition: Words, condition: Q) -> Measure:
    return Measure(
        code=code,
        title=title,
        unit=_("个"),
        source="standards.Rating",
        kind="stock",
        condition=_IS_STARS & condition,
        stated=_IS_STARS,
        trees=(Tree.DIVISION.value, Tree.ORGANISATION.value),
        passes_on=False,
        definition=definition,
    )


MEASURES = [
    _rated(
        "standards.rated",
        _("已评星的党组织"),
        _("当日有有效星级评定的党组织；已撤并的单列。"),
        Q(),
    ),
    *(
        _rated(
            f"standards.rated.{level}",
            format_lazy(_("{level}星级党组织"), level=mark),
            format_lazy(_("当日有效星级为{level}星的党组织；已撤并的单列。"), level=mark),
            Q(level=level),
        )
        for level, mark in enumerate(_MARKS, start=1)
    ),
]
