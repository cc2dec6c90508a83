"""Trees as they stood on a day, in depth-first order, as arrays."""

import datetime
import functools
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from jiceng.measures.models import TreeSnapshot
from jiceng.measures.rollup import Ints, Rows, subtree_ends
from jiceng.registry import paths
from jiceng.registry.models import UnitPath
from jiceng.registry.queries import shown


@dataclass(frozen=True)
class Tree:
    """n units in depth-first order; see `rollup` for `parents` and `ends`."""

    name: str  # "division" or "organisation"
    units: Ints
    parents: Rows
    ends: Rows

    def __len__(self) -> int:
        return len(self.units)

    @functools.cached_property
    def _by_number(self) -> Rows:
        return np.argsort(self.units).astype(np.int32)

    def rows_of(self, units: Ints) -> Rows:
        """Return the row of each unit, -1 for one that is not in the tree."""
        if not len(self):
            return np.full(len(units), -1, dtype=np.int32)
        places = np.searchsorted(self.units, units, sorter=self._by_number)
        rows = self._by_number[np.minimum(places, len(self) - 1)]
        return np.where(self.units[rows] == units, rows, -1).astype(np.int32)

    def row_of(self, unit: int) -> int:
        """Return the row of one unit, -1 when it is not in the tree."""
        return int(self.rows_of(np.array([unit], dtype=np.int64))[0])

    def children_of(self, row: int) -> Iterator[int]:
        """Yield the rows one step below."""
        child = row + 1
        while child < self.ends[row]:
            yield child
            child = int(self.ends[child])

    def meeting_of(self, rows: Rows) -> int:
        """Return the lowest row whose subtree holds all of `rows`; -1 under several roots."""
        first, last = int(rows.min()), int(rows.max())
        row = first
        while row >= 0 and last >= self.ends[row]:
            row = int(self.parents[row])
        return row

    @property
    def digest(self) -> str:
        sha = hashlib.sha256(self.name.encode())
        sha.update(_packed(self.units, "<i8"))
        sha.update(_packed(self.parents, "<i4"))
        return sha.hexdigest()


def tree_on(name: str, day: datetime.date) -> Tree:
    """Return a tree as it stood on `day`. One statement over the whole tree."""
    standing = shown(UnitPath.objects.on(day)).filter(unit__tree=name)
    by_path = sorted(standing.values_list("path", "unit_id"))  # binary order on every database
    rows = {path: row for row, (path, _unit) in enumerate(by_path)}
    parents = [rows.get(path[: -paths.WIDTH], -1) for path in rows]
    above = np.array(parents, dtype=np.int32)
    units = np.array([unit for _path, unit in by_path], dtype=np.int64)
    return Tree(name, units, above, subtree_ends(above))


def keep(tree: Tree) -> TreeSnapshot:
    """Store a tree, or find the equal one that is stored."""
    snapshot, _new = TreeSnapshot.objects.get_or_create(
        digest=tree.digest,
        defaults={
            "tree": tree.name,
            "count": len(tree),
            "units": _packed(tree.units, "<i8"),
            "parents": _packed(tree.parents, "<i4"),
            "ends": _packed(tree.ends, "<i4"),
        },
    )
    return snapshot


@functools.lru_cache(maxsize=16)
def kept(digest: str) -> Tree:
    """Return a stored tree. A digest never changes its meaning, so the tree is remembered."""
    row = TreeSnapshot.objects.get(digest=digest)
    return Tree(row.tree, unpack_ints(row.units), unpack_rows(row.parents), unpack_rows(row.ends))


def pack_ints(values: Ints) -> bytes:
    return _packed(values, "<i8")


def pack_rows(rows: Rows) -> bytes:
    return _packed(rows, "<i4")


def unpack_ints(packed: bytes | memoryview) -> Ints:
    return np.frombuffer(packed, dtype="<i8")


def unpack_rows(packed: bytes | memoryview) -> Rows:
    return np.frombuffer(packed, dtype="<i4")


def _packed(values: Ints | Rows, kind: str) -> bytes:
    return values.astype(kind, copy=False).tobytes()
