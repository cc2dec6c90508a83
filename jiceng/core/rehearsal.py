"""Doing something to see what it would do, and taking all of it back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo, at the end of the block, everything written in it.

    What an operation would refuse it refuses here, in the same words; until the end of the block
    queries show how things would stand. It holds the locks of the real act meanwhile.
    """
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
