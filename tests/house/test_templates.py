"""Every template file is used, and every one that is named exists."""

import re

from tests.house.sources import HOUSE, parsed, place, strings_in

# Found by Django by their names.
BY_CONVENTION = {"400.html", "403.html", "404.html", "500.html", "403_csrf.html"}
NAMED = re.compile(r"""["']([\w/.-]+\.(?:html|txt))["']""")


def _files():
    return {
        path.relative_to(folder).as_posix(): path
        for folder in HOUSE.rglob("templates")
        for path in folder.rglob("*")
        if path.is_file()
    }


def _named():
    in_code = {node.value for tree in parsed().values() for node in strings_in(tree)}
    in_pages = {name for path in _files().values() for name in NAMED.findall(path.read_text())}
    return in_code | in_pages


def test_every_template_is_used():
    unused = set(_files()) - _named() - BY_CONVENTION

    assert [place(_files()[name]) for name in sorted(unused)] == []


def test_every_template_that_a_page_names_exists():
    named = {name for path in _files().values() for name in NAMED.findall(path.read_text())}

    assert (
        sorted(
            name
            for name in named
            if name.endswith(".html") and not name.startswith("django/") and name not in _files()
        )
        == []
    )
