import dataclasses

import pytest

from jiceng.core.declarations import Measure, Permission, Registry, Role, Source

VIEW = Permission("registry.view", "查看名录")
EDIT = Permission("registry.edit", "维护名录")


@pytest.fixture
def permissions():
    registry = Registry("permission")
    registry.add(VIEW, EDIT)
    return registry


def test_finds_a_declaration_by_its_code(permissions):
    assert permissions["registry.edit"] is EDIT
    with pytest.raises(KeyError):
        permissions["registry.delete"]


def test_keeps_declarations_in_the_order_they_came(permissions):
    assert list(permissions) == [VIEW, EDIT]
    assert permissions.select(lambda entry: entry.title.startswith("维护")) == [EDIT]


def test_refuses_a_code_declared_twice(permissions):
    with pytest.raises(ValueError, match=r"permission registry\.view is declared twice"):
        permissions.add(Permission("registry.view", "另一个"))
    assert permissions["registry.view"] is VIEW


@pytest.mark.parametrize(
    "declaration", [VIEW, Role("town.officer", "乡镇干部", ("registry.view",))]
)
def test_cannot_be_changed_once_declared(declaration):
    with pytest.raises(dataclasses.FrozenInstanceError):
        declaration.code = "other"


def test_counts_all_standing_rows_of_divisions_unless_a_measure_says_otherwise():
    villages = Measure("registry.villages", "行政村", "个", "registry.UnitName", "stock", "…")

    assert (villages.condition, villages.value, villages.trees) == (None, None, ("division",))
    assert villages.passes_on
    assert not villages.personal


def test_knows_a_source_by_its_model():
    names = Source("registry.UnitName", "单位名称", "unit_id", "valid_from", "valid_to")
    sources = Registry("source")
    sources.add(names)

    assert sources["registry.UnitName"] is names


def test_grants_by_post_unless_a_role_says_otherwise():
    officer = Role("town.officer", "乡镇干部", ("registry.view",))

    assert officer.by_post
    assert not officer.confirms
