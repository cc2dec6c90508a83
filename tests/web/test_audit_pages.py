"""The audit reader: found, shown in words, exported, verified; by the audit administrator only."""

import datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.audit.models import Entry
from jiceng.audit.operations import record
from jiceng.audit.seals import seal
from jiceng.audit.words import change_in_words
from jiceng.core import clock
from jiceng.core.periods import DAY
from tests.conftest import NOON, START, drop_triggers

PAGES = ["audit", "audit_export", "audit_verification"]


def administrator(role, unit):
    user = User.objects.create_user(f"{role}{unit}", display_name="某人", created_at=NOON)
    Grant.objects.create(
        user=user,
        role=role,
        unit_id=unit,
        valid_from=START,
        valid_to=clock.today() + 30 * DAY,
        recorded_at=NOON,
    )
    return user


@pytest.fixture
def auditor(county):
    return administrator("audit.administrator", county.city)


@pytest.fixture
def town_auditor(county):
    return administrator("audit.administrator", county.town)


@pytest.fixture
def security(county):
    return administrator("security.administrator", county.city)


@pytest.fixture
def renamed(county, clerk):
    return record(
        action="registry.unit.renamed",
        subject=f"registry.unit:{county.upper}",
        subject_text="上村委会",
        unit=county.upper,
        by=clerk,
        at=NOON + DAY,
        key=uuid4(),
        before={"name": "上村委会"},
        after={"name": "=上社区"},
        private={"contact": "13800000000"},
    )


@pytest.fixture
def text_of(client, auditor):
    client.force_login(auditor)

    def ask(name, *args, **asked):
        response = client.get(reverse(f"web:{name}", args=args), asked)
        assert response.status_code == 200
        content = response.getvalue() if response.streaming else response.content
        assert "undefined" not in content.decode()
        return content.decode()

    return ask


@pytest.mark.parametrize(("who", "status"), [("auditor", 200), ("security", 403), ("clerk", 403)])
def test_only_the_audit_administrator_reads_it(request, client, renamed, who, status):
    client.force_login(request.getfixturevalue(who))

    for page in PAGES:
        assert client.get(reverse(f"web:{page}")).status_code == status
    assert client.get(reverse("web:audit_entry", args=[renamed.pk])).status_code == status
    verified = client.post(reverse("web:audit_verification"), {"key": uuid4()})
    assert verified.status_code == status


def test_the_auditor_of_a_part_reads_what_was_done_there(client, county, town_auditor, renamed):
    client.force_login(town_auditor)
    founding = Entry.objects.get(action="registry.unit.founded")  # of the city

    assert client.get(reverse("web:audit_entry", args=[renamed.pk])).status_code == 200
    assert client.get(reverse("web:audit_entry", args=[founding.pk])).status_code == 404
    listed = client.get(reverse("web:audit")).content.decode()
    assert f"/audit/{renamed.pk}/" in listed
    assert f"/audit/{founding.pk}/" not in listed


def test_entries_are_found_by_each_of_their_fields(county, renamed, text_of):
    link = f"/audit/{renamed.pk}/"
    day = (NOON + DAY).date()
    found = [
        {"actor": "文书"},
        {"action": "registry.unit.renamed"},
        {"subject": f"registry.unit:{county.upper}"},
        {"subject": "registry.unit"},
        {"unit": county.upper},
        {"first": day, "last": day},
        {"key": renamed.key},
    ]
    missed = [
        {"actor": "别人"},
        {"action": "registry.unit.moved"},
        {"subject": "registry.unit:999999"},
        {"subject": "registry.un"},
        {"unit": county.lower},
        {"first": day + DAY},
        {"last": day - DAY},
        {"key": uuid4()},
    ]
    for asked in found:
        assert link in text_of("audit", **asked), asked
    for asked in missed:
        assert link not in text_of("audit", **asked), asked


def test_one_entry_says_from_what_to_what_and_hides_the_personal(renamed, text_of):
    text = text_of("audit_entry", renamed.pk)

    assert "更名" in text
    assert "名称" in text
    assert "上村委会" in text
    assert "个人信息，此处只有摘要" in text
    assert "13800000000" not in text
    assert "尚未封存" in text
    seal(NOON)
    assert "第 1 块" in text_of("audit_entry", renamed.pk)


def test_pages_follow_each_other_by_number(county, clerk, text_of, django_assert_max_num_queries):
    for n in range(120):
        record(action="registry.unit.renamed", subject=f"registry.unit:{n}", by=clerk, at=NOON)
    newest = Entry.objects.order_by("-pk")

    with django_assert_max_num_queries(20):
        first = text_of("audit")
    assert first.count('<th scope="row">') == 50
    second = text_of("audit", before=newest[49].pk)
    assert f"/audit/{newest[50].pk}/" in second
    assert f"/audit/{newest[49].pk}/" not in second


def test_what_is_found_is_exported_and_holds_no_formula(county, renamed, text_of, clerk):
    record(action="registry.unit.moved", subject="=1+1", by=clerk, at=NOON + 2 * DAY)

    lines = text_of("audit_export", first=(NOON + DAY).date()).splitlines()
    assert len(lines) == 3
    assert ",'=1+1," in lines[1]
    assert "更名" in lines[2]


def test_an_export_leaves_an_entry_of_what_was_asked_and_how_much(
    renamed, auditor, security, client, text_of
):
    lines = text_of("audit_export", action="registry.unit.renamed", unit=renamed.unit_id)

    assert "导出审计记录" not in lines  # its own entry comes after what it holds
    entry = Entry.objects.get(action="access.entries.exported")
    assert (entry.actor_id, entry.count) == (auditor.pk, 1)
    assert len(lines.splitlines()) == 1 + entry.count
    said = {said.field: said.after for said in change_in_words(entry.change)}
    assert said == {
        "操作": "registry.unit.renamed",
        "单位编号": str(renamed.unit_id),
        "行数": "1",
    }
    client.force_login(security)
    client.get(reverse("web:audit_export"))
    assert Entry.objects.filter(action="access.entries.exported").get() == entry


def test_verification_says_what_does_not_agree(client, auditor, renamed, tmp_path, settings):
    settings.AUDIT_ANCHOR = tmp_path / "anchor.txt"
    seal(NOON + datetime.timedelta(hours=1))
    client.force_login(auditor)
    verify = reverse("web:audit_verification")
    assert "全部相符" in client.post(verify, {"key": uuid4()}).content.decode()

    drop_triggers()
    Entry.objects.filter(pk=renamed.pk).update(actor="别人")
    answer = client.post(verify, {"key": uuid4()}).content.decode()
    assert f"记录 {renamed.pk}" in answer
    assert "记录被改过" in answer
