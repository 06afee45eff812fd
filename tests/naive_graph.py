"""Neighbourhoods, paths and hits as networkx and a plain search over all nodes find them."""

from collections.abc import Collection, Iterable
from itertools import islice
from math import prod

import networkx as nx

from graph.claims import Claim, Describes
from graph.following import Direction
from graph.nodes import Node
from graph.search import RANKS
from tests.naive import gather, merged
from tests.naive_names import guessed, rank

DEAD_ENDS = ("country:", "source:")


def web(claims: Iterable[Claim]) -> "nx.MultiDiGraph[str]":
    """All claims as a graph; what has no direction leads both ways."""
    said = list(claims)
    facts = gather(said)
    told = [claim for claim in said if isinstance(claim, Describes)]
    current = merged(said, told)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for one, node in facts.nodes.items():
        graph.add_node(one, node=node)
    for claim in [*facts.claims, *(one.moved(one.from_, current[one.to]) for one in told)]:
        graph.add_edge(claim.from_, claim.to, claim.id)
        if not claim.directed:
            graph.add_edge(claim.to, claim.from_, claim.id)
    return graph


def of_kinds(
    graph: "nx.MultiDiGraph[str]", kinds: Collection[str], direction: Direction = "both"
) -> "nx.DiGraph[str]":
    """Who is one claim of these kinds away from whom."""
    near: nx.DiGraph[str] = nx.DiGraph()
    near.add_nodes_from(graph)
    for one, other, key in graph.edges(keys=True):
        if kind_of(key) in kinds and direction != "in":
            near.add_edge(one, other)
        if kind_of(key) in kinds and direction != "out":
            near.add_edge(other, one)
    return near


def kind_of(claim_id: str) -> str:
    """The kind that a claim's id begins with."""
    return claim_id.partition(":")[0]


def around(near: "nx.DiGraph[str]", center: str, depth: int) -> dict[str, int]:
    """How far each node within the depth is; Country and Source are not passed through."""
    passable = near.copy()
    ends = [one for one in near if one.startswith(DEAD_ENDS) and one != center]
    passable.remove_edges_from(list(passable.out_edges(ends)))
    return dict(nx.single_source_shortest_path_length(passable, center, cutoff=depth))


def among(
    graph: "nx.MultiDiGraph[str]", shown: Collection[str], kinds: Collection[str]
) -> list[str]:
    """The claims of these kinds whose both ends are shown."""
    edges = graph.subgraph(shown).edges(keys=True)
    return sorted({key for _, _, key in edges if kind_of(key) in kinds})


def between(
    graph: "nx.MultiDiGraph[str]", one: str, other: str, kinds: Collection[str]
) -> list[str]:
    """The claims of these kinds that join two nodes, either way."""
    ways = ((one, other), (other, one))
    keys = {key for way in ways if graph.has_edge(*way) for key in graph[way[0]][way[1]]}
    return sorted(str(key) for key in keys if kind_of(str(key)) in kinds)


def first_paths(
    near: "nx.DiGraph[str]", start: str, goal: str, max_hops: int, k: int
) -> list[list[str]]:
    """The first k node sequences without repeats, by length, then by ids."""
    if start == goal:
        return [[start]]
    ends = [one for one in near if one.startswith(DEAD_ENDS) and one not in (start, goal)]
    passable = near.copy()
    passable.remove_nodes_from(ends)
    every = nx.all_simple_paths(passable, start, goal, cutoff=max_hops)
    return list(islice(sorted(every, key=lambda path: (len(path), path)), k))


def worthiest_paths(
    near: "nx.DiGraph[str]", start: str, goal: str, max_hops: int, k: int
) -> list[tuple[list[str], list[int]]]:
    """The first k by length, then by product of neighbours on the way, then by ids."""
    if start == goal:
        return [([start], [])]
    passable = near.copy()
    ends = [one for one in near if one.startswith(DEAD_ENDS)]
    passable.remove_nodes_from(ends)
    every = nx.all_simple_paths(passable, start, goal, cutoff=max_hops)
    told = [(path, [len(set(passable[one]) - {one}) for one in path[1:-1]]) for path in every]
    return sorted(told, key=lambda one: (len(one[0]), prod(one[1]), one[0]))[:k]


def hits(
    graph: "nx.MultiDiGraph[str]", query: str, kinds: Collection[str]
) -> list[tuple[str, str]]:
    """The nodes that a query fits with the kind of fit, by rank, degree and id; else guesses."""
    nodes: dict[str, Node] = {one: graph.nodes[one]["node"] for one in graph}
    nodes = {one: node for one, node in nodes.items() if not kinds or node.kind in kinds}
    told = {one: rank(query, node) for one, node in nodes.items()}
    if all(one is None for one in told.values()):
        told = {one: guessed(query, node) for one, node in nodes.items()}
    fits = sorted((at, -degree(graph, one), one) for one, at in told.items() if at is not None)
    return [(one, RANKS[at]) for at, _, one in fits]


def degree(graph: "nx.MultiDiGraph[str]", node: str) -> int:
    """How many claims touch a node."""
    out = graph.out_edges(node, keys=True)
    return len({key for edges in (out, graph.in_edges(node, keys=True)) for *_, key in edges})
