"""Long lists: which page of them, in which order."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 50


def page_of(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page:
    """Return the page asked for by `?page=`, else the nearest there is. One count, one select."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def order_of(
    request: HttpRequest, columns: Mapping[str, Sequence[str]], default: str
) -> tuple[str, ...]:
    """Return the fields to order by, from `?sort=name` or `?sort=-name`.

    Args:
        columns: name of a column → the fields that order it; end with a unique field.
        default: as in the address: "name" or "-name".
    """
    asked = request.GET.get("sort", "")
    if asked.removeprefix("-") not in columns:
        asked = default
    fields = columns[asked.removeprefix("-")]
    return tuple(_turned(field) for field in fields) if asked.startswith("-") else tuple(fields)


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"
