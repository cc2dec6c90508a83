"""Reading figures. Nothing here counts rows, except what lies behind one figure."""

from jiceng.measures.queries.behind import Drill, corrections, drill
from jiceng.measures.queries.closed import closed_since
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
    "Drill",
    "Figure",
    "Rate",
    "Restated",
    "State",
    "closed_since",
    "corrections",
    "drill",
    "figure",
    "figures",
    "figures_of_children",
    "rates",
    "restated",
    "series",
]
