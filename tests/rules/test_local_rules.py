"""A place's own values and adoptions: worked tables, and what the tables cannot say."""

import datetime
import threading
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jiceng.audit.models import Entry
from jiceng.audit.operations import AlreadyDone
from jiceng.core.refusals import Refusal
from jiceng.registry.models.units import Kind, Tree
from jiceng.registry.operations import Founding, found_units
from jiceng.rules import shipped
from jiceng.rules.models import LocalRule
from jiceng.rules.operations import adopt_rule, end_local_rule, record_local_rule
from jiceng.rules.queries import find_rule, rule_for
from jiceng.rules.refusals import AlreadyEnded, EquallyNear, NotAPlace
from jiceng.rules.values import Period, value_of
from jiceng.rules.words import value_in_words
from tests.conftest import NOON

TODAY = datetime.date(2024, 3, 1)
AT = datetime.datetime(2024, 3, 1, 9, tzinfo=timezone.get_default_timezone())
TABLE = yaml.safe_load((Path(__file__).parent / "worked" / "local.yaml").read_text("utf-8"))
SIX_DAYS = Period(6, "day", "minimum")


def do(act, places, by):
    """Carry out one act of the table."""
    given = {"unit": places[act["于"]], "valid_from": act["自"], "document": act["依据"]}
    done = {"by": by, "at": AT, "key": uuid4()}
    if "采用" in act:
        (rule,) = [
            rule
            for rule in shipped.rules_of(act["采用"])
            if rule.place == act["来自"] and rule.holds_on(act["自"])
        ]
        adopt_rule(rule, **given, **done)
    elif "登记" in act:
        value, kind = value_of(act["数值"]), act.get("情形", "")
        record_local_rule(act["登记"], value=value, kind=kind, **given, **done)
    else:
        row = LocalRule.objects.filter(key=act["终止"], withdrawn_at=None).latest("pk")
        end_local_rule(row.pk, day=act["自"], document=act["依据"], **done)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["情形"]) for row in TABLE["rows"]])
def test_is_what_the_table_says(places, clerk, row):
    for act in row["做"]:
        if "拒绝" in act:
            with pytest.raises(Refusal) as refusal, transaction.atomic():
                do(act, places, clerk)
            assert act["拒绝"] in refusal.value.sentence
        else:
            do(act, places, clerk)

    for wanted in row["应为"]:
        rule = find_rule(
            wanted["规则"],
            unit=places[wanted["地方"]],
            day=wanted["日期"],
            kind=wanted.get("情形", ""),
        )
        if wanted["数值"] == "没有":
            assert rule is None
        else:
            assert value_in_words(rule.value) == wanted["数值"], wanted
            assert rule.refuses is (wanted["不符合"] == "拒绝"), wanted


@pytest.fixture
def record(places, clerk):
    return partial(
        record_local_rule,
        "notice.board",
        unit=places["乙县"],
        value=SIX_DAYS,
        valid_from=TODAY,
        document="乙组〔2024〕1号",
        by=clerk,
        at=AT,
    )


def test_names_both_sources_when_it_refuses(places, record):
    with pytest.raises(Refusal) as refusal:
        record(unit=places["章丘区"], value=Period(4, "day", "minimum"))

    assert refusal.value.sentence == (
        "不少于4日（乙组〔2024〕1号）不能登记：不少于5日（《山东省村务公开条例》第十三条）是"
        "底线，本地只能提高。"
    )


def test_leaves_an_entry_that_can_be_read(record):
    row = record(key=uuid4())

    entry = Entry.objects.get(action="rules.local.recorded")
    assert entry.subject_text == "公开栏内容保留"
    assert "不少于6日" in entry.change
    assert "乙组〔2024〕1号" in entry.change
    assert entry.unit_id == row.unit_id


def test_is_recorded_once_though_the_form_is_sent_twice(record):
    key = uuid4()
    row = record(key=key)
    end_local_rule(
        row.pk, day=TODAY.replace(month=5), document="终", by=row.recorded_by, at=AT, key=uuid4()
    )

    with pytest.raises(AlreadyDone), transaction.atomic():
        record(key=key, valid_from=TODAY.replace(month=6))
    assert LocalRule.objects.count() == 1


def test_keeps_the_value_it_adopted_whatever_the_files_say_later(places, clerk, monkeypatch):
    (rule,) = [rule for rule in shipped.rules_of("notice.plan") if rule.place == "33"]
    adopt_rule(
        rule, unit=places["乙县"], valid_from=TODAY, document="乙组〔2024〕1号", by=clerk, at=AT
    )
    monkeypatch.setattr(shipped, "rules_of", lambda key: ())

    kept = rule_for("notice.plan", unit=places["上村"], day=TODAY)
    assert value_in_words(kept.value) == "不少于15日"
    assert kept.source.startswith("乙组〔2024〕1号；宁海县")


def test_is_for_places_not_for_organisations(places, record):
    (branch,) = found_units(
        [Founding("上村党支部", Kind.BRANCH, 1, "Z1", domain="village", seat=places["上村"])],
        tree=Tree.ORGANISATION,
        day=datetime.date(2017, 1, 1),
        by="system",
        at=NOON,
    )
    with pytest.raises(NotAPlace):
        record(unit=branch)
    record()

    rule = rule_for("notice.board", unit=branch, day=TODAY)
    assert rule.value == SIX_DAYS  # of the place the branch stands in


def test_ends_once(record):
    row = record()
    end = partial(end_local_rule, row.pk, document="终", by=row.recorded_by, at=AT)
    end(day=TODAY.replace(month=5))

    with pytest.raises(AlreadyEnded):
        end(day=TODAY.replace(month=5))
    assert end(day=TODAY.replace(month=4)).valid_to == TODAY.replace(month=4)


@pytest.mark.django_db(transaction=True)
def test_of_several_recorded_at_the_same_moment_one_stands(record):
    start = threading.Barrier(4)
    outcomes = []

    def send():
        start.wait()
        try:
            outcomes.append(record(key=uuid4()).pk)
        except EquallyNear:
            outcomes.append(None)
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert outcomes.count(None) == 3
    assert LocalRule.objects.count() == 1


def test_the_database_refuses_what_overlaps(record):
    """SQLite refuses two that begin on one day, PostgreSQL two that share any."""
    row = record()
    row.pk = None
    if connection.vendor == "postgresql":
        row.valid_from = TODAY.replace(month=4)

    with pytest.raises(IntegrityError), transaction.atomic():
        keep_at_once(row)


def keep_at_once(row):
    row.save(force_insert=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
