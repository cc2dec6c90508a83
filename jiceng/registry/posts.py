"""The posts that the register knows, from `data/posts.yaml`."""

import functools
from dataclasses import dataclass
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "data" / "posts.yaml"


@dataclass(frozen=True, slots=True)
class PostRole:
    code: str
    title: str
    single: bool = False  # one holder a day at a unit, deputies aside


@functools.cache
def post_roles() -> dict[str, PostRole]:
    """Return the posts by code, in the order of the file."""
    entries = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["posts"]
    return {entry["code"]: PostRole(**entry) for entry in entries}
