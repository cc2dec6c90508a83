"""How far an import's job is, told while it is at it, in short transactions of its own."""

from jiceng.core import clock
from jiceng.exchange.models import Import


def tell(one: Import, *, done: int, total: int | None = None) -> None:
    """Show how many rows are done. Reads the clock: it tells of the job, not of the data."""
    one.done = done
    if total is not None:
        one.total = total
    one.touched_at = clock.now()
    one.save(update_fields=["done", "total", "touched_at"])
