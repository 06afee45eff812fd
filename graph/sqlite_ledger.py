"""One write transaction of the embedded store."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import orjson

from graph.changes import Loading
from graph.claims import CLAIM_KINDS, Claim, Describes
from graph.ledger import Ledger, Tally
from graph.nodes import NODE_CLASSES, NODE_JSON, Node
from graph.search import names_text, tokens
from graph.sqlite_rows import CLAIM_COLUMNS, claim_rows, decoded
from graph.sqlite_schema import CODE, code_of, hash_of
from graph.statements import Statement

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graph.fold import Fields

_NODE_PREFIXES = tuple(f"{kind.lower()}:" for kind in NODE_CLASSES)
_THINGS = "json_each(?) AS i CROSS JOIN thing AS t ON t.id = i.value "


class SqliteLedger(Ledger):
    """A ledger on one connection whose write transaction the store holds open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection

    def _rows(self, statement: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def _claims(self, statement: str, *values: object) -> list[Any]:
        rows = self._rows(f"SELECT {CLAIM_COLUMNS} FROM {statement}", *values).fetchall()  # noqa: S608
        return [decoded(row) for row in rows]

    def tally(self) -> Tally:
        meta = dict(self._rows("SELECT name, value FROM meta"))
        counts = json.loads(meta["counts"])
        return Tally(
            int(meta["digest"]),
            Counter(counts["nodes"]),
            Counter(counts["claims"]),
            turns=int(meta["turns"]),
        )

    def keep(self, tally: Tally) -> None:
        counts = {
            name: {kind: n for kind, n in sorted(counter.items()) if n}
            for name, counter in (("nodes", tally.nodes), ("claims", tally.claims))
        }
        self._connection.executemany(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)",
            [
                ("digest", str(tally.digest)),
                ("turns", str(tally.turns)),
                ("counts", json.dumps(counts)),
            ],
        )
        grown = {source: n for source, n in tally.told.items() if n}
        numbers = self._intern(grown)
        self._connection.executemany(
            "INSERT INTO told VALUES (?1, ?2, NULL) ON CONFLICT DO UPDATE SET claims = claims + ?2",
            ((numbers[source], n) for source, n in grown.items()),
        )
        shrunk = [numbers[source] for source, n in grown.items() if n < 0]
        self._connection.executemany(
            "DELETE FROM told WHERE source = ? AND claims = 0 AND loading IS NULL",
            ((number,) for number in shrunk),
        )

    def counts(self, sources: Collection[str]) -> Mapping[str, int]:
        rows = self._rows(
            f"SELECT t.id, told.claims FROM {_THINGS} CROSS JOIN told ON told.source = t.n "  # noqa: S608
            "WHERE told.claims > 0",
            json.dumps(list(sources)),
        )
        return dict(rows)

    def loading(self, sources: Collection[str]) -> Mapping[str, Loading]:
        rows = self._rows(
            f"SELECT told.loading FROM {_THINGS} CROSS JOIN told ON told.source = t.n "  # noqa: S608
            "WHERE told.loading IS NOT NULL",
            json.dumps(list(sources)),
        )
        kept = [Loading.model_validate_json(text) for (text,) in rows]
        return {one.source: one for one in kept}

    def keep_loading(self, source: str, loading: Loading | None) -> None:
        number = self._intern((source,))[source]
        text = loading.model_dump_json() if loading else None
        self._rows(
            "INSERT INTO told VALUES (?1, 0, ?2) ON CONFLICT DO UPDATE SET loading = ?2",
            number,
            text,
        )

    def stored(self, claim_ids: Collection[str]) -> Mapping[str, Statement]:
        rows = claim_rows(self._connection, "c.body, c.recorded_at", claim_ids)
        known = {one.id: one for one in (Statement.read(body, at) for body, at in rows)}
        return {key: known[key] for key in claim_ids if key in known}

    def held(self, claim_ids: Collection[str]) -> set[str]:
        rows = claim_rows(self._connection, "c.kind, c.hash", claim_ids)
        return {f"{CLAIM_KINDS[kind]}:{told.hex()}" for kind, told in rows}

    def claim_ids_of(self, sources: Collection[str]) -> set[str]:
        rows = self._rows(
            f"SELECT json_extract(c.body, '$.id') FROM {_THINGS}"  # noqa: S608
            "CROSS JOIN claim AS c ON c.source = t.n",
            json.dumps(list(sources)),
        )
        return {claim_id for (claim_id,) in rows}

    def descriptions(self, stated: Collection[str]) -> Sequence[Describes]:
        return self._stated_at(stated, ("head",), ("DESCRIBES",))

    def identities(self, stated: Collection[str]) -> Sequence[Claim]:
        return self._stated_at(stated, ("tail", "head"), ("SAME_AS", "DIFFERENT_FROM"))

    def _stated_at(
        self, stated: Collection[str], ends: Iterable[str], kinds: Iterable[str]
    ) -> list[Any]:
        told: dict[str, Claim] = {}
        codes = ",".join(str(CODE[kind]) for kind in kinds)
        for end in ends:
            for where in (f"c.{end} = t.n", f"c.stated_{end} = t.n AND c.stated_{end} <> c.{end}"):
                rows = self._claims(
                    f"{_THINGS} CROSS JOIN claim AS c ON {where} "
                    f"WHERE c.kind IN ({codes}) AND c.stated_{end} = t.n",
                    json.dumps(list(stated)),
                )
                told.update((claim.id, claim) for claim in rows)
        return list(told.values())

    def answering(self, keys: Collection[str]) -> dict[str, frozenset[str]]:
        rows = self._rows(
            "SELECT key.key, node.id FROM json_each(?) AS i CROSS JOIN key ON key.key = i.value "
            "CROSS JOIN node ON node.n = key.n",
            json.dumps(list(keys)),
        )
        return _grouped(rows)

    def nodes(self, ids: Collection[str]) -> Mapping[str, Fields]:
        rows = self._rows(
            f"SELECT t.id, node.body FROM {_THINGS} CROSS JOIN node ON node.n = t.n",  # noqa: S608
            json.dumps(list(ids)),
        )
        return {one: orjson.loads(body) for one, body in rows}

    def members(self, ids: Collection[str]) -> Mapping[str, frozenset[str]]:
        rows = self._rows(
            f"SELECT t.id, key.key FROM {_THINGS} CROSS JOIN key ON key.n = t.n",  # noqa: S608
            json.dumps(list(ids)),
        )
        return _grouped((one, key) for one, key in rows if key.startswith(_NODE_PREFIXES))

    def put(self, statements: Sequence[Statement], current: Mapping[str, str]) -> None:
        ends = {end for one in statements for end in (one.source, *one.ends)}
        numbers = self._intern(ends | set(map(current.__getitem__, ends & current.keys())))
        led = {end: numbers[current[end]] for end in ends if end in current}
        self._connection.executemany(
            "INSERT INTO claim (hash, kind, source, tail, head, stated_tail, stated_head, "
            "recorded_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_row(one, numbers, led) for one in statements),
        )
        self._count(((led[one.ends[0]], led[one.ends[1]]) for one in statements), 1)

    def _count(self, ends_of: Iterable[tuple[int, int]], by: int) -> None:
        """Count claims with these ends into their degrees; one within a node counts once."""
        ends = Counter(end for both in ends_of for end in set(both))
        self._connection.executemany(
            "UPDATE label SET degree = degree + ? WHERE n = ?",
            ((by * count, number) for number, count in sorted(ends.items())),
        )

    def _intern(self, ids: Iterable[str]) -> Mapping[str, int]:
        wanted = json.dumps(sorted(ids))
        self._rows("INSERT OR IGNORE INTO thing (id) SELECT value FROM json_each(?)", wanted)
        return dict(self._rows(f"SELECT t.id, t.n FROM {_THINGS}", wanted))  # noqa: S608

    def drop(self, statements: Sequence[Statement]) -> None:
        ids = [one.id for one in statements]
        self._count(list(claim_rows(self._connection, "c.tail, c.head", ids)), -1)
        self._connection.executemany(
            "DELETE FROM claim WHERE kind = ? AND hash = ?",
            ((code_of(one), hash_of(one)) for one in ids),
        )

    def reroute(self, moves: Mapping[str, str]) -> None:
        numbers = self._intern({*moves, *moves.values()})
        touched = {numbers[new] for new in moves.values()}
        for end in ("tail", "head"):
            stated = (
                f"c IN (SELECT c FROM claim WHERE {end} = ?1 AND stated_{end} = ?1 UNION ALL "  # noqa: S608
                f"SELECT c FROM claim WHERE stated_{end} = ?1 AND stated_{end} <> {end})"
            )
            left = f"SELECT DISTINCT {end} FROM claim WHERE {stated}"  # noqa: S608
            move = f"UPDATE claim SET {end} = ?2 WHERE {stated}"  # noqa: S608
            for old, new in moves.items():
                touched.update(n for (n,) in self._rows(left, numbers[old]))
                self._rows(move, numbers[old], numbers[new])
        self._recount(touched)

    def _recount(self, numbers: Iterable[int]) -> None:
        """Count anew how many claims touch these nodes."""
        self._connection.executemany(
            "UPDATE label SET degree = (SELECT count(*) FROM claim WHERE tail = ?1) + "
            "(SELECT count(*) FROM claim WHERE head = ?1 AND tail <> ?1) WHERE n = ?1",
            ((number,) for number in sorted(numbers)),
        )

    def put_nodes(self, nodes: Sequence[tuple[Node, frozenset[str]]]) -> None:
        numbers = self._intern(node.id for node, _ in nodes)
        # in any other order the text index writes out all it has gathered with each node
        nodes = sorted(nodes, key=lambda given: numbers[given[0].id])
        self._forget(sorted(numbers.values()))
        self._connection.executemany(
            "INSERT INTO label (n, kind, degree, id, names) VALUES (?, ?, 0, ?, ?) "
            "ON CONFLICT (n) DO UPDATE SET names = excluded.names",
            ((numbers[n.id], n.kind, n.id, names_text(n)) for n, _ in nodes),
        )
        self._connection.executemany(
            "INSERT INTO node (n, kind, id, body) VALUES (?, ?, ?, ?)",
            ((numbers[n.id], n.kind, n.id, n.model_dump_json(exclude_none=True)) for n, _ in nodes),
        )
        self._connection.executemany(
            "INSERT INTO key VALUES (?, ?)",
            ((key, numbers[node.id]) for node, keys in nodes for key in sorted(keys)),
        )
        self._connection.executemany(
            "INSERT INTO found (rowid, tokens) VALUES (?, ?)",
            ((numbers[node.id], _indexed(node)) for node, _ in nodes),
        )

    def drop_nodes(self, ids: Collection[str]) -> None:
        if ids:
            numbers = self._intern(ids).values()
            self._forget(numbers)
            self._connection.executemany(
                "DELETE FROM label WHERE n = ?", ((number,) for number in numbers)
            )

    def _forget(self, numbers: Collection[int]) -> None:
        """Delete these nodes, their keys and their places in the text index."""
        wanted = json.dumps(list(numbers))
        among = "IN (SELECT value FROM json_each(?))"
        rows = self._rows(f"SELECT n, body FROM node WHERE n {among}", wanted)  # noqa: S608
        self._connection.executemany(
            "INSERT INTO found (found, rowid, tokens) VALUES ('delete', ?, ?)",
            [(n, _indexed(_node(body))) for n, body in rows],
        )
        self._rows(f"DELETE FROM key WHERE n {among}", wanted)  # noqa: S608
        self._rows(f"DELETE FROM node WHERE n {among}", wanted)  # noqa: S608


def _node(body: str) -> Node:
    node: Node = NODE_JSON.validate_json(body)
    return node


def _indexed(node: Node) -> str:
    return " ".join(sorted(tokens(node)))


def _row(
    one: Statement, numbers: Mapping[str, int], current: Mapping[str, int]
) -> tuple[object, ...]:
    tail, head = one.ends
    return (
        hash_of(one.id),
        CODE[one.kind],
        numbers[one.source],
        current[tail],
        current[head],
        numbers[tail],
        numbers[head],
        one.recorded_at,
        one.body,
    )


def _grouped(rows: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    grouped: dict[str, frozenset[str]] = {}
    for one, other in rows:
        held = grouped.get(one)
        grouped[one] = frozenset((other,)) if held is None else held | {other}
    return grouped
