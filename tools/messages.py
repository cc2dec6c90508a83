"""Keep locale/en beside the Chinese sentences of the code: `messages.py extract|check|compile`.

Works without a system's gettext. Catalogues are sorted and carry no line numbers, so that a change
of code changes only the lines of the sentences it touches.
"""

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
HEADER = """\
# English for the Chinese sentences of Jiceng. Kept by `make messages`; checked by `make check`.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def _sources() -> Iterator[tuple[Path, bytes]]:
    """Yield every file that may hold sentences, templates turned into the calls they make."""
    for path in sorted((ROOT / "jiceng").rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_bytes()
    for path in sorted((ROOT / "jiceng").rglob("*.html")):
        calls = templatize(path.read_text(), origin=str(path))
        yield path, f"(\n{calls}\n)".encode()  # in brackets no line's indent matters


def _words_of_data() -> Iterator[str]:
    """Yield what pages show of the house's own data files in the language of the page."""
    yield from (role["title"] for role in _data("access/data/roles.yaml")["roles"])
    yield from (term["title"] for term in _data("documents/data/retention.yaml")["terms"])
    for kind in _data("notices/data/kinds.yaml")["kinds"]:
        yield from (kind["title"], *(field["label"] for field in kind["fields"]))
    yield from _voluntary()
    actions = _data("audit/data/actions.yaml")
    yield from (*actions["actions"].values(), *actions["fields"].values())
    yield from _words_of_rules()


def _voluntary() -> Iterator[str]:
    """Yield kinds of wishes and posts, skills, and what they ask for."""
    wishes, posts = _data("orders/data/wish-kinds.yaml"), _data("orders/data/welfare-posts.yaml")
    yield from (*wishes["groups"].values(), *posts["skills"].values())
    for kind in (*wishes["kinds"], *posts["kinds"]):
        yield kind["title"]


def _words_of_rules() -> Iterator[str]:
    """Yield titles and terms of rules; sources and notes quote Chinese law and stay Chinese."""
    for part, words in _data("rules/data/words.yaml").items():
        for word in words.values():
            yield from word.values() if part == "grades" else [word]
    for path in sorted((ROOT / "jiceng" / "rules" / "data").glob("*.yaml")):
        yield from (matter["title"] for matter in _data(path).get("matters", []))


def _data(name: "str | Path") -> Any:
    return yaml.safe_load((ROOT / "jiceng" / name).read_text())


def extracted() -> Catalog:
    """Return a catalogue of every sentence in the code, none translated."""
    catalogue = Catalog(locale="en")
    for path, text in _sources():
        try:
            for _line, sentence, comments, context in extract(
                "python", BytesIO(text), KEYWORDS, comment_tags=("Translators:",)
            ):
                catalogue.add(sentence, auto_comments=comments, context=context)
        except SyntaxError as error:
            raise SystemExit(f"{path.relative_to(ROOT)}: cannot be read: {error}") from error
    for words in _words_of_data():
        catalogue.add(words)
    return catalogue


def translated() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="en")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def _key(message: Message) -> tuple[str, str]:
    single = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context or "", single)


def _by_key(catalogue: Catalog) -> dict[tuple[str, str], Message]:
    return {_key(message): message for message in catalogue if message.id}


def merge() -> Catalog:
    """Return the sentences of the code with the translations there are."""
    known, merged = _by_key(translated()), extracted()
    for key, message in _by_key(merged).items():
        if key in known and isinstance(known[key].id, str) == isinstance(message.id, str):
            message.string = known[key].string
    return merged


def write() -> None:
    body = BytesIO()
    write_po(body, merge(), width=100, no_location=True, omit_header=True, sort_output=True)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(HEADER + body.getvalue().decode().lstrip("\n"))


def compile_catalogue(target: Path = COMPILED) -> None:
    """Write the form that Django reads."""
    with target.open("wb") as file:
        write_mo(file, translated())


def _is_translated(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else message.string
    return all(strings)


def faults() -> list[str]:
    """Return one line for each sentence that is missing, stale or breaks its placeholders."""
    wanted, known = _by_key(extracted()), _by_key(translated())
    found = [
        f"no English for: {key[1]}"
        for key in wanted
        if key not in known or not _is_translated(known[key])
    ]
    found += [f"no longer in the code: {key[1]}" for key in known if key not in wanted]
    for key, message in known.items():
        if _is_translated(message):
            found += [f"{key[1]}: {error}" for error in message.check()]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", choices=["extract", "check", "compile"])
    act = parser.parse_args().act
    settings.configure(USE_I18N=True)
    if act == "extract":
        write()
    elif act == "compile":
        compile_catalogue()
    else:
        found = faults()
        print("\n".join(found) or "messages: every sentence has its English")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
