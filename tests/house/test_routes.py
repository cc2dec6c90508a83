"""Every page is behind the log-in, and every form is answered once, unless it is listed here."""

import re

from tests.house.sources import HOUSE, place, routes

# Programs read what is public, and write with a key of their own (tests/api).
API = {
    "api:api-root",
    "api:openapi-json",
    "api:request",
    "api:requests",
    "api:service",
    "api:services",
    "api:token",
    "api:updates",
    "api_calendar",
}
PUBLIC = {
    *API,
    "set_language",
    "web:first_password",
    "portal:complain",
    "portal:look_up",
    "portal:statistics",
    "portal:notices",
    "portal:notice",
    "portal:notice_pick",
    "portal:notice_object",
    "portal:notice_objection",
    "portal:notice_verify",
    "portal:wishes",
    "portal:wish_new",
    "portal:wish_look_up",
    "portal:wish_say",
    "web:log_in",
    "web:log_out",
    "portal:orders",
    "portal:order_place",
    "portal:order_pick",
    "portal:order_pick_any",
    "portal:order_follow",
    "portal:order_judge",
    "portal:order_add",
    "portal:order_withdraw",
    "portal:order_ground",
    "portal:order_near",
    "portal:order_board",
    "portal:order_board_data",
    "portal:order_entry",
    "portal:order_photo",
    "portal:order_statistics",
}
# A repeat of these does no harm.
WITHOUT_KEY = {
    *(API - {"api_calendar"}),
    "set_language",
    "portal:look_up",
    "portal:notice_objection",
    "portal:notice_verify",
    "portal:wish_look_up",
    "web:log_in",
    "web:log_out",
    "portal:order_follow",
}


def _asks_for_a_log_in(pattern):
    return getattr(pattern.callback, "login_required", True)


def test_only_what_is_listed_is_open_without_a_log_in():
    open_pages = {name for name, _path, pattern in routes() if not _asks_for_a_log_in(pattern)}

    assert open_pages - PUBLIC == set()


def test_every_address_has_a_name():
    assert [path for name, path, _pattern in routes() if name.endswith("None")] == []


def test_every_form_needs_its_key_except_what_is_listed():
    free = {name for name, _, pattern in routes() if not getattr(pattern.callback, "key_needed", 1)}

    assert free - WITHOUT_KEY == set()


def _forms():
    """Yield the markup of every posting form of every template, with its place."""
    for path in sorted(HOUSE.rglob("*.html")):
        text = path.read_text()
        for form in re.finditer(r"<form\b[^>]*\bmethod=.post.*?</form>", text, re.S | re.I):
            yield place(path, text[: form.start()].count("\n") + 1), form.group()


# Sends again what was typed before the log-in, the first key among it.
CARRIED = "{{ carried.path }}"


def _is_free(form):
    return CARRIED in form or any(
        f"'{name}'" in form or f'"{name}"' in form for name in WITHOUT_KEY
    )


def test_every_posting_form_carries_its_key_and_token():
    bare = [
        at
        for at, form in _forms()
        if "csrf_token" not in form or not ("form_key" in form or _is_free(form))
    ]

    assert bare == []
