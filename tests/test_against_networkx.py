"""SQLite, a real Neo4j and networkx agree on random worlds.

Neighbourhoods, paths in order and search hits are compared with networkx, and the whole
JSON of every question between the two stores. Both stores have the same history: all
sources written, one retracted, one written anew.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

import networkx as nx
import pytest

from graph.claims import Claim
from graph.questions.chains import chains
from graph.questions.connections import paths
from graph.questions.finding import search
from graph.questions.neighbourhood import neighbourhood
from graph.store import GraphStore, View
from tests.naive import Facts, gather
from tests.naive_graph import (
    among,
    around,
    between,
    first_paths,
    hits,
    of_kinds,
    web,
    worthiest_paths,
)
from tests.naive_requests import DIRECTIONS, a_query, path_kinds, questions, some_kinds
from tests.naive_views import Compared
from tests.random_facts import world
from tests.random_graphs import seeded

SEEDS = range(100, 105)
LEAST = {"networkx": 250, "json": 100}
"""Comparisons in one world, at the least."""


def history(store: GraphStore, seed: int) -> list[Claim]:
    """Fill a store in the course of its history; the claims that it should hold in the end."""
    first, second, *others = world(seed).batches
    for batch in (first, second, *others):
        store.write(batch)
    store.retract(first[0].source)
    anew = world(seed + 1000).batches[1]
    store.write(anew, replaces=second[0].source)
    return [claim for batch in (anew, *others) for claim in batch]


def compared(
    view: View, graph: "nx.MultiDiGraph[str]", facts: Facts, rng: Random
) -> Iterator[Compared]:
    """What is asked of a store and of networkx, with both answers."""
    nodes = sorted(graph)
    for number, center in enumerate(nodes):
        yield around_compared(view, graph, center, 1 + number % 3, rng)
        yield paths_compared(view, graph, center, rng.choice(nodes), rng)
    firms = facts.all_of("Firm")
    for firm in firms:
        yield chains_compared(view, graph, firm, rng.choice(firms), rng)
    for _ in range(60):
        query, kinds = a_query(facts, rng), some_kinds(facts, rng)
        found = [(hit.entity.id, hit.match) for hit in search(view, query, kinds, 200).results]
        yield Compared(f"search {query} {kinds}", found, hits(graph, query, kinds))


def around_compared(
    view: View, graph: "nx.MultiDiGraph[str]", center: str, depth: int, rng: Random
) -> Compared:
    """What lies around a node, how far away, and the claims among it."""
    kinds, direction = path_kinds(rng), rng.choice(DIRECTIONS)
    near = around(of_kinds(graph, kinds, direction), center, depth)
    answer = neighbourhood(view, center, kinds, direction, depth, limit=200)
    shown = {center: 0} | {node.id: node.distance for node in answer.nodes}
    return Compared(
        f"neighbours {center} {kinds} {direction} {depth}",
        (shown, [claim.id for claim in answer.claims], answer.truncated),
        (near, among(graph, near, kinds), False),
    )


def paths_compared(
    view: View, graph: "nx.MultiDiGraph[str]", start: str, goal: str, rng: Random
) -> Compared:
    """The first paths in order, each hop with all its claims."""
    kinds, hops, k = path_kinds(rng), rng.randint(1, 4), rng.randint(1, 10)
    found = first_paths(of_kinds(graph, kinds), start, goal, hops, k)
    answer = paths(view, start, goal, kinds, hops, k)
    shown = [
        ([node.id for node in path.nodes], [[claim.id for claim in hop] for hop in path.hops])
        for path in answer.paths
    ]
    told = [(path, [between(graph, *pair, kinds) for pair in pairwise(path)]) for path in found]
    return Compared(
        f"paths {start} {goal} {kinds} {hops} {k}", (shown, answer.complete), (told, True)
    )


def chains_compared(
    view: View, graph: "nx.MultiDiGraph[str]", start: str, goal: str, rng: Random
) -> Compared:
    """The first chains between two firms, with the neighbours of each on the way."""
    kinds, hops, k = path_kinds(rng), rng.randint(1, 5), rng.randint(1, 10)
    told = worthiest_paths(of_kinds(graph, kinds), start, goal, hops, k)
    answer = chains(view, start, goal, kinds, hops, k)
    shown = [([one.id for one in line.nodes], [*line.neighbours]) for line in answer.chains]
    return Compared(f"chains {start} {goal} {kinds} {hops} {k}", shown, told)


def differences(store: GraphStore, claims: list[Claim], seed: int) -> tuple[list[Compared], int]:
    """What differs between a store and networkx, and how much was compared."""
    graph, facts = web(claims), gather(claims)
    asked = store.read(lambda view: list(compared(view, graph, facts, seeded(seed))), seconds=600)
    return [one for one in asked if one.product != one.naive], len(asked)


def answers(store: GraphStore, facts: Facts, seed: int) -> list[tuple[str, str]]:
    """The JSON of every question about a world, named."""
    return store.read(
        lambda view: [
            (name, ask(view).model_dump_json()) for name, ask in questions(facts, seeded(seed))
        ],
        seconds=600,
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_both_stores_and_networkx_agree(
    seed: int,
    new_sqlite_store: Callable[[], GraphStore],
    new_neo4j_store: Callable[[], GraphStore],
    capsys: pytest.CaptureFixture[str],
) -> None:
    embedded, server = new_sqlite_store(), new_neo4j_store()
    claims = history(embedded, seed)
    assert history(server, seed) == claims
    ran: Counter[str] = Counter()
    for store in (embedded, server):
        different, count = differences(store, claims, seed)
        assert not different, f"{store.url}: {different[0]}"
        ran["networkx"] += count
    facts = gather(claims)
    said = answers(embedded, facts, seed)
    for one, other in zip(said, answers(server, facts, seed), strict=True):
        assert one == other
    ran["json"] = len(said)
    with capsys.disabled():
        print(f"\nseed {seed}: {ran['networkx']} answers as networkx, {ran['json']} JSON alike")
    assert ran >= Counter(LEAST)


def test_a_dropped_edge_is_noticed(new_sqlite_store: Callable[[], GraphStore]) -> None:
    seed = SEEDS.start
    store = new_sqlite_store()
    claims = history(store, seed)
    for lost in seeded(seed).sample([one for one in claims if one.kind != "DESCRIBES"], 5):
        assert differences(store, [one for one in claims if one is not lost], seed)[0]
