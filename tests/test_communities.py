"""Clusters of cities: a partition, found alike everywhere, of the modularity that is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

from graph.claims import Claim
from graph.questions import communities as module
from graph.questions.communities import Asked, communities
from graph.questions.patterns import CommunitiesAnswer
from graph.store import GraphStore
from tests import naive_patterns
from tests.naive import Facts, gather
from tests.random_facts import world
from tests.store_contents import city, sisters, source, told
from tests.test_against_naive import filled

ROOT = Path(__file__).parent.parent
LIST = source("list", published="2020")
WHOLE = Asked()


def cliques(count: int, size: int) -> list[Claim]:
    """Groups of cities tied each with each, one tie from each group to the next."""
    cities = [[city(f"{chr(97 + n)}{m}") for m in range(size)] for n in range(count)]
    claims = told(LIST, *(one for group in cities for one in group))
    for n, group in enumerate(cities):
        claims += [sisters(LIST, one, other) for one, other in combinations(group, 2)]
        claims.append(sisters(LIST, group[0], cities[(n + 1) % count][1]))
    return claims


def asked_of(store: GraphStore, asked: Asked = WHOLE, limit: int = 200) -> CommunitiesAnswer:
    return store.read(lambda view: communities(view, asked, limit), seconds=60)


def parts(answer: CommunitiesAnswer) -> list[set[str]]:
    return [{member.id for member in one.members} for one in answer.communities]


def test_cliques_are_found(store: GraphStore) -> None:
    store.write(cliques(5, 6))
    answer = asked_of(store)
    assert parts(answer) == [{f"city:{name}{m}" for m in range(6)} for name in "abcde"]
    assert [(one.size, one.inside, one.outside) for one in answer.communities] == [(6, 15, 2)] * 5
    assert (answer.cities, answer.pairs, answer.found, answer.complete) == (30, 80, 5, True)
    assert answer.method.name == "louvain"
    first = answer.communities[0]
    assert [(one.id, one.inside) for one in first.members] == [(f"city:a{m}", 5) for m in range(6)]
    assert [one.source for one in first.citations] == ["source:list"]


def test_the_cluster_of_one_city_names_it(store: GraphStore) -> None:
    store.write(cliques(3, 4))
    answer = asked_of(store, Asked(city="city:b3", members=1))
    assert [[one.id for one in c.members] for c in answer.communities] == [["city:b0", "city:b3"]]
    assert answer.found == 3


def test_a_tie_that_is_proposed_or_over_joins_nothing(store: GraphStore) -> None:
    a, b, c = city("a"), city("b"), city("c")
    store.write(
        [
            *told(LIST, a, b, c),
            sisters(LIST, a, b, status="proposed"),
            sisters(LIST, b, c, status="ended"),
        ]
    )
    answer = asked_of(store, Asked(city="city:a"))
    assert (answer.cities, answer.communities, answer.method.modularity) == (0, (), 0.0)


def test_too_many_pairs_are_cut_and_said(
    new_sqlite_store: Callable[[], GraphStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_sqlite_store()
    store.write(cliques(5, 6))
    monkeypatch.setattr(module, "MAX_PAIRS", 16)
    answer = asked_of(store)
    assert (answer.pairs, answer.complete, answer.cut_by) == (16, False, "16 pairs of cities")


def naive_weights(facts: Facts, by: str) -> dict[tuple[str, str], int]:
    """What joins cities, pair by pair: a lasting tie, and every meeting with another country."""
    weights = {}
    for pair in combinations(facts.all_of("City"), 2):
        tied = by != "trade" and naive_patterns.are_tied(facts, *pair)
        traded = naive_patterns.trade_between(facts, *pair) if by != "ties" else set()
        if weight := tied + len(traded):
            weights[pair] = weight
    return weights


@pytest.mark.parametrize("by", ["ties", "trade", "both"])
@pytest.mark.parametrize("seed", range(4))
def test_clusters_are_those_of_networkx(
    new_sqlite_store: Callable[[], GraphStore], seed: int, by: module.By
) -> None:
    claims = world(seed, sources=3)
    weights = naive_weights(gather(claims.claims), by)
    graph: nx.Graph[int] = nx.Graph()
    names = sorted({one for pair in weights for one in pair})
    graph.add_nodes_from(range(len(names)))
    for (one, other), weight in sorted(weights.items()):
        graph.add_edge(names.index(one), names.index(other), weight=weight)
    found = nx.community.louvain_communities(graph, seed=1)
    answer = asked_of(filled(new_sqlite_store(), claims), Asked(by=by, members=200))
    assert answer.pairs == len(weights) > 0
    assert sorted(map(sorted, parts(answer))) == sorted(
        sorted(names[n] for n in part) for part in found
    )
    assert answer.method.modularity == pytest.approx(modularity(weights, parts(answer)), abs=1e-6)


def modularity(weights: dict[tuple[str, str], int], clusters: list[set[str]]) -> float:
    """Newman's formula, as it stands: the share within, less what chance would give."""
    total = sum(weights.values())
    inside = [sum(w for pair, w in weights.items() if set(pair) <= part) for part in clusters]
    ends = [sum(w * len(part & set(pair)) for pair, w in weights.items()) for part in clusters]
    return sum(i / total - (e / (2 * total)) ** 2 for i, e in zip(inside, ends, strict=True))


def test_other_processes_find_the_same(new_sqlite_store: Callable[[], GraphStore]) -> None:
    store = new_sqlite_store()
    for batch in world(7).batches:
        store.write(batch)
    here = asked_of(store).model_dump_json()
    script = (
        "from graph.store import open_store\n"
        "from graph.questions.communities import Asked, communities\n"
        f"with open_store({store.url!r}) as s:\n"
        "    print(s.read(lambda v: communities(v, Asked(), 200)).model_dump_json(), end='')"
    )
    for seed in ("0", "1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == here
