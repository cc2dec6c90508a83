"""Pages of the staff: every form that is done is posted twice."""

import pytest

from tests.twice import every_form_twice  # noqa: F401


@pytest.fixture(autouse=True)
def _twice(every_form_twice):  # noqa: F811
    """Tests of pages need not ask for it."""
