"""How often Python looks for garbage in circles, while rows go by in hundreds of thousands."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made before the young are looked through, and how often the older with them. A chunk of
# rows is gone again before that; by default all that a process holds is walked every few chunks.
_THRESHOLD = (200_000, 20, 50)


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Let the collector rest while long work makes many objects that die by themselves. Of an
    import it took a third of the time that Python was at it.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_THRESHOLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
