"""The cast of the tests of orders."""

import pytest

from tests.orders import volunteers


@pytest.fixture
def organisations(county):
    return volunteers.branches(county)


@pytest.fixture
def people(county, organisations):
    return volunteers.staff(county, organisations)


@pytest.fixture
def electrician(organisations):
    return volunteers.member(organisations.branch, "陈电工")
