"""A refusal is a page, or for HTMX a fragment into #refusals."""

import pytest

pytestmark = pytest.mark.django_db
STATUSES = [("invalid", 422), ("denied", 403), ("unknown", 404), ("conflict", 409)]


@pytest.mark.parametrize(("kind", "status"), STATUSES)
def test_answers_with_the_sentence_and_the_details(browser, kind, status):
    response = browser.get(f"/refuse/{kind}/", headers={"Referer": "http://testserver/after/?a=1"})
    page = response.content.decode()
    assert response.status_code == status
    assert "<h1>看不到这一页</h1>" in page
    assert "不能这样办。" in page
    assert "代码只有 11 位" in page
    assert 'href="/after/?a=1"' in page


@pytest.mark.parametrize(("kind", "status"), STATUSES)
def test_answers_htmx_with_a_fragment_for_the_place_of_refusals(browser, kind, status):
    response = browser.get(f"/refuse/{kind}/", headers={"HX-Request": "true"})
    assert response.status_code == status
    assert response["HX-Retarget"] == "#refusals"
    assert response["HX-Reswap"] == "innerHTML"
    assert "<html" not in response.content.decode()


def test_leads_back_only_within_the_site(browser):
    response = browser.get("/refuse/denied/", headers={"Referer": "http://elsewhere/x"})
    assert "elsewhere" not in response.content.decode()


def test_brings_a_refused_form_back_filled(browser, note):
    refused = browser.post(
        "/refuse/conflict/", note, headers={"Referer": "http://testserver/after/?a=1"}
    )
    page = browser.get(_way_back(refused.content.decode())).content.decode()
    assert "刚才填写的内容还没有提交" in page
    assert 'action="/refuse/conflict/"' in page
    assert '<input type="hidden" name="title" value="清明值班">' in page


def _way_back(page: str) -> str:
    address = page.split('class="btn" href="')[1].split('"')[0].replace("&amp;", "&")
    assert address.startswith("/after/?a=1&carried=")
    return address


def test_shows_what_an_operation_refuses_on_the_form(browser, note):
    response = browser.post("/write/", {**note, "title": "重名"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "已有同名的标题。" in page
    assert 'value="重名"' in page


def test_answers_a_form_from_another_log_in_with_a_sentence(clerk, note, settings):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk)
    response = strict.post("/write/", note)
    assert response.status_code == 403
    assert "不是在本次登录中打开的" in response.content.decode()
