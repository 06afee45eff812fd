"""Reads of the server store, one statement each."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from graph import cypher
from graph.changes import Loading
from graph.claims import CLAIM_CLASSES, CLAIM_KINDS
from graph.errors import StoreUnavailable
from graph.neo4j_codec import claim_of, node_of
from graph.nodes import NODE_KINDS
from graph.paths import SEARCHING, shortest
from graph.search import askable
from graph.store import SEARCH_CAP, Counts, Hit, Hits, Paths, View

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from graph.budget import Budget
    from graph.claims import Claim
    from graph.nodes import Node
    from graph.store import Direction

    Run = Callable[..., list[list[Any]]]
    """Send a statement with its parameters by name; give the rows."""


class Neo4jView(View):
    """A view over a `run` that only returns rows of one state."""

    def __init__(self, run: Run, budget: Budget) -> None:
        self._run = run
        self.budget = budget

    def version(self) -> str:
        return str(self._state()["digest"])

    def stamp(self) -> str:
        state = self._state()
        return f"{state['digest']}.{state.get('turns', 0)}"

    def counts(self) -> Counts:
        return Counts(**counts_in(self._state()))

    def _state(self) -> dict[str, Any]:
        return state_of(self._run(cypher.STATE))

    def get(self, ids: Collection[str]) -> Mapping[str, Node]:
        nodes = _nodes(self._run(cypher.GET, ids=sorted(set(ids))))
        return {node.id: node for node in nodes}

    def find(self, key: str) -> str | None:
        [[node_id]] = self._run(cypher.FIND, keys=[key])
        return None if node_id is None else str(node_id)

    def claims(self, ids: Collection[str]) -> Mapping[str, Claim]:
        found = _claims(self._run(cypher.CLAIMS, ids=by_kind(ids)))
        return {claim.id: claim for claim in found}

    def claims_of(self, source: str, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        return _claims(self._run(cypher.CLAIMS_OF, source=source, after=after, limit=limit))

    def told(self, sources: Collection[str]) -> Mapping[str, int]:
        rows = self._run(cypher.TOLD, sources=sorted(set(sources)))
        return {str(source): int(count) for source, count in rows}

    def loading(self) -> Sequence[Loading]:
        return [Loading.model_validate_json(text) for (text,) in self._run(cypher.ALL_LOADING)]

    def all_claims(self, kind: str, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        return _claims(self._run(cypher.ALL_CLAIMS[kind], after=after, limit=limit))

    def nodes(self, kind: str, after: str = "", limit: int = 1000) -> Sequence[Node]:
        prefix = kind.lower()
        bounds = {"after": max(after, f"{prefix}:"), "end": f"{prefix};"}
        return _nodes(self._run(cypher.NODES, **bounds, limit=limit))

    def expand(
        self,
        ids: Collection[str],
        kinds: Collection[str],
        direction: Direction = "both",
        limit: int | None = None,
        after: str = "",
    ) -> Sequence[Claim]:
        wanted = _known(kinds)
        rows = self._run(
            cypher.EXPAND[cypher.narrowest(wanted)],
            ids=sorted(set(ids)),
            kinds=sorted(wanted),
            undirected=cypher.UNDIRECTED,
            outward=direction != "in",
            inward=direction != "out",
            after=after,
            limit=sys.maxsize if limit is None else limit,
        )
        return _claims(rows)

    def among(self, ids: Collection[str], kinds: Collection[str]) -> Sequence[Claim]:
        wanted = _known(kinds)
        statement = cypher.AMONG[cypher.narrowest(wanted)]
        return _claims(self._run(statement, ids=sorted(set(ids)), kinds=sorted(wanted)))

    def adjacent(
        self, ids: Collection[str], kinds: Collection[str]
    ) -> Mapping[str, frozenset[str]]:
        wanted = _known(kinds)
        statement = cypher.ADJACENT[cypher.narrowest(wanted)]
        rows = self._run(statement, ids=sorted(set(ids)), kinds=sorted(wanted))
        return {one: frozenset(others) for one, others in rows}

    def degrees(self, ids: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        rows = self._run(cypher.DEGREES, ids=sorted(set(ids)))
        return {
            one: {kind: n for kind, n in zip(CLAIM_KINDS, numbers, strict=True) if n}
            for one, numbers in rows
        }

    def search(
        self, alternatives: Collection[Collection[str]], kinds: Collection[str] = ()
    ) -> Hits:
        asked = askable(alternatives)
        if not asked:
            return Hits((), False)
        rows = self._run(
            cypher.SEARCH,
            query=" ".join(f"({' '.join(f'+{token}' for token in one)})" for one in asked),
            kinds=sorted(kinds) or None,
            limit=SEARCH_CAP + 1,
        )
        return Hits(tuple(map(Hit._make, rows[:SEARCH_CAP])), len(rows) > SEARCH_CAP)

    def paths(self, start: str, goal: str, kinds: Collection[str], max_hops: int, k: int) -> Paths:
        """The server's own search tells the shortest; if they are too few, ours goes further."""
        if start != goal and 1 <= max_hops <= cypher.SHORTEST_HOPS:
            routes = self._shortest(start, goal, _known(kinds), max_hops, k)
            if len(routes) == k or not routes or len(routes[0]) - 1 == max_hops:
                return Paths(routes, True)
        searching = self.budget.part(SEARCHING)
        return shortest(lambda ids: self.adjacent(ids, kinds), start, goal, max_hops, k, searching)

    def _shortest(
        self, start: str, goal: str, kinds: frozenset[str], max_hops: int, k: int
    ) -> tuple[tuple[str, ...], ...]:
        rows = self._run(
            cypher.SHORTEST[cypher.narrowest(kinds)],
            start=start,
            goal=goal,
            kinds=sorted(kinds),
            nodes=max_hops + 1,
            k=k,
        )
        return tuple(tuple(ids) for (ids,) in rows)


def state_of(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The properties of the store's node; StoreUnavailable if somebody deleted it."""
    if not rows:
        raise StoreUnavailable("the database was emptied meanwhile; open the store again")
    return dict(rows[0][0])


def counts_in(state: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """The counts by kind that the store's node carries as `nodes_City`, `claims_SENT`."""
    return {
        what: {kind: state[f"{what}_{kind}"] for kind in kinds if f"{what}_{kind}" in state}
        for what, kinds in (("nodes", NODE_KINDS), ("claims", CLAIM_KINDS))
    }


def by_kind(claim_ids: Iterable[str]) -> dict[str, list[str]]:
    """Claim ids by the kind they name; what names none is left out, for it is no id."""
    grouped: dict[str, list[str]] = {}
    for one in sorted(set(claim_ids)):
        kind = one.partition(":")[0]
        if kind in CLAIM_CLASSES:
            grouped.setdefault(kind, []).append(one)
    return grouped


def _known(kinds: Collection[str]) -> frozenset[str]:
    return frozenset(kinds) & CLAIM_CLASSES.keys()


def _nodes(rows: Iterable[Sequence[Any]]) -> list[Node]:
    return [node_of(properties) for (properties,) in rows]


def _claims(rows: Iterable[Sequence[Any]]) -> list[Claim]:
    return [claim_of(*row) for row in rows]
