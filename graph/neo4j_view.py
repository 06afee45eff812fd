"""Reads of the server store, one statement each."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from graph import cypher
from graph.changes import Loading
from graph.claims import CLAIM_CLASSES, CLAIM_KINDS
from graph.cypher_follow import (
    HIT,
    NODE,
    SEARCH,
    expanding,
    following,
    forms,
    looking,
    tracing,
)
from graph.errors import StoreUnavailable
from graph.following import Followed, Step, readings, touching, traces
from graph.neo4j_codec import claim_fields, claim_in, claim_of, node_of
from graph.nodes import NODE_KINDS
from graph.paths import SEARCHING, shortest
from graph.search import askable
from graph.store import FEW, SEARCH_CAP, Counts, Hit, Hits, Paths, View

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from graph.budget import Budget
    from graph.claims import Claim
    from graph.following import Direction
    from graph.nodes import Node

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
        if not wanted:
            return []
        # who asks for pages chooses kinds freely: not each choice is to be a statement of its own
        family = tuple(sorted(wanted if limit is None else cypher.narrowest(wanted)))
        rows = self._run(
            expanding(family, direction, limited=limit is not None),
            ids=sorted(set(ids)),
            kinds=sorted(wanted),
            undirected=cypher.UNDIRECTED,
            after=after,
            limit=limit,
        )
        fields = claim_fields(family)
        found = [claim_in(fields, row) for (told,) in rows for row in told]
        return sorted(found, key=attrgetter("id"))

    def follow(self, steps: Sequence[Step]) -> Followed:
        """All steps in one statement; what reads on at nodes it should not is left out here."""
        return _followed(steps, self._run(following(forms(steps)), **_ids(steps)))

    def trace(self, steps: Sequence[Step]) -> tuple[Mapping[str, frozenset[str]], ...]:
        """All steps in one statement."""
        [told] = self._run(tracing(forms(steps)), **_ids(steps))
        ends = [_far(pairs) for pairs in told]
        return traces(steps, lambda at, near: {i: ends[at][i] for i in near if i in ends[at]})

    def among(self, ids: Collection[str], kinds: Collection[str]) -> Sequence[Claim]:
        wanted = _known(kinds)
        statement = cypher.AMONG[cypher.narrowest(wanted)]
        return _claims(self._run(statement, ids=sorted(set(ids)), kinds=sorted(wanted)))

    def adjacent(
        self, ids: Collection[str], kinds: Collection[str], direction: Direction = "both"
    ) -> Mapping[str, frozenset[str]]:
        if direction != "both":
            return self.trace((Step(tuple(kinds), direction, frozenset(ids)),))[0]
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
        return _hits(self._run(SEARCH, **_searched(asked, kinds)))

    def look(
        self, alternatives: Collection[Collection[str]], kinds: Collection[str], step: Step
    ) -> tuple[Hits, Followed]:
        """All in one statement."""
        asked = askable(alternatives)
        if not asked:
            return super().look(alternatives, kinds, step)
        [form] = forms((step,))
        rows = self._run(looking(form), **_searched(asked, kinds))
        hits = _hits([hit for at, told in rows if at == HIT for hit in told])
        few = hits.found if len(hits.found) <= FEW else ()
        seeded = step._replace(ids=frozenset(hit.id for hit in few))
        return hits, _followed((seeded,), [row for row in rows if row[0] != HIT])

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


def _searched(asked: Sequence[Sequence[str]], kinds: Collection[str]) -> dict[str, Any]:
    """The parameters of a search."""
    query = " ".join(f"({' '.join(f'+{token}' for token in one)})" for one in asked)
    return {"query": query, "kinds": sorted(kinds) or None, "limit": SEARCH_CAP + 1}


def _hits(rows: Sequence[Sequence[Any]]) -> Hits:
    return Hits(tuple(map(Hit._make, rows[:SEARCH_CAP])), len(rows) > SEARCH_CAP)


def _followed(steps: Sequence[Step], rows: Iterable[Sequence[Any]]) -> Followed:
    """What the rows of steps tell; what was read beyond them is left out."""
    claims: dict[int, list[Claim]] = defaultdict(list)
    nodes: dict[str, Node] = {}
    for at, told in rows:
        if at == NODE:
            nodes.update((one["id"], node_of(one)) for one in told)
        else:
            fields = claim_fields(steps[at].kinds)
            claims[at] += [claim_in(fields, row) for row in told]
    for found in claims.values():
        found.sort(key=attrgetter("id"))
    return Followed(
        readings(steps, lambda at, near: touching(claims[at], near, steps[at].way)), nodes
    )


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


def _ids(steps: Sequence[Step]) -> dict[str, list[str]]:
    return {f"ids{at}": sorted(step.ids) for at, step in enumerate(steps)}


def _far(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """For each first of these pairs all that stand second, itself left out."""
    ends: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        if one != other:
            ends[one].add(other)
    return {one: frozenset(others) for one, others in ends.items()}


def _known(kinds: Collection[str]) -> frozenset[str]:
    return frozenset(kinds) & CLAIM_CLASSES.keys()


def _nodes(rows: Iterable[Sequence[Any]]) -> list[Node]:
    return [node_of(properties) for (properties,) in rows]


def _claims(rows: Iterable[Sequence[Any]]) -> list[Claim]:
    return [claim_of(*row) for row in rows]
