"""The kinds of step. Packages above register theirs when the site is ready."""

from jiceng.core.declarations import Registry
from jiceng.procedures.kinds.base import (
    Entered,
    Field,
    Given,
    Judgement,
    Missing,
    Plain,
    StepKind,
    Wrong,
)

KINDS = Registry("step kind")


def register(*kinds: StepKind) -> None:
    KINDS.add(*kinds)


def kind_of(code: str) -> StepKind:
    kind: StepKind = KINDS[code]
    return kind


__all__ = [
    "KINDS",
    "Entered",
    "Field",
    "Given",
    "Judgement",
    "Missing",
    "Plain",
    "StepKind",
    "Wrong",
    "kind_of",
    "register",
]
