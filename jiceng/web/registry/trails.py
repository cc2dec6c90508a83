"""The units above one, as links where the reader may open them."""

import datetime

from jiceng.access.queries import scope_of
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.registry.models import Unit
from jiceng.registry.queries import ancestors_of


def trail_of(user: User, unit: Unit, day: datetime.date) -> list[tuple[Unit, bool]]:
    """Return the units above on `day`, root first, each with whether the reader may open it."""
    scope = scope_of(user, "registry.view", clock.today())
    return [(above, scope.covers(above.path)) for above in ancestors_of(unit.path, day)]
