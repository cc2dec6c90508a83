"""Lists, headers, badges and forms as the tags set them."""

import pytest
from django.template import engines
from django.test import RequestFactory

from jiceng.registry.models import Unit
from jiceng.ui.days import NoSuchDay, day_asked
from jiceng.ui.lists import order_of, page_of
from tests.ui.pages import NoteForm, PickForm


@pytest.fixture
def asked():
    return RequestFactory().get("/list/?q=村&day=2017-12-31&page=2&sort=name")


def shown(source: str, request=None, **context) -> str:
    return engines["django"].from_string("{% load ui %}" + source).render(context, request)


def test_links_other_pages_and_keeps_the_rest_of_the_address(asked):
    links = shown("{% pages page %}", asked, page=page_of(asked, list(range(5000)), 50))
    assert "共 5,000 条" in links
    assert 'href="?q=%E6%9D%91&amp;day=2017-12-31&amp;page=3&amp;sort=name"' in links
    assert '<span aria-current="page">2</span>' in links
    assert "…" in links


def test_counts_once_and_selects_once(asked, county, django_assert_num_queries):
    with django_assert_num_queries(2):
        page = page_of(asked, Unit.objects.order_by("pk"), 3)
        shown("{% pages page %}{% for unit in page %}{{ unit.pk }}{% endfor %}", asked, page=page)


def test_turns_the_order_of_a_column_around(asked):
    header = shown('{% sort_header "name" "名称" %}', asked)
    assert 'aria-sort="ascending"' in header
    assert "sort=-name" in header
    assert "page=" not in header


@pytest.mark.parametrize(
    ("asked_for", "fields"),
    [("name", ("name", "pk")), ("-name", ("-name", "-pk")), ("password", ("-founded", "pk"))],
)
def test_orders_by_named_columns_only(asked_for, fields):
    columns = {"name": ("name", "pk"), "founded": ("-founded", "pk")}
    request = RequestFactory().get("/", {"sort": asked_for})
    assert order_of(request, columns, default="founded") == fields


def test_asks_for_another_day_and_keeps_the_search(asked):
    form = shown("{% as_of_form day %}", asked, day=day_asked(asked))
    assert 'value="2017-12-31"' in form
    assert '<input type="hidden" name="q" value="村">' in form
    assert 'name="page"' not in form


@pytest.mark.parametrize("given", ["2017-13-01", "2017-02-30", "昨天", "9999-12-31"])
def test_refuses_what_is_no_day(given):
    with pytest.raises(NoSuchDay):
        day_asked(RequestFactory().get("/", {"day": given}))


def test_shows_a_status_as_text_and_escapes_it():
    badge = shown('{% status text "good" %}', text="<b>")
    assert badge == '<span class="state state-good">&lt;b&gt;</span>'
    with pytest.raises(ValueError, match="no tone"):
        shown('{% status "x" "purple" %}')


@pytest.mark.parametrize(("reached", "word"), [(True, "达到"), (False, "未达到"), (None, "不适用")])
def test_says_whether_a_target_is_reached(reached, word):
    assert f">{word}<" in shown("{{ reached|status_of }}", reached=reached)


def test_gives_every_key_once():
    assert shown("{% form_key %}") != shown("{% form_key %}")


def test_gives_every_field_label_need_help_and_error():
    form = shown("{{ form }}", form=NoteForm({"title": ""}))
    assert '<label for="id_title">标题<span class="field-need">必填</span></label>' in form
    assert 'id="id_title_helptext">八个字以内。' in form
    assert 'aria-invalid="true"' in form
    assert 'aria-describedby="id_title_helptext id_title_error"' in form
    assert '<ul class="errorlist" id="id_title_error">' in form
    assert form.count("field-need") == 1


def test_shows_what_was_picked_when_the_form_comes_back():
    field = shown("{{ form }}", form=PickForm({"unit": "17"}))
    assert 'data-picker="/options/"' in field
    assert 'value="17 村"' in field
    assert '<input type="hidden" name="unit" value="17" data-picker-value>' in field
    assert 'value="" data-picker-value' in shown("{{ form }}", form=PickForm())
