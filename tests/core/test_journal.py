import hashlib
import json

from jiceng.core.journal import Change, Journal
from jiceng.registry.models import Unit, UnitName


def written():
    journal = Journal()
    journal.created(Unit, [3, 5])
    journal.created(UnitName, [])
    journal.changed(Unit, 1, {"ending": ""}, {"ending": "merger"})
    journal.created(UnitName, range(7, 9))
    return journal


LINES = [
    Change("registry.unit", 3, None, {}),
    Change("registry.unit", 5, None, {}),
    Change("registry.unit", 1, {"ending": ""}, {"ending": "merger"}),
    Change("registry.unitname", 7, None, {}),
    Change("registry.unitname", 8, None, {}),
]


def test_tells_each_row_in_the_order_in_which_it_was_written():
    journal = written()

    assert list(journal.changes) == LINES
    assert journal.count == 5
    assert journal.models() == [Unit, UnitName]


def test_digests_every_row():
    lines = [[line.model, line.pk, line.before, line.after] for line in LINES]

    expected = hashlib.sha256("".join(json.dumps(line) for line in lines).encode()).hexdigest()

    assert written().digest() == expected


def test_of_nothing_is_still_a_journal():
    journal = Journal()

    assert journal
    assert journal.count == 0
    assert journal.models() == []
