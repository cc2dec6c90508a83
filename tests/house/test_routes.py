"""Every page is behind the log-in unless it is listed here."""

from tests.house.sources import routes

PUBLIC = {
    "set_language",
    "web:log_in",
}


def _asks_for_a_log_in(pattern):
    return getattr(pattern.callback, "login_required", True)


def test_only_what_is_listed_is_open_without_a_log_in():
    open_pages = {name for name, _path, pattern in routes() if not _asks_for_a_log_in(pattern)}

    assert open_pages - PUBLIC == set()


def test_every_address_has_a_name():
    assert [path for name, path, _pattern in routes() if name.endswith("None")] == []
