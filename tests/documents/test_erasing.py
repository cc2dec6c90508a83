"""When its time is over a document's bytes may be erased; its row and its hash stay."""

import datetime

import pytest

from jiceng.accounts.models import User
from jiceng.audit.models import Entry, PrivateValue
from jiceng.core.clock import day_of
from jiceng.documents import files
from jiceng.documents.operations import erase, erase_withdrawn, hold, withdraw
from jiceng.documents.queries import all_documents_of, documents_of
from jiceng.documents.refusals import AlreadyErased, NotYet, SamePerson
from tests.conftest import NOON
from tests.documents.conftest import SUBJECT
from tests.documents.makers import PDF

DAY = datetime.timedelta(days=1)
HALF_A_YEAR = 180 * DAY


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """Carry out what waits for the end of a transaction."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer", None, display_name="镇干部", created_at=NOON)


@pytest.fixture
def withdrawn(keep, clerk):
    """A list of the poor of another village, kept by mistake and withdrawn."""
    document = keep(PDF, "张三.pdf", title="张三低保", klass="sensitive", by=clerk)
    return withdraw(document, reason="传错了村", by=clerk, at=NOON)


def bytes_of(document):
    return files.path_of(document.sha256).exists()


def test_what_was_withdrawn_goes_after_half_a_year_and_its_hash_stays(withdrawn, commits):
    assert erase_withdrawn(NOON + HALF_A_YEAR) == 0
    assert withdrawn.goes_on == day_of(NOON + HALF_A_YEAR)

    with commits():
        assert erase_withdrawn(NOON + HALF_A_YEAR + DAY) == 1
    assert erase_withdrawn(NOON + HALF_A_YEAR + 2 * DAY) == 0

    assert not bytes_of(withdrawn)
    row = all_documents_of(SUBJECT).get()
    assert (row.sha256, row.size) == (withdrawn.sha256, len(PDF))
    assert (row.title, row.name, row.erased_because) == (
        "〔已删去〕",
        "〔已删去〕",
        "撤回满 180 天",
    )
    entry = Entry.objects.get(action="documents.document.erased")
    assert (entry.actor_kind, entry.count) == ("system", 1)


def test_the_audit_names_it_no_more(withdrawn, commits):
    assert PrivateValue.objects.filter(value="张三低保").exists()
    with commits():
        erase_withdrawn(NOON + HALF_A_YEAR + DAY)

    assert not PrivateValue.objects.filter(value="张三低保").exists()


def test_what_is_held_back_stays_until_a_person_erases_it(withdrawn, clerk, officer, commits):
    hold(withdrawn, reason="有人申请查阅", by=officer, at=NOON + DAY)
    assert erase_withdrawn(NOON + 10 * HALF_A_YEAR) == 0

    with commits():
        erase(withdrawn, reason="查阅已办结", by=officer, at=NOON + 10 * HALF_A_YEAR)

    assert not bytes_of(withdrawn)
    with pytest.raises(AlreadyErased):
        erase(withdrawn, reason="再删", by=officer, at=NOON + 10 * HALF_A_YEAR)


def test_who_withdrew_it_does_not_erase_it_alone(withdrawn, clerk):
    with pytest.raises(SamePerson):
        erase(withdrawn, reason="不需要", by=clerk, at=NOON)
    assert bytes_of(withdrawn)


def test_what_names_nobody_does_not_go_by_itself(keep, clerk):
    withdraw(keep(PDF, "a.pdf"), reason="重复", by=clerk, at=NOON)

    assert erase_withdrawn(NOON + 10 * HALF_A_YEAR) == 0


def test_what_stands_is_kept_to_the_end_of_its_term_and_goes_by_a_person_only(keep, clerk, commits):
    document = keep(PDF, "a.pdf", klass="personal", retention="10_years")
    last = document.retain_until - DAY
    with pytest.raises(NotYet, match=str(document.retain_until)):
        erase(document, reason="档案鉴定〔2037〕1号", by=clerk, at=at(last))
    assert erase_withdrawn(at(last) + 400 * DAY) == 0

    with commits():
        erase(document, reason="档案鉴定〔2037〕1号", by=clerk, at=at(last + DAY))

    assert not bytes_of(document)
    assert list(documents_of(SUBJECT)) == []
    assert all_documents_of(SUBJECT).get().erased_because == "档案鉴定〔2037〕1号"


def test_what_is_kept_for_ever_is_never_erased(keep, clerk):
    document = keep(PDF, "a.pdf", retention="permanent")
    with pytest.raises(NotYet, match="永久"):
        erase(document, reason="清理", by=clerk, at=NOON + 40_000 * DAY)


def test_bytes_that_another_row_keeps_stay(withdrawn, keep, commits):
    other = keep(PDF, "b.pdf", subject="documents.test:2")
    with commits():
        erase_withdrawn(NOON + HALF_A_YEAR + DAY)

    assert bytes_of(other)


def test_what_stands_is_not_held_back(keep, clerk):
    with pytest.raises(NotYet):
        hold(keep(PDF, "a.pdf"), reason="有争议", by=clerk, at=NOON)


def at(day):
    return NOON + (day - day_of(NOON))
