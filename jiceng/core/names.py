"""Names as people search them: simplified characters, pinyin and its initials, bigrams."""

import functools
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import yaml
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin, load_phrases_dict, pinyin
from pypinyin.constants import PHRASES_DICT

_PLACES = Path(__file__).parent / "data" / "place-readings.yaml"


@functools.cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


@functools.cache
def _readings_loaded() -> bool:
    """Teach the reader how places are read (长寿 is chang shou, 乐清 yue qing)."""
    places = yaml.safe_load(_PLACES.read_text(encoding="utf-8"))["readings"]
    load_phrases_dict({name: [[s] for s in reading.split()] for name, reading in places.items()})
    return bool(PHRASES_DICT) and pinyin("乐清", style=Style.NORMAL) is not None


def simplified(text: str) -> str:
    """Return `text` in simplified characters, half-width, without spaces, in lower case."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return _to_simplified().convert("".join(folded.split()))


@functools.lru_cache(maxsize=200_000)
def readings(name: str) -> tuple[str, str]:
    """Return a name's pinyin without tones, joined, and its initials: ("yueqingshi", "yqs")."""
    _readings_loaded()
    syllables = lazy_pinyin(name, errors=lambda other: list(other))
    return "".join(syllables).lower(), "".join(s[0] for s in syllables if s).lower()


def bigrams(text: str) -> Iterator[str]:
    """Yield every pair of neighbouring characters; a single character yields itself."""
    if len(text) == 1:
        yield text
    for at in range(len(text) - 1):
        yield text[at : at + 2]
