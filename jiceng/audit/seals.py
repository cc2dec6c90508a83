"""Sealing what has been written: committed entries into chained blocks, each anchored outside the
database. Source: docs/methods/audit.md.
"""

import datetime

from django.db import transaction

from jiceng.audit import anchor
from jiceng.audit.hashing import FIRST, chain_of, leaf_of, root_of
from jiceng.audit.models import Block, Entry, Leaf
from jiceng.core.bulk import insert
from jiceng.core.locks import alone

BLOCK = 2_000  # entries at most: no transaction on SQLite writes more rows
COLUMNS = [field.attname for field in Entry._meta.concrete_fields]


def seal(at: datetime.datetime) -> int:
    """Seal every committed entry that has no leaf yet, then anchor what is not anchored.

    Return how many entries were sealed. May be cut short and repeated at any time; of two at
    once, one waits for the other's block.
    """
    sealed = 0
    while block := _seal_block(at):
        sealed += block.count
    anchor.extend()
    return sealed


@transaction.atomic
def _seal_block(at: datetime.datetime) -> Block | None:
    alone("audit.seal")
    entries = list(Entry.objects.filter(leaf=None).order_by("pk").values(*COLUMNS)[:BLOCK])
    if not entries:
        return None
    leaves = [leaf_of(entry) for entry in entries]
    block = _next_block(leaves, at)
    insert(
        Leaf,
        ["block_id", "entry_id", "place", "digest"],
        [
            (block.pk, entry["id"], place, leaf)
            for place, (entry, leaf) in enumerate(zip(entries, leaves, strict=True), start=1)
        ],
    )
    return block


def _next_block(leaves: list[str], at: datetime.datetime) -> Block:
    last = Block.objects.order_by("-number").first()
    block = Block(
        number=last.number + 1 if last else 1,
        sealed_at=at,
        count=len(leaves),
        root=root_of(leaves),
        previous=last.chain if last else FIRST,
    )
    block.chain = recomputed(block)
    block.save(force_insert=True)
    return block


def recomputed(block: Block) -> str:
    """Return the chain value that a block's own columns give."""
    return chain_of(
        number=block.number,
        count=block.count,
        root=block.root,
        sealed_at=block.sealed_at,
        previous=block.previous,
    )
