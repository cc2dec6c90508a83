"""Reading figures. Nothing here counts rows, except what lies behind one figure."""

from jiceng.measures.queries.behind import Drill, corrections, drill
from jiceng.measures.queries.closed import closed_months, closed_since
from jiceng.measures.queries.corrected import (
    Corrected,
    corrected,
    corrections_by_measure,
    old_rows_of,
)
from jiceng.measures.queries.figures import (
    Figure,
    Rate,
    State,
    figure,
    figures,
    figures_of_children,
    rates,
    series,
    series_of,
)
from jiceng.measures.queries.restating import Restated, restated

__all__ = [
    "Corrected",
    "Drill",
    "Figure",
    "Rate",
    "Restated",
    "State",
    "closed_months",
    "closed_since",
    "corrected",
    "corrections",
    "corrections_by_measure",
    "drill",
    "figure",
    "figures",
    "figures_of_children",
    "old_rows_of",
    "rates",
    "restated",
    "series",
    "series_of",
]
