"""The cast of the tests of access."""

from types import SimpleNamespace

import pytest

from jiceng.access.operations import (
    appoint_administrator,
)
from jiceng.registry.operations import (
    Founding,
    found_units,
)
from tests.access.cast import DONE, LATER, hold, opened
from tests.conftest import START


@pytest.fixture
def organisations(county):
    """The party's organisations of a town, one of its villages, and a firm in that village."""
    founded = [
        Founding("乙县委", "party_committee", 1, domain="organ", seat=county.county),
        Founding("东镇党委", "party_committee", 2, parent_row=0, domain="organ", seat=county.town),
        Founding(
            "上村党总支", "general_branch", 3, parent_row=1, domain="village", seat=county.upper
        ),
        Founding("上村第一支部", "branch", 4, parent_row=2, domain="village", seat=county.upper),
        Founding(
            "某公司党委",
            "party_committee",
            3,
            parent_row=0,
            domain="private_enterprise",
            seat=county.town,
        ),
    ]
    names = ("county", "town", "village", "branch", "firm")
    numbers = found_units(founded, tree="organisation", day=START, **DONE)
    return SimpleNamespace(**dict(zip(names, numbers, strict=True)))


@pytest.fixture
def officer(county):
    return opened(hold("镇干部", "town_officer", county.town))[0]


@pytest.fixture
def secretary(organisations):
    return opened(hold("村书记", "party_secretary", organisations.village))[0]


@pytest.fixture
def administrators(county):
    kinds = ("system", "security", "audit")
    return SimpleNamespace(
        **{
            kind: appoint_administrator(
                username=kind,
                display_name=f"{kind}管理员",
                role=f"{kind}.administrator",
                unit=county.city,
                until=LATER.date(),
                **DONE,
            )[0]
            for kind in kinds
        }
    )
