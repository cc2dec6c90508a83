"""Reading figures. Nothing here counts rows, except what lies behind one figure."""

from jiceng.measures.queries.figures import (
    Figure,
    Rate,
    State,
    figure,
    figures,
    figures_of_children,
    rates,
    series,
)
from jiceng.measures.queries.restating import Restated, restated

__all__ = [
    "Figure",
    "Rate",
    "Restated",
    "State",
    "figure",
    "figures",
    "figures_of_children",
    "rates",
    "restated",
    "series",
]
