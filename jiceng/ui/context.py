"""What every page's furniture needs."""

from django.conf import settings

from jiceng.core import clock
from jiceng.ui.carried import carried_to
from jiceng.ui.days import day_shown
from jiceng.ui.navigation import navigation_of
from jiceng.ui.requests import StaffRequest

_REGISTER = "web:tree"  # who is led to the register may search it


def furniture(request: StaffRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    sections = navigation_of(request) if known else []
    return {
        "searches": any(section.name == _REGISTER for section in sections),
        "operator": settings.OPERATOR,
        "filing_number": settings.FILING_NUMBER,
        "demonstration": settings.DEMONSTRATION,
        "today": clock.today(),
        "as_of": day_shown(request),
        "navigation": sections,
        "carried": carried_to(request) if known else None,
    }
