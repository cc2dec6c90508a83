"""What every template of the house keeps to."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "jiceng").glob("*/templates/**/*.html"))
WITHOUT_KEY = {
    "set_language",
    "web:log_in",
    "web:log_out",
    "portal:look_up",
    "portal:order_follow",
    "portal:wish_look_up",
    "portal:notice_objection",
    "portal:notice_verify",
}  # a repeat cannot do harm
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
WRITES = re.compile(r'method="post"|hx-post=', re.IGNORECASE)
ADDRESS = re.compile(r"""(?:action|hx-post)="\{% url '([\w:]+)'""")


def _name(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR / "jiceng"))


@pytest.fixture(params=TEMPLATES, ids=_name)
def source(request) -> str:
    return request.param.read_text(encoding="utf-8")


def test_gives_every_writing_form_its_token_and_key(source):
    for form in FORM.findall(source):
        if not WRITES.search(form):
            continue
        address = ADDRESS.search(form)
        assert "{% csrf_token %}" in form
        if "data-carried" not in source and not (address and address[1] in WITHOUT_KEY):
            assert "{% form_key %}" in form


def test_holds_no_script_style_or_handler_that_the_policy_refuses(source):
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"(src|href)=\"(https?:)?//", source)


def test_tells_the_columns_of_a_table_from_its_cells(source):
    for head in re.findall(r"<th\b[^>]*>", source):
        assert "scope=" in head
