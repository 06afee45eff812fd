"""One write transaction of the server store: the ledger's primitives, set-wise."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from graph import cypher
from graph.changes import Loading
from graph.claims import CLAIM_KINDS
from graph.ledger import Ledger, Tally
from graph.neo4j_codec import claim_of, fields_of, node_properties, statement_properties
from graph.neo4j_view import by_kind, counts_in, state_of
from graph.nodes import NODE_KINDS
from graph.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from graph.claims import Claim, Describes
    from graph.fold import Fields
    from graph.neo4j_view import Run
    from graph.nodes import Node

T = TypeVar("T")
BATCH = 5_000
"""Rows sent with one statement."""


class Neo4jLedger(Ledger):
    """A ledger over a `run` within the one transaction that the store holds open."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run
        self._left: dict[str, str] = {}
        self.wrote = False
        """Whether there is anything to commit."""

    def state(self) -> dict[str, Any]:
        """The properties of the store's node; StoreUnavailable if somebody deleted it."""
        return state_of(self._run(cypher.STATE))

    def tally(self) -> Tally:
        state = self.state()
        counts = counts_in(state)
        digest = int(state["digest"], 16)
        nodes, claims = Counter(counts["nodes"]), Counter(counts["claims"])
        return Tally(digest, nodes, claims, turns=state.get("turns", 0))

    def keep(self, tally: Tally) -> None:
        self.wrote = True
        kept: dict[str, Any] = {"digest": tally.version, "turns": tally.turns}
        kept.update((f"nodes_{kind}", tally.nodes[kind] or None) for kind in NODE_KINDS)
        kept.update((f"claims_{kind}", tally.claims[kind] or None) for kind in CLAIM_KINDS)
        self._run(cypher.KEEP, tally=kept)
        grown = [{"id": one, "claims": n} for one, n in sorted(tally.told.items()) if n]
        self._rows(cypher.GROW_TOLD, "rows", grown)
        self._rows(cypher.DROP_TOLD, "sources", sorted(tally.told))

    def counts(self, sources: Collection[str]) -> Mapping[str, int]:
        rows = self._rows(cypher.TOLD, "sources", sorted(set(sources)))
        return {str(source): int(count) for source, count in rows}

    def loading(self, sources: Collection[str]) -> Mapping[str, Loading]:
        rows = self._rows(cypher.LOADING, "sources", sorted(set(sources)))
        found = [Loading.model_validate_json(text) for (text,) in rows]
        return {one.source: one for one in found}

    def keep_loading(self, source: str, loading: Loading | None) -> None:
        self.wrote = True
        text = loading.model_dump_json() if loading else None
        self._run(cypher.KEEP_LOADING, source=source, loading=text)

    def stored(self, claim_ids: Collection[str]) -> Mapping[str, Statement]:
        found = {}
        for chunk in _chunks(sorted(set(claim_ids))):
            claims = _claims(self._run(cypher.CLAIMS, ids=by_kind(chunk)))
            found.update({claim.id: Statement.of(claim) for claim in claims})
        return found

    def held(self, claim_ids: Collection[str]) -> set[str]:
        chunks = _chunks(sorted(set(claim_ids)))
        return {one for chunk in chunks for (one,) in self._run(cypher.HELD, ids=by_kind(chunk))}

    def claim_ids_of(self, sources: Collection[str]) -> set[str]:
        rows = self._run(cypher.CLAIM_IDS_OF, sources=sorted(sources)) if sources else ()
        return {claim_id for (claim_id,) in rows}

    def descriptions(self, stated: Collection[str]) -> Sequence[Describes]:
        return self._stated_at(cypher.DESCRIPTIONS, stated)

    def identities(self, stated: Collection[str]) -> Sequence[Claim]:
        return self._stated_at(cypher.IDENTITIES, stated)

    def _stated_at(self, statement: str, stated: Collection[str]) -> list[Any]:
        found = {}
        for chunk in _chunks(sorted(set(stated))):
            found.update({c.id: c for c in _claims(self._run(statement, stated=chunk))})
        return list(found.values())

    def answering(self, keys: Collection[str]) -> dict[str, frozenset[str]]:
        grouped: dict[str, set[str]] = defaultdict(set)
        for chunk in _chunks(sorted(set(keys))):
            for key, node_id in self._run(cypher.HOLDERS, keys=chunk):
                grouped[key].add(node_id)
        return {key: frozenset(nodes) for key, nodes in grouped.items()}

    def nodes(self, ids: Collection[str]) -> Mapping[str, Fields]:
        rows = self._rows(cypher.GET, "ids", sorted(set(ids)))
        return {properties["id"]: fields_of(properties) for (properties,) in rows}

    def members(self, ids: Collection[str]) -> Mapping[str, frozenset[str]]:
        rows = self._rows(cypher.GET, "ids", sorted(set(ids)))
        return {p["id"]: frozenset((p["id"], *p.get("former_ids", ()))) for (p,) in rows}

    def put(self, statements: Sequence[Statement], current: Mapping[str, str]) -> None:
        rows = defaultdict(list)
        for one in statements:
            ends = current[one.ends[0]], current[one.ends[1]]
            row = {"from": ends[0], "to": ends[1], "properties": statement_properties(one)}
            rows[one.kind].append(row)
        self._put(rows)

    def _put(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        for kind, of_kind in sorted(rows.items()):
            self._rows(cypher.PUT_CLAIMS[kind], "rows", sorted(of_kind, key=_ends))

    def drop(self, statements: Sequence[Statement]) -> None:
        self._drop(one.id for one in statements)

    def _drop(self, claim_ids: Iterable[str]) -> None:
        for kind, ids in by_kind(claim_ids).items():
            self._rows(cypher.DROP_CLAIMS[kind], "ids", ids)

    def reroute(self, moves: Mapping[str, str]) -> None:
        places = [{"node": n, "stated": s} for n, s in sorted(self._before(moves).items())]
        # both ends of a claim may move, each found by a statement of its own
        found = {row[1]["id"]: row for row in self._rows(cypher.STATED_AT, "places", places)}
        self._drop(found)
        rows = defaultdict(list)
        for kind, told, start, end in found.values():
            ends = moves.get(told["stated_from"], start), moves.get(told["stated_to"], end)
            rows[kind].append({"from": ends[0], "to": ends[1], "properties": told})
        self._put(rows)

    def _before(self, moves: Mapping[str, str]) -> dict[str, list[str]]:
        """By node that it may have led to until now, the moving stated ids.

        That is where their claims still are: a key that was loosened from it tells, or
        one that still leads there, or the id itself.
        """
        held = self.answering(moves)
        places = defaultdict(list)
        for stated, target in sorted(moves.items()):
            nodes = {stated, self._left.get(stated, stated), *held.get(stated, ())}
            for node in nodes - {target}:
                places[node].append(stated)
        return places

    def put_nodes(self, nodes: Sequence[tuple[Node, frozenset[str]]]) -> None:
        rows = defaultdict(list)
        for node, _ in nodes:
            rows[node.kind].append({"id": node.id, "properties": node_properties(node)})
        for kind, of_kind in sorted(rows.items()):
            self._rows(cypher.PUT_NODES[kind], "rows", sorted(of_kind, key=_id))
        self._put_keys({node.id: keys.difference([node.id], node.keys) for node, keys in nodes})

    def _put_keys(self, keys: Mapping[str, Collection[str]]) -> None:
        rows = [{"id": node_id, "keys": sorted(held)} for node_id, held in sorted(keys.items())]
        before = self.holders(keys)  # what is new has no keys yet
        loose = dict(
            self._rows(cypher.LOOSEN_KEYS, "rows", [row for row in rows if row["id"] in before])
        )
        self._left.update(loose)
        self._rows(cypher.PUT_KEYS, "rows", [row for row in rows if row["keys"]])
        self._rows(cypher.DROP_KEYS, "keys", sorted(loose))

    def drop_nodes(self, ids: Collection[str]) -> None:
        gone = [{"id": node_id, "keys": []} for node_id in sorted(ids)]
        loose = {key for key, _ in self._rows(cypher.LOOSEN_KEYS, "rows", gone)}
        self._rows(cypher.DROP_KEYS, "keys", sorted(loose))
        self._rows(cypher.DROP_NODES, "ids", sorted(ids))

    def _rows(self, statement: str, name: str, values: Sequence[Any]) -> list[list[Any]]:
        """Run a statement over these values, batch by batch."""
        return [row for chunk in _chunks(values) for row in self._run(statement, **{name: chunk})]


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while chunk := list(islice(rest, BATCH)):
        yield chunk


def _claims(rows: Iterable[Sequence[Any]]) -> list[Claim]:
    return [claim_of(*row) for row in rows]


def _ends(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["from"], row["to"]


def _id(row: Mapping[str, Any]) -> str:
    return str(row["id"])
