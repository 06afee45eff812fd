"""Rows of the embedded store as models, and the models read last.

A model never changes once made, and neither does what a text says: so a question takes what
an earlier one has read of the same text. Most of a question's nodes and claims are the
countries, cities and lists of the last one. Whoever walks through all of a kind reads anew,
and leaves what is kept as it is.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

from graph.claims import CLAIM_JSON
from graph.nodes import NODE_JSON
from graph.sqlite_schema import code_of, hash_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterator, Sequence

    from graph.claims import Claim
    from graph.nodes import Node

KEPT_CLAIMS = 4_096
"""So many claims are kept: some 6 MB."""
KEPT_NODES = 2_048
"""So many nodes are kept: some 5 MB."""
_CURRENT = (
    "CASE WHEN c.tail <> c.stated_tail OR c.head <> c.stated_head "
    "THEN (SELECT id FROM thing WHERE n = c.{end}) END"
)
CLAIM_COLUMNS = ", ".join(
    ("c.body", "c.recorded_at", *(_CURRENT.format(end=end) for end in ("tail", "head")))
)
"""What a claim is read from; its current ends only where a merge moved them."""
_CHUNK = 4_096
"""So many claims are looked up at once, a power of two."""
Row = tuple[str, str, str | None, str | None]
_moment = lru_cache(maxsize=256)(datetime.fromisoformat)


def read_node(body: str) -> Node:
    """The node of a text."""
    node: Node = NODE_JSON.validate_json(body)
    return node


def read_claim(body: str, recorded_at: str) -> Claim:
    """The claim of a text, as its source gave it."""
    claim: Claim = CLAIM_JSON.validate_json(body)
    # nobody has seen it yet; a copy would cost as much as reading it did
    claim.__dict__["recorded_at"] = _moment(recorded_at)
    return claim


kept_node = lru_cache(maxsize=KEPT_NODES)(read_node)
"""The same, from what is kept if it is there."""
kept_claim = lru_cache(maxsize=KEPT_CLAIMS)(read_claim)
"""The same, from what is kept if it is there."""


def decoded(row: Row, read: Callable[[str, str], Claim] = read_claim) -> Claim:
    """A claim from its row: as stated, with its current ends where a merge moved them."""
    body, recorded_at, tail, head = row
    claim = read(body, recorded_at)
    return claim if tail is None or head is None else claim.moved(tail, head)


def claim_rows(connection: sqlite3.Connection, columns: str, ids: Collection[str]) -> Iterator[Any]:
    """These columns of the stored claims among these ids."""
    hashes: dict[int, set[bytes]] = defaultdict(set)
    for one in ids:
        hashes[code_of(one)].add(hash_of(one))
    for code, of_kind in hashes.items():
        for chunk in _chunks(sorted(of_kind)):
            marks = ",".join("?" * len(chunk))
            yield from connection.execute(
                f"SELECT {columns} FROM claim AS c WHERE c.kind = ? AND c.hash IN ({marks})",  # noqa: S608
                (code, *chunk),
            ).fetchall()


def _chunks(hashes: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """The hashes in chunks of 1, 2, 4… `_CHUNK`, the last of each filled up with itself.

    A connection keeps its statements, the longest at half a megabyte each: few lengths, few
    statements.
    """
    for at in range(0, len(hashes), _CHUNK):
        chunk = hashes[at : at + _CHUNK]
        missing = (1 << (len(chunk) - 1).bit_length()) - len(chunk)
        yield [*chunk, *repeat(chunk[-1], missing)]
