"""The manual leads somewhere: its links, its pictures, and every setting in it."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs" / "manual"
PAGES = sorted(MANUAL.glob("*.md"))
SETTINGS = (ROOT / "jiceng" / "project" / "settings.py").read_text(encoding="utf-8")


def links(page: Path) -> list[str]:
    """Return what a page leads to within the manual."""
    return re.findall(r"\]\(([^)#]+\.md)", page.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pictures():
    listed = yaml.safe_load((MANUAL / "screenshots.yaml").read_text(encoding="utf-8"))
    return {picture["name"]: picture for picture in listed["screenshots"]}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_only_to_pages_that_exist(page):
    assert [link for link in links(page) if not (MANUAL / link).is_file()] == []


def test_can_be_read_from_its_first_page():
    assert {page.name for page in PAGES} == {"index.md", *links(MANUAL / "index.md")}


def test_shows_the_pictures_that_are_taken_and_no_others(pictures):
    shown = [
        name
        for page in PAGES
        for name in re.findall(r"\]\(images/([\w-]+)\.png\)", page.read_text(encoding="utf-8"))
    ]

    assert sorted(shown) == sorted(pictures)
    assert {picture["width"] for picture in pictures.values()} <= {390, 1440}


def test_explains_every_setting():
    text = (MANUAL / "06-部署.md").read_text(encoding="utf-8")
    read = set(re.findall(r'"(JICENG_[A-Z_]+)"', SETTINGS))

    assert sorted(read - set(re.findall(r"`(JICENG_[A-Z_]+)`", text))) == []
