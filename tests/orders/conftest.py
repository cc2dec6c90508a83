"""The cast of the tests of orders."""

import pytest

from tests.orders import volunteers
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
