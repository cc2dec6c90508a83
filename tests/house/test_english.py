"""Every Chinese sentence has its English, and pages asked for in English are in English."""

import re

from babel.messages.catalog import Message
from django.utils.translation import override

from jiceng.ui.navigation import SECTIONS
from tests.house.sources import HOUSE, place
from tools import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]")  # characters and punctuation
OWN_NAME = re.compile(r"<(\w+)[^>]*\slang=\"zh[^>]*>.*?</\1>", re.S)  # the other language's button
TRANSLATED = re.compile(
    r"{#.*?#}|{% comment.*?endcomment %}|{% blocktranslate.*?endblocktranslate %}|{%.*?%}|{{.*?}}",
    re.S,
)
WITHOUT_LANGUAGE = {"500.html"}  # rendered when nothing works: says it in both


def _forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else words


def _loses_a_placeholder(message: Message) -> bool:
    wanted = sorted(PLACEHOLDER.findall(_forms(message.id)[0]))
    return any(sorted(PLACEHOLDER.findall(form)) != wanted for form in _forms(message.string))


def test_every_sentence_has_its_english_and_none_is_left_over():
    assert messages.faults() == []


def test_the_english_fills_in_what_the_chinese_fills_in():
    sentences = [message for message in messages.translated() if message.id]

    assert [message.id for message in sentences if _loses_a_placeholder(message)] == []
    assert [message.id for message in sentences if message.fuzzy] == []


def test_templates_hold_no_chinese_outside_what_is_translated():
    bare = [
        f"{place(path)}: {line.strip()}"
        for path in sorted(HOUSE.rglob("*.html"))
        if path.name not in WITHOUT_LANGUAGE
        for line in TRANSLATED.sub("", OWN_NAME.sub("", path.read_text())).splitlines()
        if CHINESE.search(line)
    ]

    assert bare == []


def test_the_log_in_page_is_english_throughout(english, client, db):
    page = client.get("/log-in/", headers={"accept-language": "en"}).content.decode()

    assert "<h1>Log in</h1>" in page
    assert CHINESE.findall(OWN_NAME.sub("", page)) == []


def test_a_page_is_english_around_what_the_register_holds(english, client, clerk):
    clerk.display_name = "Clerk"
    clerk.save()
    client.force_login(clerk)

    page = client.get("/", headers={"accept-language": "en"}).content.decode()

    assert "Main navigation" in page
    assert CHINESE.findall(OWN_NAME.sub("", page)) == []


def test_every_section_of_the_navigation_has_an_english_title(english):
    with override("en"):
        titles = [str(section.title) for section in SECTIONS]

    assert "Register" in titles
    assert [title for title in titles if CHINESE.search(title)] == []
