"""What was written cannot be altered through the database's own means, on either database."""

import pytest
from django.db import DatabaseError, connection, transaction

from jiceng.audit.models import Entry, PrivateValue
from jiceng.audit.operations import erase_private_values, record
from jiceng.audit.seals import seal
from jiceng.audit.verification import verify
from tests.conftest import NOON


@pytest.fixture
def entry(db):
    entry = record(
        action="registry.unit.founded",
        subject="registry.unit:1",
        by="system",
        at=NOON,
        private={"name": "王小明"},
    )
    seal(NOON)
    return entry


@pytest.mark.parametrize("table", ["entry", "block", "leaf", "privatevalue"])
@pytest.mark.parametrize("statement", ["UPDATE audit_{} SET id = id", "DELETE FROM audit_{}"])
def test_a_row_is_neither_changed_nor_removed(entry, table, statement):
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        connection.cursor().execute(statement.format(table))

    assert Entry.objects.count() == 1
    assert verify().sound


def test_a_table_is_not_emptied_at_once(entry):
    empty = (
        "TRUNCATE audit_entry CASCADE"
        if connection.vendor == "postgresql"
        else ("DELETE FROM audit_entry")
    )
    connection.check_constraints()  # PostgreSQL empties no table with checks outstanding
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        connection.cursor().execute(empty)


def test_a_personal_value_can_only_be_erased_and_the_entry_stays_proved(entry):
    values = PrivateValue.objects.filter(entry=entry)
    for change in ({"value": "王大明"}, {"value": ""}, {"field": "other", "value": ""}):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            values.update(**change)

    assert erase_private_values([entry.pk], reason="本人依法申请", by="system", at=NOON) == 1
    assert (values.get().value, values.get().salt) == ("", "")
    assert erase_private_values([entry.pk], reason="再次", by="system", at=NOON) == 0
    assert verify().sound
    assert "王小明" not in "".join(Entry.objects.values_list("change", flat=True))
