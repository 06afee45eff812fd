"""Reads of the embedded store, all within one read transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from graph.changes import Loading
from graph.claims import CLAIM_CLASSES, CLAIM_KINDS
from graph.paths import SEARCHING, shortest_by
from graph.search import askable
from graph.sqlite_kinds import WITHIN, stretches, stretches_at
from graph.sqlite_rows import (
    CLAIM_COLUMNS,
    claim_rows,
    decoded,
    kept_claim,
    kept_node,
    read_claim,
    read_node,
)
from graph.sqlite_schema import CODE, code_of, hash_of
from graph.sqlite_steps import NumberSteps
from graph.store import SEARCH_CAP, Counts, Hit, Hits, Paths, View

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from graph.budget import Budget
    from graph.claims import Claim
    from graph.following import Direction
    from graph.nodes import Node
    from graph.sqlite_kinds import End

_MANY = 1_000
_IDS = "(SELECT thing.n FROM json_each(?) AS i CROSS JOIN thing ON thing.id = i.value)"
_UNDIRECTED = frozenset(kind for kind, cls in CLAIM_CLASSES.items() if not cls.directed)
_HANGING: dict[End, str] = {
    end: (
        "json_each(?) AS i CROSS JOIN thing AS f ON f.id = i.value CROSS JOIN json_each(?) AS k "
        f"CROSS JOIN claim AS c ON c.{end} = f.n AND c.kind {WITHIN}"
    )
    for end in ("tail", "head")
}
_NEAR = {
    end: f"SELECT c.kind AS kind, c.hash AS hash, c.c AS c FROM {hanging}"  # noqa: S608
    for end, hanging in _HANGING.items()
}
_WHOLE = {
    end: f"SELECT {CLAIM_COLUMNS} FROM {hanging} ORDER BY c.kind, c.hash"  # noqa: S608
    for end, hanging in _HANGING.items()
}
# What is cut off is never looked up: order and limit are decided on the covering indexes.
_EXPAND = (
    "SELECT "  # noqa: S608
    + CLAIM_COLUMNS
    + " FROM (SELECT kind, hash, c FROM ({near}) WHERE (kind, hash) > (?, ?) "
    "ORDER BY kind, hash LIMIT ?) AS near CROSS JOIN claim AS c ON c.c = near.c "
    "ORDER BY near.kind, near.hash"
)
_AMONG = (
    "SELECT "  # noqa: S608
    + CLAIM_COLUMNS
    + " FROM (SELECT c.c AS c FROM json_each(?1) AS i CROSS JOIN json_each(?2) AS k "
    "CROSS JOIN claim AS c ON c.tail = i.value AND c.kind "
    + WITHIN
    + " WHERE c.head IN (SELECT value FROM json_each(?1))) AS near "
    "CROSS JOIN claim AS c ON c.c = near.c ORDER BY c.kind, c.hash"
)
_NUMBERS = "SELECT thing.id, n FROM json_each(?) AS i CROSS JOIN thing ON thing.id = i.value"
_ADJACENT: dict[End, str] = {
    end: f"SELECT f.id, t.id FROM {hanging} CROSS JOIN thing AS t ON t.n = c.{far}"  # noqa: S608
    for (end, hanging), far in zip(_HANGING.items(), ("head", "tail"), strict=True)
}


class SqliteView(View):
    """A view on one connection whose read transaction the store holds open."""

    def __init__(self, connection: sqlite3.Connection, budget: Budget) -> None:
        self._connection = connection
        self.budget = budget

    def rows(self, statement: str, *values: object) -> list[Any]:
        """All rows of a statement; BudgetSpent if the time is over before it begins."""
        self.budget.check()
        return self._connection.execute(statement, values).fetchall()

    def version(self) -> str:
        return f"{int(self._meta('digest')):032x}"

    def stamp(self) -> str:
        return ".".join(self._meta(name) for name in ("digest", "turns"))

    def counts(self) -> Counts:
        return Counts.model_validate_json(self._meta("counts"))

    def _meta(self, name: str) -> str:
        return str(self.rows("SELECT value FROM meta WHERE name = ?", name)[0][0])

    def get(self, ids: Collection[str]) -> Mapping[str, Node]:
        rows = self.rows(
            f"SELECT body FROM node WHERE n IN {_IDS}",  # noqa: S608
            _json(ids),
        )
        nodes = [kept_node(body) for (body,) in rows]
        return {node.id: node for node in nodes}

    def find(self, key: str) -> str | None:
        rows = self.rows("SELECT min(node.id) FROM key JOIN node USING (n) WHERE key.key = ?", key)
        return rows[0][0] if rows else None

    def claims(self, ids: Collection[str]) -> Mapping[str, Claim]:
        return {claim.id: claim for claim in stored(self._connection, ids)}

    def claims_of(self, source: str, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        return self._page("c.source = (SELECT n FROM thing WHERE id = ?)", source, after, limit)

    def told(self, sources: Collection[str]) -> Mapping[str, int]:
        rows = self.rows(
            "SELECT t.id, told.claims FROM json_each(?) AS i "
            "CROSS JOIN thing AS t ON t.id = i.value "
            "CROSS JOIN told ON told.source = t.n WHERE told.claims > 0",
            _json(sources),
        )
        return dict(rows)

    def loading(self) -> Sequence[Loading]:
        rows = self.rows("SELECT loading FROM told WHERE loading IS NOT NULL")
        found = [Loading.model_validate_json(text) for (text,) in rows]
        return sorted(found, key=lambda one: one.source)

    def all_claims(self, kind: str, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        return self._page("c.kind = ?", CODE[kind], after, limit)

    def _page(self, where: str, value: object, after: str, limit: int) -> Sequence[Claim]:
        rows = self.rows(
            f"SELECT {CLAIM_COLUMNS} FROM claim AS c WHERE {where} AND (c.kind, c.hash) > (?, ?) "  # noqa: S608
            "ORDER BY c.kind, c.hash LIMIT ?",
            value,
            code_of(after),
            hash_of(after),
            limit,
        )
        return [decoded(row) for row in rows]

    def nodes(self, kind: str, after: str = "", limit: int = 1000) -> Sequence[Node]:
        rows = self.rows(
            "SELECT body FROM node WHERE kind = ? AND id > ? ORDER BY id LIMIT ?",
            kind,
            after,
            limit,
        )
        return [read_node(body) for (body,) in rows]

    def expand(
        self,
        ids: Collection[str],
        kinds: Collection[str],
        direction: Direction = "both",
        limit: int | None = None,
        after: str = "",
    ) -> Sequence[Claim]:
        ways = _ways(ids, kinds, direction)
        values = [value for _, *told in ways for value in told]
        if not ways:
            return []
        if len(ways) == 1 and limit is None and not after:
            return self._decoded(self.rows(_WHOLE[ways[0][0]], *values))
        rows = self.rows(
            _EXPAND.format(near=" UNION ".join(_NEAR[end] for end, *_ in ways)),
            *values,
            code_of(after),
            hash_of(after),
            -1 if limit is None else limit,
        )
        return self._decoded(rows, keep=limit is None)

    def among(self, ids: Collection[str], kinds: Collection[str]) -> Sequence[Claim]:
        numbers = json.dumps([n for _, n in self.rows(_NUMBERS, _json(ids))])
        return self._decoded(self.rows(_AMONG, numbers, stretches(kinds)))

    def adjacent(
        self, ids: Collection[str], kinds: Collection[str], direction: Direction = "both"
    ) -> Mapping[str, frozenset[str]]:
        near: dict[str, set[str]] = defaultdict(set)
        for end, *values in _ways(ids, kinds, direction):
            for one, other in self.rows(_ADJACENT[end], *values):
                near[one].add(other)
        return {one: frozenset(others - {one}) for one, others in near.items() if others - {one}}

    def degrees(self, ids: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        rows = self.rows(
            "SELECT f.id, c.kind, count(DISTINCT c.c) FROM json_each(?) AS i "
            "CROSS JOIN thing AS f ON f.id = i.value CROSS JOIN node ON node.n = f.n "
            "LEFT JOIN claim AS c ON c.c IN (SELECT c FROM claim WHERE tail = f.n "
            "UNION ALL SELECT c FROM claim WHERE head = f.n) GROUP BY f.id, c.kind",
            _json(ids),
        )
        degrees: dict[str, dict[str, int]] = {}
        for one, code, count in rows:
            kinds = degrees.setdefault(one, {})
            if code is not None:
                kinds[CLAIM_KINDS[code]] = count
        return degrees

    def search(
        self, alternatives: Collection[Collection[str]], kinds: Collection[str] = ()
    ) -> Hits:
        asked = askable(alternatives)
        if not asked:
            return Hits((), False)
        rows = self.rows(
            "SELECT label.id, label.degree, label.names FROM found "
            "CROSS JOIN label ON label.n = found.rowid "
            "WHERE found MATCH ? AND (? OR label.kind IN (SELECT value FROM json_each(?))) "
            "ORDER BY label.degree DESC, label.id LIMIT ?",
            " OR ".join(f"({' AND '.join(map(_term, one))})" for one in asked),
            not kinds,
            _json(kinds),
            SEARCH_CAP + 1,
        )
        return Hits(tuple(map(Hit._make, rows[:SEARCH_CAP])), len(rows) > SEARCH_CAP)

    def paths(self, start: str, goal: str, kinds: Collection[str], max_hops: int, k: int) -> Paths:
        numbers = dict(self.rows(_NUMBERS, _json((start, goal))))
        if len(numbers) < len({start, goal}):  # an end that nobody names leads nowhere
            return Paths((((start,),) if start == goal else ()), True)
        steps = NumberSteps(self, stretches(kinds))
        ends, searching = (numbers[start], numbers[goal]), self.budget.part(SEARCHING)
        return shortest_by(steps, *ends, max_hops, k, searching)

    def _decoded(self, rows: Sequence[Any], *, keep: bool = True) -> list[Claim]:
        """The claims of rows; those of a page, or of a hub, would only push out what is kept."""
        read = kept_claim if keep and len(rows) <= _MANY else read_claim
        return [decoded(row, read) for row in rows]


def _term(token: str) -> str:
    """A token in the language of the text index."""
    bare = token.removesuffix("*")
    return f'"{bare}"{" *" * (bare != token)}'


def stored(connection: sqlite3.Connection, ids: Collection[str]) -> Iterator[Claim]:
    """The stored claims among these ids."""
    for row in claim_rows(connection, CLAIM_COLUMNS, ids):
        yield decoded(row)


def _json(values: Iterable[str]) -> str:
    return json.dumps(list(dict.fromkeys(values)))


def _ways(
    ids: Collection[str], kinds: Collection[str], direction: Direction
) -> list[tuple[End, str, str]]:
    """The ends at which these kinds can hang on these nodes, with nodes and kinds as JSON."""
    both = kinds if direction == "both" else _UNDIRECTED.intersection(kinds)
    tail, head = (kinds if direction == way else both for way in ("out", "in"))
    ends: tuple[tuple[End, Collection[str]], ...] = (("tail", tail), ("head", head))
    found = ((end, stretches_at(end, ids, kinds)) for end, kinds in ends if kinds)
    return [(end, _json(ids), held) for end, held in found if held != "[]"]
