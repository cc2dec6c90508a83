import pytest

from tests.measures.acts import Register


@pytest.fixture
def register(db):
    return Register()
