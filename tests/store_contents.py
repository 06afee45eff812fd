"""What a store holds, in a form to compare, and small claims to fill one with."""

from typing import Any

from graph.claims import CLAIM_KINDS, Claim, Describes, DifferentFrom, SameAs, SisterCity
from graph.nodes import NODE_KINDS, City, Node, Source
from graph.search import tokens
from graph.store import GraphStore, View, walk_claims, walk_nodes
from graph.values import Status

PAGE = 7


def everything(view: View) -> dict[str, Any]:
    """All that can be read, by the question it answers; recording times left out."""
    nodes = [node for kind in NODE_KINDS for node in walk_nodes(view, kind, PAGE)]
    claims = [claim for kind in CLAIM_KINDS for claim in walk_claims(view, kind, PAGE)]
    ids = [node.id for node in nodes]
    alike = sorted({min(tokens(node)) for node in nodes if tokens(node)})[:PAGE]
    return {
        "version": view.version(),
        "counts": view.counts(),
        "nodes": [node.model_dump_json() for node in nodes],
        "claims": [(claim.said(), claim.from_, claim.to, claim.stated) for claim in claims],
        "expand": [claim.id for claim in view.expand(ids, CLAIM_KINDS)],
        "degrees": dict(view.degrees(ids)),
        "hits": sorted(hit for one in alike for hit in view.search([{one}]).found),
        "adjacent": dict(view.adjacent(ids, CLAIM_KINDS)),
        "keys": {
            key: view.find(key) for node in nodes for key in (node.id, *node.former_ids, *node.keys)
        },
    }


def contents(store: GraphStore) -> dict[str, Any]:
    """Everything in the store, as one state."""
    return store.read(everything, seconds=30)


def recounted(view: View) -> dict[str, dict[str, int]]:
    """How many nodes and claims there are by kind, counted one by one."""
    nodes = {kind: sum(1 for _ in walk_nodes(view, kind)) for kind in NODE_KINDS}
    claims = {kind: sum(1 for _ in walk_claims(view, kind)) for kind in CLAIM_KINDS}
    return {
        "nodes": {kind: number for kind, number in nodes.items() if number},
        "claims": {kind: number for kind, number in claims.items() if number},
    }


def source(slug: str, **fields: Any) -> Source:
    """A source `source:slug`."""
    return Source(id=f"source:{slug}", **fields)


def city(slug: str, **fields: Any) -> City:
    """A city `city:slug`."""
    return City(id=f"city:{slug}", **fields)


def told(by: Source, *nodes: Node) -> list[Claim]:
    """A source's descriptions of itself and these nodes."""
    return [Describes(from_=by.id, to=one.id, source=by.id, node=one) for one in (by, *nodes)]


def sisters(by: Source, one: Node, other: Node, **fields: Any) -> SisterCity:
    """A source's word that two cities are sisters."""
    known = {"status": Status.SIGNED, **fields}
    return SisterCity(from_=one.id, to=other.id, source=by.id, **known)


def same(by: Source, one: Node, other: Node) -> SameAs:
    """A decision that two descriptions mean one."""
    return SameAs(from_=one.id, to=other.id, source=by.id)


def different(by: Source, one: Node, other: Node) -> DifferentFrom:
    """A decision that two descriptions mean two."""
    return DifferentFrom(from_=one.id, to=other.id, source=by.id)
