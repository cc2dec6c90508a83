"""What every page's furniture needs."""

from django.conf import settings
from django.http import HttpRequest


def furniture(request: HttpRequest) -> dict[str, object]:
    return {
        "operator": settings.OPERATOR,
        "filing_number": settings.FILING_NUMBER,
        "demonstration": settings.DEMONSTRATION,
    }
