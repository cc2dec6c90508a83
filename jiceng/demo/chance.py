"""Repeatable chance: the same seed and topic always draw the same."""

import random


def draw(seed: int, topic: str) -> random.Random:
    """Return a generator of its own for one topic, so that topics do not disturb each other."""
    return random.Random(f"{seed}:{topic}")  # noqa: S311 - a demonstration, not a secret
