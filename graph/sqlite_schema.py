"""The tables of the embedded store.

Every id, stated or current, is interned once in `thing`. A claim's row is found by its
kind and the hash of its id; kinds are numbered in alphabetical order, so that (kind, hash) sorts as
the ids do. `body` is the statement as its source gave it. `label` is what a search needs
of a node: its names, and its degree, which every write keeps. `told` has, for each source,
how many claims it makes, and how far its load has come if that is not whole.
"""

from __future__ import annotations

from graph.claims import CLAIM_KINDS
from graph.nodes import NODE_KINDS

APPLICATION_ID = 0x6A616D61  # "jama"
SCHEMA_VERSION = 4
CODE = {kind: number for number, kind in enumerate(CLAIM_KINDS)}
VOCABULARY = ",".join((*NODE_KINDS, *CLAIM_KINDS))
TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE thing (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)",
    "CREATE TABLE node (n INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, "
    "body TEXT NOT NULL)",
    "CREATE UNIQUE INDEX node_kind ON node (kind, id)",
    "CREATE TABLE key (key TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, n)) WITHOUT ROWID",
    "CREATE INDEX key_node ON key (n)",
    "CREATE TABLE claim (c INTEGER PRIMARY KEY, hash BLOB NOT NULL, kind INTEGER NOT NULL, "
    "source INTEGER NOT NULL, tail INTEGER NOT NULL, head INTEGER NOT NULL, "
    "stated_tail INTEGER NOT NULL, stated_head INTEGER NOT NULL, "
    "recorded_at TEXT NOT NULL, body TEXT NOT NULL)",
    "CREATE INDEX claim_tail ON claim (tail, kind, hash, head)",
    "CREATE INDEX claim_head ON claim (head, kind, hash, tail)",
    "CREATE INDEX claim_source ON claim (source, kind, hash)",
    "CREATE UNIQUE INDEX claim_kind ON claim (kind, hash)",
    "CREATE TABLE told (source INTEGER PRIMARY KEY, claims INTEGER NOT NULL, loading TEXT)",
    "CREATE INDEX told_loading ON told (source) WHERE loading IS NOT NULL",
    "CREATE INDEX moved_tail ON claim (stated_tail) WHERE stated_tail <> tail",
    "CREATE INDEX moved_head ON claim (stated_head) WHERE stated_head <> head",
    "CREATE TABLE label (n INTEGER PRIMARY KEY, kind TEXT NOT NULL, degree INTEGER NOT NULL, "
    "id TEXT NOT NULL, names TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE found USING fts5 (tokens, content='', columnsize=0, detail=none, "
    "tokenize='unicode61 remove_diacritics 0')",
)


def hash_of(claim_id: str) -> bytes:
    """The hash in a claim's id; empty for an id that is none."""
    try:
        return bytes.fromhex(claim_id[claim_id.find(":") + 1 :])
    except ValueError:
        return b""


def code_of(claim_id: str) -> int:
    """The number of the kind in a claim's id; -1 for an id that is none."""
    return CODE.get(claim_id.rpartition(":")[0], -1)
