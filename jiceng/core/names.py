"""Names as people search them: simplified characters, pinyin and its initials, bigrams."""

import functools
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import yaml
from opencc import OpenCC
from pypinyin import lazy_pinyin, load_phrases_dict, load_single_dict
from pypinyin.constants import RE_HANS
from pypinyin.seg.mmseg import seg

_PLACES = Path(__file__).parent / "data" / "place-readings.yaml"


@functools.cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


@functools.cache
def _teach_places() -> None:
    """Teach the reader how places are read (长寿 is chang shou, 乐清 yue qing)."""
    places = yaml.safe_load(_PLACES.read_text(encoding="utf-8"))
    load_single_dict({ord(character): sound for character, sound in places["characters"].items()})
    load_phrases_dict(
        {name: [[s] for s in sound.split()] for name, sound in places["names"].items()}
    )


def simplified(text: str) -> str:
    """Return `text` in simplified characters, half-width, without spaces, in lower case.

    乾 stays: names have it only where it is read qian (乾县); a converter makes it 干.
    """
    folded = "".join(unicodedata.normalize("NFKC", text).lower().split())
    return "乾".join(map(_to_simplified().convert, folded.split("乾")))


@functools.lru_cache(maxsize=20_000)
def readings(name: str) -> tuple[str, str]:
    """Return a name's pinyin without tones, joined, and its initials: ("yueqingshi", "yqs").

    ü is v, as it is typed. What is no Chinese character stands for itself.
    """
    _teach_places()
    syllables: list[str] = []
    for chinese, characters in groupby(simplified(name), _is_chinese):
        if chinese:
            # What lazy_pinyin does at once, word by word: names share their words.
            for word in seg.cut("".join(characters)):
                syllables += _sounds(word)
        else:
            syllables += characters
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)


@functools.lru_cache(maxsize=20_000)
def _is_chinese(character: str) -> bool:
    return RE_HANS.match(character) is not None


@functools.lru_cache(maxsize=50_000)
def _sounds(word: str) -> tuple[str, ...]:
    # What has no reading is handed back as a list, so that each character counts by itself.
    return tuple(lazy_pinyin(word, errors=list))  # type: ignore[arg-type]  # a callable is allowed, the stubs say a word only


def bigrams(text: str) -> Iterator[str]:
    """Yield every pair of neighbouring characters; a single character yields itself."""
    if len(text) == 1:
        yield text
    for at in range(len(text) - 1):
        yield text[at : at + 2]
