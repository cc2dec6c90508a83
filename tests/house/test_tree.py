"""What the files of the tree may hold."""

import re

import pytest

from tests.house.sources import HOUSE, ROOT, place, tree_files

LINES = 400
READ = {".py", ".html", ".css", ".js", ".mjs", ".yaml", ".md", ".toml", ".txt", ".sh", ".json"}
LOCKS = ["requirements.lock", "requirements-dev.lock", "package-lock.json"]
# Written in two pieces, so that this file does not find itself.
ELSEWHERE = re.compile(
    "|".join(["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/[a-z]", "/tm" + "p/[a-z]"])
)
REGISTRIES = re.compile(
    "|".join(["pypi" + r"\.org/simple", "registry" + r"\.npm", "index-" + "url"])
)
ADDRESS = re.compile(r"https?://(?!127\.0\.0\.1|localhost|www\.w3\.org/)[^\s\"']+")


def _lines(paths):
    for path in paths:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            yield path, number, line


def _read_files():
    return [
        path for path in tree_files() if path.suffix in READ or path.name in {"Makefile", ".npmrc"}
    ]


@pytest.mark.parametrize("pattern", [ELSEWHERE, REGISTRIES], ids=["machines", "registries"])
def test_nothing_names(pattern):
    found = [
        place(path, number) for path, number, line in _lines(_read_files()) if pattern.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("name", [*LOCKS, "bench/package-lock.json"])
def test_a_lock_file_carries_no_address(name):
    assert "://" not in (ROOT / name).read_text()


@pytest.mark.parametrize("name", LOCKS[:2])
def test_every_requirement_has_its_hashes(name):
    text = re.sub(r"\\\n", " ", (ROOT / name).read_text())
    pinned = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]

    assert pinned
    assert [line for line in pinned if "--hash=sha256:" not in line] == []


def test_pages_name_no_foreign_address():
    pages = [path for path in HOUSE.rglob("*") if path.suffix in {".html", ".js", ".mjs", ".css"}]
    found = [place(path, number) for path, number, line in _lines(pages) if ADDRESS.search(line)]

    assert found == []


def test_pages_hold_no_script_style_or_handler_of_their_own():
    own = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=", re.I
    )
    pages = sorted(HOUSE.rglob("*.html"))
    found = [place(path, number) for path, number, line in _lines(pages) if own.search(line)]

    assert found == []


def test_no_file_of_code_is_longer_than_a_reader_can_hold():
    code = [path for path in tree_files() if path.suffix in {".py", ".js", ".mjs", ".html", ".sh"}]
    long = {
        place(path): len(path.read_text().splitlines())
        for path in code
        if "migrations" not in path.parts
    }

    assert {name: lines for name, lines in long.items() if lines > LINES} == {}


def test_every_setting_is_explained():
    asked = re.compile(r"""environment\.\w+\(\s*["'](JICENG_\w+)""")
    named = {name for path in HOUSE.rglob("*.py") for name in asked.findall(path.read_text())}
    explained = (ROOT / ".env.example").read_text()

    assert named
    assert {
        name for name in named - {"JICENG_TEST_DATABASE"} if f"{name}=" not in explained
    } == set()
