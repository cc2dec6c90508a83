"""The plan of the whole city's party organisations: as many as the article counts, of every domain,
each of the kind that its size asks for.
"""

from collections import Counter

import pytest

from jiceng.demo import divisions
from jiceng.demo.chance import draw
from jiceng.demo.organisations import Division, plan
from jiceng.exchange.editions.rows import Row
from jiceng.registry.models.units import Domain, Kind

SEED = 2017


@pytest.fixture(scope="module")
def planned():
    rows = [Row(*row) for row in divisions.rows_of(divisions.EDITION_2018)]
    numbers = {row.code: number for number, row in enumerate(rows, start=1)}
    places = [
        Division(
            numbers[row.code], row.code, row.name, row.kind, row.level, numbers.get(row.parent)
        )
        for row in rows
    ]
    return plan(places, draw(SEED, "organisations"))


def test_it_holds_more_than_27_000_of_all_domains(planned):
    """S0-41: 27,000 and more."""
    domains = Counter(row.domain for row in planned.foundings)

    assert len(planned.foundings) > 27_000
    assert set(domains) == set(Domain.values)
    assert len(planned.two_new) == (
        domains[Domain.PRIVATE_ENTERPRISE] + domains[Domain.SOCIAL_ORGANISATION]
    )


def test_a_branch_has_three_members_a_general_branch_more_than_fifty(planned):
    """Domain A.8. A committee that a place has by its rank is no matter of size."""
    by_size = {Domain.VILLAGE, Domain.COMMUNITY}
    for row, members in zip(planned.foundings, planned.members, strict=True):
        if row.kind == Kind.BRANCH:
            assert 3 <= members <= 50, row
        elif row.kind == Kind.GENERAL_BRANCH:
            assert 50 < members <= 100, row
        elif row.domain in by_size:
            assert members > 100, row


def test_parents_stand_before_their_children(planned):
    for place, row in enumerate(planned.foundings):
        assert row.parent_row is None or row.parent_row < place
