"""What surrounds every page."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def page(client, address="/after/") -> str:
    return client.get(address).content.decode()


def test_shows_operator_filing_number_and_the_complaint_link_to_everyone(client, browser, settings):
    for reader in (client, browser):
        shown = page(reader)
        assert str(settings.OPERATOR) in shown
        assert str(settings.FILING_NUMBER) in shown
        assert "对本系统提意见</a>" in shown


def test_shows_navigation_and_the_way_out_only_to_who_is_logged_in(client, clerk):
    assert reverse("web:log_out") not in page(client)
    client.force_login(clerk)
    shown = page(client)
    assert reverse("web:log_out") in shown
    assert "文书" in shown
    assert 'aria-label="主导航"' in shown


def test_begins_with_a_link_to_the_text_and_has_one_heading(client):
    shown = page(client)
    assert shown.index('class="skip" href="#main"') < shown.index("<header")
    assert shown.count("<h1>") == 1


def test_says_when_it_shows_another_day_and_how_to_return(browser):
    shown = page(browser, "/after/?day=2017-12-31&q=a")
    assert "本页按 2017年12月31日 的情况显示" in shown
    assert 'href="?q=a"' in shown
    assert "的情况显示" not in page(browser)


def test_says_nothing_of_a_day_on_a_page_that_knows_none(browser):
    assert "的情况显示" not in page(browser, "/write/?day=2017-12-31")


def test_turns_to_english_and_back(browser):
    answer = browser.post(reverse("set_language"), {"language": "en", "next": "/after/"})
    assert answer["Location"] == "/after/"
    assert '<html lang="en">' in page(browser)


def test_answers_an_unknown_address_with_a_page(browser):
    response = browser.get("/nowhere/")
    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()


def test_answers_a_defect_with_a_page_of_its_own(browser):
    browser.raise_request_exception = False
    response = browser.get("/break/")
    assert response.status_code == 500
    assert "记录没有改动" in response.content.decode()


def test_allows_no_script_or_style_in_the_page(browser):
    shown = page(browser)
    policy = browser.get("/after/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert " style=" not in shown
    assert " onclick" not in shown
    assert "<style" not in shown
    assert all("src=" in script for script in shown.split("<script")[1:])


def test_costs_no_query_but_session_user_and_grants(browser, django_assert_num_queries):
    with django_assert_num_queries(3):
        page(browser)
