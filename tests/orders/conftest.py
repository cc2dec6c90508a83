"""The cast of the tests of orders."""

import pytest

from tests.orders import cast, volunteers
from tests.orders.grid_stage import grid_village_of


@pytest.fixture
def organisations(county):
    return volunteers.branches(county)


@pytest.fixture
def people(county, organisations):
    return volunteers.staff(county, organisations)


@pytest.fixture
def electrician(organisations):
    return volunteers.member(organisations.branch, "陈电工")


@pytest.fixture
def grid_village(county):
    return grid_village_of(county)


@pytest.fixture
def posts(county):
    """The posts that a county has; ask for more as `posts(role, unit)`."""
    return cast.posts_of(county)


@pytest.fixture
def run(posts):
    """An order as it is taken on, from its placing."""
    return cast.Run(posts)
