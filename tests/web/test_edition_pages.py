"""The review of an edition by its pages: who sees it, and the way from upload to undo."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jiceng.access.models import Grant
from jiceng.accounts.models import User
from jiceng.exchange.editions.receiving import receive_edition
from jiceng.exchange.editions.rows import rows_of
from jiceng.exchange.models import Edition, Fate
from jiceng.registry.operations import Founding, found_units
from jiceng.registry.queries import unit_by_code
from tests.conftest import NOON, START
from tests.exchange.small import MERGED, TITLES, table

DAY = datetime.date(2017, 5, 1)


def holder(name, role, unit):
    user = User.objects.create_user(name, None, display_name=name, created_at=NOON)
    Grant.objects.create(
        user=user,
        role=role,
        unit_id=unit,
        valid_from=START,
        valid_to=datetime.date(2099, 1, 1),
        recorded_at=NOON,
    )
    return user


@pytest.fixture
def people(county):
    return {
        "county": holder("county", "county.officer", county.county),
        "city": holder("city", "city.officer", county.city),
        "town": holder("town", "town.officer", county.town),
    }


@pytest.fixture
def step(county):
    edition = receive_edition(rows_of(table(MERGED)), DAY, title="新版", by="system", at=NOON)
    return edition.steps.get(code="990102000000")


def text_of(response):
    return response.content.decode()


def send(client, name, *args, **values):
    return client.post(reverse(f"web:{name}", args=args), {"key": uuid.uuid4(), **values})


@pytest.mark.parametrize(("who", "status"), [("county", 200), ("city", 200), ("town", 403)])
def test_who_may_review(client, people, step, who, status):
    client.force_login(people[who])
    pages = [
        reverse("web:editions"),
        reverse("web:edition", args=[step.edition_id]),
        reverse("web:edition_step", args=[step.pk]),
        reverse("web:edition_town", args=[step.pk, "990102001000"]),
        reverse("web:edition_answers", args=[step.edition_id]),
        reverse("web:edition_answer", args=[step.edition_id]),
        reverse("web:edition_fate", args=[step.fates.first().pk]),
        reverse("web:edition_pick", args=[step.edition_id]) + "?q=大村",
        reverse("web:edition_undo", args=[step.pk]),
        reverse("web:edition_new"),
    ]
    assert [client.get(page).status_code for page in pages] == [status] * len(pages)


def test_another_countys_officer_does_not_know_of_it(client, county, step):
    client.force_login(holder("beside", "county.officer", county.subdistrict))
    assert client.get(reverse("web:edition_step", args=[step.pk])).status_code == 404


def test_a_list_is_uploaded_and_compared(client, people):
    client.force_login(people["city"])
    lines = "\n".join(",".join(row) for row in [TITLES, *MERGED])
    file = SimpleUploadedFile("divisions.csv", lines.encode("gb18030"))
    response = send(client, "edition_new", title="新版", day="2017-05-01", file=file)

    assert response.status_code == 302
    assert Edition.objects.get().counts == {
        "unchanged": 5,
        "kind_changed": 1,
        "vanished": 2,
        "appeared": 1,
    }


def test_a_faulty_list_comes_back_with_the_row_and_the_mend(client, people):
    client.force_login(people["city"])
    file = SimpleUploadedFile("divisions.csv", "level,code,name\n5,9901020010,上村".encode())
    response = send(client, "edition_new", title="新版", day="2017-05-01", file=file)

    assert response.status_code == 422
    assert "第 2 行" in text_of(response)
    assert not Edition.objects.exists()


def test_the_way_from_the_proposals_to_the_effect_and_back(client, people, step, county):
    client.force_login(people["county"])
    assert "审核区划变更：乙县（新版）" in text_of(client.get("/"))
    assert "一并确认 1 条" in text_of(client.get(reverse("web:edition_step", args=[step.pk])))
    send(client, "edition_sure", step.pk)
    for fate in Fate.objects.filter(decided_at=None):
        values = {"outcome": "succeeded", "day": "2017-04-01", "code_1": "990102001004"}
        assert send(client, "edition_fate", fate.pk, **values).status_code == 302
    assert "检查通过" in text_of(client.get(reverse("web:edition_step", args=[step.pk])))

    assert send(client, "edition_effect", step.pk).status_code == 302
    heir = unit_by_code("990102001004", datetime.date(2017, 4, 1))
    assert heir.name == "大村委会"
    assert "审核区划变更" not in text_of(client.get("/"))
    assert send(client, "edition_undo", step.pk, reason="填错文件").status_code == 302
    assert unit_by_code("990102001001", DAY).pk == county.upper


def test_what_an_ended_village_leaves_is_settled_from_the_page(client, people, step, county):
    place = Founding("上村党支部", "branch", 1, domain="village", seat=county.upper)
    found_units([place], tree="organisation", day=START, by="system", at=NOON)
    client.force_login(people["county"])
    send(client, "edition_sure", step.pk)
    for fate in Fate.objects.filter(decided_at=None):
        values = {"outcome": "succeeded", "day": "2017-04-01", "code_1": "990102001004"}
        send(client, "edition_fate", fate.pk, **values)
    send(client, "edition_effect", step.pk)
    page = reverse("web:edition_step", args=[step.pk])
    assert "上村党支部：上村委会 → 大村委会" in text_of(client.get(page))

    assert send(client, "edition_settle", step.pk, code="registry.seats").status_code == 302
    assert "已按建议处理" in text_of(client.get(page))
    assert "上村党支部：上村委会 → 大村委会" not in text_of(client.get(page))


def test_the_answers_go_out_and_come_back(client, people, step):
    client.force_login(people["county"])
    address = reverse("web:edition_answers", args=[step.edition_id])
    sheet = b"".join(client.get(address).streaming_content)
    assert "上村委会" in sheet.decode("utf-8-sig")

    file = SimpleUploadedFile("answers.csv", sheet)
    assert send(client, "edition_answer", step.edition_id, file=file).status_code == 302
    assert not Fate.objects.filter(decided_at=None).exists()


def test_what_cannot_hold_comes_back_on_the_form(client, people, step):
    client.force_login(people["county"])
    fate = step.fates.get(code="990102001001")
    values = {"outcome": "succeeded", "day": "2017-04-01", "code_1": "990102009999"}
    response = send(client, "edition_fate", fate.pk, **values)
    assert response.status_code == 422
    assert "不在这份区划里" in text_of(response)
