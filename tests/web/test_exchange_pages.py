"""The pages of files in and out: who may use them, and one file's way through them."""

import io
import re
import uuid

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jiceng.audit.models import Entry
from jiceng.exchange.models import Import
from jiceng.exchange.readers import open_table
from jiceng.registry.models import Post
from jiceng.registry.operations import PersonRow, PostRow, appoint, record_people
from jiceng.registry.queries import units_on
from tests.exchange.conftest import (  # noqa: F401 - fixtures
    DAY,
    DONE,
    apply,
    as_csv,
    branch,
    committee,
    send,
    undo,
    with_titles,
)
from tests.web.test_registry_pages import holder


@pytest.fixture
def people(county, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return {
        "owner": holder("owner", "town.officer", county.town),
        "above": holder("above", "county.officer", county.county),
        "stranger": holder("stranger", "town.officer", county.subdistrict),
        "reader": holder("reader", "village.secretary", county.upper),
    }


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    def posting(name, *arguments, **data):
        with django_capture_on_commit_callbacks(execute=True):
            data["key"] = str(uuid.uuid4())
            answer = client.post(reverse(name, args=arguments), data)
        return client.get(answer.url) if answer.status_code == 302 else answer

    return posting


def upload_of(rows, kind="organisations"):
    file = SimpleUploadedFile("组织.csv", as_csv(with_titles(kind, rows)))
    return {"kind": kind, "day": "2017-06-01", "file": file}


@pytest.fixture
def previewed(client, people, post, committee):  # noqa: F811 - the fixture
    client.force_login(people["above"])
    rows = [branch("B1", "甲支部"), branch("B2", seat="9901")]
    post("web:upload", **upload_of(rows))
    return Import.objects.get()


@pytest.mark.parametrize(
    ("who", "status"), [("above", 200), ("owner", 404), ("stranger", 404), ("reader", 403)]
)
def test_an_import_is_seen_by_its_sender_and_from_above(client, people, previewed, who, status):
    client.force_login(people[who])
    page = client.get(reverse("web:import", args=[previewed.pk]))
    assert page.status_code == status


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("reader", 403)])
@pytest.mark.parametrize("name", ["web:imports", "web:upload"])
def test_who_may_import(client, people, who, status, name):
    client.force_login(people[who])
    assert client.get(reverse(name)).status_code == status


def test_the_preview_tells_what_becomes_of_each_row(client, people, post, committee):  # noqa: F811 - the fixture
    client.force_login(people["above"])
    post("web:upload", **upload_of([branch("B1", "甲支部"), branch("B2", "乙支部")]))
    post("web:import_apply", Import.objects.latest("pk").pk)
    rows = [
        branch("B1", "丙支部", parent="B2"),
        branch("B2", "乙支部"),
        branch("B3", "丁支部"),
        branch("B4", "戊支部", seat="9901"),
    ]
    page = post("web:upload", **upload_of(rows)).content.decode()

    assert "自2017-06-01起更名：“甲支部”→“丙支部”" in page
    assert "起移动：“东镇党委”→“乙支部”" in page
    for words in ("更名 1 行", "移动 1 行", "设立 1 行", "没有变化 1 行"):
        assert words in page
    address = reverse("web:import", args=[Import.objects.latest("pk").pk])
    one_sort = client.get(address, {"what": "移动"}).content.decode()
    assert "B1 丙支部" in one_sort
    assert "B3 丁支部 党支部" not in one_sort


def test_a_file_goes_its_way_from_upload_to_undoing(client, post, previewed):
    text = client.get(reverse("web:import", args=[previewed.pk])).content.decode()
    assert "待确认" in text
    assert "区划代码应为 12 位" in text

    refused = post("web:import_apply", previewed.pk)
    assert refused.status_code == 422
    assert "还有 1 行有误" in refused.content.decode()

    done = post("web:import_apply", previewed.pk, skip_faulty="on").content.decode()
    assert "已导入" in done
    assert units_on(DAY).filter(name="甲支部").exists()

    undone = post("web:import_undo", previewed.pk, reason="发错了").content.decode()
    assert "已撤销" in undone
    assert not units_on(DAY).filter(name="甲支部").exists()


def test_a_file_is_given_up_before_anything_was_done(client, post, previewed):
    answer = post("web:import_withdraw", previewed.pk)

    assert "已放弃这次导入，名录没有变化" in answer.content.decode()
    assert not units_on(DAY).filter(name="甲支部").exists()


def test_what_was_interrupted_is_taken_up_again(client, post, previewed):
    rows = Import.objects.filter(pk=previewed.pk)
    rows.update(state=Import.State.INTERRUPTED, sentence="任务中断，请继续。")
    page = client.get(reverse("web:import", args=[previewed.pk])).content.decode()
    assert reverse("web:import_resume", args=[previewed.pk]) in page

    assert "待确认" in post("web:import_resume", previewed.pk).content.decode()
    post("web:import_apply", previewed.pk, skip_faulty="on")
    assert units_on(DAY).filter(name="甲支部").exists()


def test_who_a_doubtful_row_means_is_said_on_the_page(client, people, post, county):
    (zhang,) = record_people([PersonRow("张三")], **DONE)
    appoint([PostRow(zhang, county.upper, "village_clerk", DAY)], **DONE)
    client.force_login(people["above"])
    since = {"unit": "990102001001", "since": "2017-05-01", "birth_month": "1975-03"}
    rows = [{**since, "name": "张三", "role": "网格员"}]
    page = post("web:upload", **upload_of(rows, "posts")).content.decode()
    (name,) = re.findall(r'name="(row-\d+)"', page)[:1]

    one = Import.objects.get()
    assert "已认定 1 行" in post("web:import_decide", one.pk, **{name: str(zhang)}).content.decode()
    post("web:import_apply", one.pk)
    assert Post.objects.get(role="grid_worker").person_id == zhang


def test_faulty_rows_and_templates_are_downloaded(client, previewed):
    answer = client.get(reverse("web:import_faulty", args=[previewed.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert "原第 3 行" in sheet.cell(2, sheet.max_column).value

    answer = client.get(reverse("web:import_template", args=["organisations"]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.cell(1, 1).value == "组织代码*"


def test_progress_is_a_fragment_that_ends_by_reloading(client, previewed):
    address = reverse("web:import_progress", args=[previewed.pk])
    done = client.get(address)
    assert done["HX-Refresh"] == "true"
    Import.objects.filter(pk=previewed.pk).update(state=Import.State.APPLYING, done=1, total=4)
    working = client.get(address).content.decode()
    assert 'value="1"' in working
    assert address in working


def test_a_town_officer_takes_rows_of_his_own_town_only(client, people, post, committee):  # noqa: F811
    client.force_login(people["stranger"])
    page = post("web:upload", **upload_of([branch("B1")])).content.decode()
    assert "没有代码为 990102001001 的区划，或您无权查看" in page


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(("who", "count"), [("above", 1), ("owner", 1), ("stranger", 0)])
def test_an_export_holds_what_the_reader_may_see(
    client,
    people,
    committee,  # noqa: F811
    tmp_path,
    form,
    who,
    count,
):
    client.force_login(people[who])
    asked = {"kind": "organisations", "day": "2017-06-01", "form": form}
    answer = client.get(reverse("web:export"), asked)

    path = tmp_path / "export"
    path.write_bytes(b"".join(answer.streaming_content))
    with open_table(path) as table:
        assert [line.cells[0] for line in table.lines] == ["W1"] * count
    assert Entry.objects.get(action="exchange.file.exported").count == count


def test_who_only_takes_files_out_is_led_there_and_nowhere_else(client, people):
    for who, led in (("reader", "/exports/"), ("above", "/imports/")):
        client.force_login(people[who])
        page = client.get(reverse("web:exports")).content.decode()
        assert f'<a href="{led}" aria-current="page">' in page
        assert ("/imports/" in page) is (who == "above")


def test_an_export_asked_for_in_english_can_be_read_back(english, client, people, committee):  # noqa: F811
    client.force_login(people["owner"])
    asked = {"kind": "organisations", "day": "2017-06-01", "form": "csv"}
    chinese = b"".join(client.get(reverse("web:export"), asked).streaming_content)

    answer = client.get(reverse("web:export"), asked, headers={"accept-language": "en"})

    assert answer["Content-Language"] == "en"
    assert b"".join(answer.streaming_content) == chinese
