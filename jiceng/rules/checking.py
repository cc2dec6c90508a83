"""What is wrong with rules that can be read, in words. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from jiceng.rules.declarations import BINDING, GRADES, UNKNOWN, Matter, ShippedRule, Vocabulary
from jiceng.rules.values import (
    BINDS,
    Bands,
    Flag,
    Frequency,
    Number,
    Range,
    Ratio,
    Value,
    is_like,
    keeps,
)

_UNORDERED = (Flag, Range)  # of two of them none is the stricter


def faults(matters: Sequence[Matter], words: Vocabulary) -> list[str]:
    """Return one sentence for each fault: doubled keys, unknown words, missing sources, rules
    equally near, nearer rules of law that break farther ones.
    """
    found = [
        f"规则“{key}”列了两次。"
        for key, times in Counter(matter.key for matter in matters).items()
        if times > 1
    ]
    for matter in matters:
        if matter.topic not in words.topics:
            found.append(f"规则“{matter.key}”的类目“{matter.topic}”没有定义。")
        for rule in matter.rules:
            found += _faults_of(rule, words)
        found += _faults_between(matter)
    return found


def _faults_of(rule: ShippedRule, words: Vocabulary) -> Iterator[str]:
    name = f"规则“{rule.key}”"
    if rule.grade not in GRADES:
        yield f"{name}的依据等级“{rule.grade}”没有定义，可用的有：{'、'.join(GRADES)}。"
    if rule.binds not in BINDS:
        yield f"{name}的约束方式“{rule.binds}”没有定义，可用的有：{'、'.join(BINDS)}。"
    if not rule.source:
        yield f"{name}缺少来源。"
    if rule.grade in BINDING and rule.valid_from == UNKNOWN:
        yield f"{name}的依据是法规或正式文件，应当写明生效日。"
    if rule.kind and rule.kind not in words.kinds:
        yield f"{name}的情形“{rule.kind}”没有定义。"
    if rule.place and rule.place not in words.places:
        yield f"{name}的地方“{rule.place}”没有写明名称。"
    if isinstance(rule.value, _UNORDERED) and rule.binds in ("at_least", "at_most"):
        yield f"{name}的数值分不出高低，只能是 fixed 或 default。"
    yield from _unknown_words(name, rule.value, words)


def _unknown_words(name: str, value: Value, words: Vocabulary) -> Iterator[str]:
    if isinstance(value, Ratio) and value.of not in words.shares:
        yield f"{name}的比例以“{value.of}”为基数，没有定义。"
    if isinstance(value, Number | Bands | Range) and value.unit not in words.units:
        yield f"{name}的计量单位“{value.unit}”没有定义。"


def _faults_between(matter: Matter) -> Iterator[str]:
    for one, other in combinations(matter.rules, 2):
        if one.is_beside(other):
            yield (
                f"规则“{matter.key}”有两条同样近：{_place(one)}，"
                f"{max(one.valid_from, other.valid_from)}起（{one.source}；{other.source}）。"
            )
        if not _comparable(one.value, other.value):
            yield f"规则“{matter.key}”的各个数值不是同一种。"
        yield from _broken(one, other)
        yield from _broken(other, one)


def _comparable(one: Value, other: Value) -> bool:
    """Say whether both can be values of one matter: hours here and days there can."""
    return type(one) is type(other) and (not isinstance(one, Frequency) or is_like(one, other))


def _broken(near: ShippedRule, far: ShippedRule) -> Iterator[str]:
    """Yield the fault that a nearer rule of law is laxer than a farther one that binds it."""
    if near.level <= far.level or not near.place.startswith(far.place):
        return
    if near.grade not in BINDING or far.grade not in BINDING or near.kind != far.kind:
        return
    meet = near.valid_from < far.valid_to and far.valid_from < near.valid_to
    if meet and not keeps(near.value, far.value, far.binds):
        yield (
            f"规则“{near.key}”：{_place(near)}的数值（{near.source}）"
            f"突破了{_place(far)}的规定（{far.source}）。"
        )


def _place(rule: ShippedRule) -> str:
    return f"地方“{rule.place}”" if rule.place else "全国"
