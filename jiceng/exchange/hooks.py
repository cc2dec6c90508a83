"""What packages above want to do in the transaction that makes an import's rows seen, or unseen.

Filled when the site is ready; `measures` notes here which figures have to be computed anew.
"""

import datetime
from collections.abc import Callable, Sequence

# (labels of the models written, first and last day their rows tell of, moment)
Applied = Callable[[Sequence[str], Sequence[datetime.date], datetime.datetime], None]

applied: list[Applied] = []


def run_applied(
    sources: Sequence[str], days: Sequence[datetime.date], at: datetime.datetime
) -> None:
    for hook in applied:
        hook(sources, days, at)
