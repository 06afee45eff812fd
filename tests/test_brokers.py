"""Who stands between firms and partners: networkx and a plain count say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from math import log2
from random import Random

import networkx as nx
import pytest

from graph.claims import Claim, InCountry, ParticipatedIn, Sent, Visited
from graph.errors import BadRequest, NotFound
from graph.nodes import Country, Event, Firm, Mission
from graph.questions import brokers as module
from graph.questions import web as web_module
from graph.questions.brokers import Asked, brokers
from graph.questions.patterns import BrokersAnswer
from graph.store import GraphStore
from tests.naive import Facts, countries, gather, holding, seats
from tests.naive_graph import DEAD_ENDS, of_kinds, web
from tests.naive_patterns import asked as cities_asked
from tests.naive_patterns import partners as partners_of
from tests.naive_requests import some_ends
from tests.random_facts import world
from tests.random_graphs import seeded
from tests.store_contents import city, source, told
from tests.test_against_naive import filled

NEWS = source("news", published="2024")
EVERY = ("City", "Deal", "Event", "Firm", "Mission", "Organization", "Programme")


# ---------------------------------------------------------------- a second reading


def firms_asked(facts: Facts, home: tuple[str, ...]) -> set[str]:
    """The firms that homes mean."""
    cities = cities_asked(facts, list(home))
    missions = {c.to for c in facts.of(Sent) if c.from_ in cities}
    found = {c.from_ for c in facts.of(ParticipatedIn) if c.to in missions} | set(home)
    for firm in facts.all_of("Firm"):
        inside = {c.to for c in facts.of(InCountry) if c.from_ == firm} & set(home)
        if not home or inside or seats(facts, firm) & cities:
            found.add(firm)
    return {one for one in found if one.startswith("firm:")}


def partners_asked(facts: Facts, partner: tuple[str, ...]) -> set[str]:
    """The partners that names mean."""
    found = cities_asked(facts, list(partner))
    lands = [one for one in partner if one.startswith("country:")]
    inside = cities_asked(facts, lands)
    for body in facts.all_of("Organization"):
        told_in = {c.to for c in facts.of(InCountry) if c.from_ == body}
        if body in partner or told_in & set(lands) or seats(facts, body) & inside:
            found.add(body)
    return found


def met_by(facts: Facts, near: nx.Graph[str], firm: str) -> set[str]:
    """The partners of a firm's cities, and the cities and bodies two hops from it."""
    joined = {c.to for c in facts.of(ParticipatedIn) if c.from_ == firm}
    homes = holding(facts, seats(facts, firm))
    homes |= {c.from_ for c in facts.of(Sent) if c.to in joined}
    found = {one for home in homes for one in partners_of(facts, home)}
    close = nx.single_source_shortest_path_length(near, firm, cutoff=2)
    return found | {one for one in close if one.startswith(("city:", "organization:"))}


def told_chains(facts: Facts, near: nx.Graph[str], asked: Asked) -> Iterator[list[list[str]]]:
    """For each firm and partner in another country all shortest chains, if short enough."""
    for firm in sorted(firms_asked(facts, asked.home)):
        named = partners_asked(facts, asked.partner) if asked.partner else None
        for partner in sorted(met_by(facts, near, firm) if named is None else named):
            if countries(facts, firm) & countries(facts, partner):
                continue
            if partner in near and nx.has_path(near, firm, partner):
                chains = list(nx.all_shortest_paths(near, firm, partner))
                if len(chains[0]) - 1 <= asked.max_hops:
                    yield chains


def naive(facts: Facts, claims: list[Claim], asked: Asked) -> tuple[int, dict[str, object]]:
    """Pairs, and for each broker: between, neighbours, firms, partners and claims."""
    near = of_kinds(web(claims), list(asked.kinds)).to_undirected()
    near.remove_nodes_from([one for one in near if one.startswith(DEAD_ENDS)])
    near.remove_edges_from(list(nx.selfloop_edges(near)))
    between: Counter[str] = Counter()
    firms: dict[str, set[str]] = {}
    partners: dict[str, set[str]] = {}
    beside: dict[str, set[str]] = {}
    pairs = 0
    for chains in told_chains(facts, near, asked):
        pairs += 1
        for chain in chains:
            for before, node, after in zip(chain, chain[1:], chain[2:], strict=False):
                between[node] += 1 / len(chains)  # type: ignore[assignment]  # a Counter adds floats too
                firms.setdefault(node, set()).add(chain[0])
                partners.setdefault(node, set()).add(chain[-1])
                beside.setdefault(node, set()).update((before, after))
    told_of = {
        node: (
            round(value, 4),
            len(near[node]),
            len(firms[node]),
            len(partners[node]),
            len(told_beside(facts, node, beside[node], asked)),
        )
        for node, value in between.items()
        if node.partition(":")[0].capitalize() in asked.among
    }
    return pairs, dict(told_of)


def told_beside(facts: Facts, node: str, beside: set[str], asked: Asked) -> set[str]:
    """The claims between a node and those beside it on a chain."""
    return {
        claim.id
        for claim in facts.claims
        for one, other in ((claim.from_, claim.to), (claim.to, claim.from_))
        if claim.kind in asked.kinds and one == node and other in beside
    }


def shown(answer: BrokersAnswer) -> tuple[int, dict[str, object]]:
    """The same of the product's answer."""
    return answer.pairs, {
        one.entity.id: (
            round(one.between, 4),
            one.neighbours,
            one.firms_count,
            one.partners_count,
            one.claims_count,
        )
        for one in answer.brokers
    }


@pytest.mark.parametrize("chunk", range(4))
def test_brokers_are_those_of_a_plain_count(
    chunk: int, new_sqlite_store: Callable[[], GraphStore]
) -> None:
    ran = 0
    for seed in range(chunk, 20, 4):
        claims = world(seed, sources=2 + seed % 3)
        facts, rng = gather(claims.claims), seeded(seed)
        store = filled(new_sqlite_store(), claims)
        for _ in range(12):
            ran += compared(store, facts, claims.claims, rng)
    assert ran > 150


def compared(store: GraphStore, facts: Facts, claims: list[Claim], rng: Random) -> int:
    """Compare one question about one world; how many brokers there were."""
    asked = some_ends(facts, rng)
    kinds = [kind for kind in asked.kinds if kind != "DESCRIBES"]
    among = rng.choice((asked.among, EVERY))
    asked = Asked(asked.home, asked.partner, kinds, among, asked.max_hops)
    answer = store.read(lambda view: brokers(view, asked, 200), seconds=60)
    assert shown(answer) == naive(facts, claims, asked), asked
    for one in answer.brokers:
        assert one.score == pytest.approx(one.between / log2(one.neighbours), abs=1e-5)
    order = [(-one.score, one.entity.id) for one in answer.brokers]
    assert order == sorted(order)
    return len(order)


def test_betweenness_is_that_of_networkx(new_sqlite_store: Callable[[], GraphStore]) -> None:
    rng = seeded(3)
    firms = [Firm(id=f"firm:{n}") for n in range(12)]
    events = [Event(id=f"event:{n}") for n in range(15)]
    cities = [city(f"c{n}") for n in range(12)]
    missions = [Mission(id=f"mission:{n}") for n in range(8)]
    claims: dict[str, Claim] = {}
    for _ in range(90):
        joined = ParticipatedIn(
            from_=rng.choice(firms).id, to=rng.choice((*events, *missions)).id, source=NEWS.id
        )
        visited = Visited(
            from_=rng.choice(missions).id, to=rng.choice((*cities, *events)).id, source=NEWS.id
        )
        claims |= {joined.id: joined, visited.id: visited}
    graph: nx.Graph[str] = nx.Graph([(one.from_, one.to) for one in claims.values()])
    store = new_sqlite_store()
    store.write([*told(NEWS, *firms, *events, *cities, *missions), *claims.values()])
    ends = [one.id for one in firms if one.id in graph], [c.id for c in cities if c.id in graph]
    far = {s: nx.single_source_shortest_path_length(graph, s, cutoff=4) for s in ends[0]}
    assert all(t in far[s] for s in ends[0] for t in ends[1]), "some pair lies farther apart"
    asked = Asked(tuple(ends[0]), tuple(ends[1]), among=EVERY, max_hops=4)
    answer = store.read(lambda view: brokers(view, asked, 200))
    every = nx.betweenness_centrality_subset(graph, *ends, normalized=False)
    expected = {one: 2 * value for one, value in every.items() if value}  # networkx halves it
    assert {one.entity.id: one.between for one in answer.brokers} == pytest.approx(
        expected, abs=1e-6
    )
    assert answer.pairs == len(ends[0]) * len(ends[1])


# ---------------------------------------------------------------- by hand


def small() -> list[Claim]:
    """Two missions from Korea to Bandung: one of two firms, one of many that also goes on."""
    home, bandung, tokyo = city("home"), city("bandung"), city("tokyo")
    lands = [Country(id=f"country:{code}") for code in ("KR", "ID", "JP")]
    few, many = Mission(id="mission:few"), Mission(id="mission:many")
    firms = [Firm(id=f"firm:f{n}") for n in range(9)]
    say = {"source": NEWS.id, "locator": 4}
    claims: list[Claim] = told(NEWS, home, bandung, tokyo, *lands, few, many, *firms)
    claims += [
        InCountry(from_=one.id, to=land.id, **say)
        for one, land in zip((home, bandung, tokyo), lands, strict=True)
    ]
    claims += [InCountry(from_=firm.id, to="country:KR", **say) for firm in firms]
    claims += [ParticipatedIn(from_=firm.id, to=few.id, **say) for firm in firms[:2]]
    claims += [ParticipatedIn(from_=firm.id, to=many.id, **say) for firm in firms]
    claims += [Sent(from_=home.id, to=few.id, **say)]
    claims += [Visited(from_=m.id, to=bandung.id, **say) for m in (few, many)]
    claims += [Visited(from_=m.id, to="country:JP", **say) for m in (few, many)]
    return claims


def test_each_broker_leads_to_the_claims_that_put_it_there(store: GraphStore) -> None:
    store.write(small())
    asked = Asked(partner=("city:bandung",))
    answer = store.read(lambda view: brokers(view, asked), seconds=60)
    many, few = answer.brokers
    assert (many.entity.id, many.between, many.neighbours) == ("mission:many", 8.0, 10)
    assert (few.entity.id, few.between, few.neighbours) == ("mission:few", 1.0, 4)
    assert (few.score, few.firms_count, few.partners_count) == (0.5, 2, 1)
    assert [one.id for one in few.firms] == ["firm:f0", "firm:f1"]
    assert sorted((one.kind, one.from_) for one in few.claims) == [
        ("PARTICIPATED_IN", "firm:f0"),
        ("PARTICIPATED_IN", "firm:f1"),
        ("VISITED", "mission:few"),
    ]
    assert [(one.source, one.locator) for one in few.citations] == [("source:news", 4)]
    assert (answer.firms, answer.pairs, answer.complete) == (9, 9, True)


def test_a_partner_at_home_is_none(store: GraphStore) -> None:
    store.write(small())
    for partner in ("city:home", "country:KR"):
        answer = store.read(partial(brokers, asked=Asked(partner=(partner,))), seconds=60)
        assert (answer.pairs, answer.brokers) == (0, ())


def test_too_much_is_cut_and_said(
    new_sqlite_store: Callable[[], GraphStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_sqlite_store()
    store.write(small())

    def answer() -> BrokersAnswer:
        return store.read(lambda view: brokers(view, Asked(partner=("city:bandung",))))

    monkeypatch.setattr(module, "MAX_FIRMS", 3)
    assert (answer().firms, answer().complete, answer().cut_by) == (3, False, "3 firms")
    monkeypatch.undo()
    monkeypatch.setattr(web_module, "MAX_TAKEN", 10)
    assert (answer().complete, answer().cut_by) == (False, "10000 nodes within reach")


@pytest.mark.parametrize(
    ("asked", "param", "error"),
    [
        (Asked(among=("Country",)), "kind", BadRequest),
        (Asked(kinds=("SISTER",)), "kinds", BadRequest),
        (Asked(home=("mission:few",)), "home", BadRequest),
        (Asked(partner=("firm:f1",)), "partner", BadRequest),
        (Asked(home=("city:nowhere",)), None, NotFound),
    ],
)
def test_what_cannot_be_asked(
    new_sqlite_store: Callable[[], GraphStore],
    asked: Asked,
    param: str | None,
    error: type[BadRequest] | type[NotFound],
) -> None:
    store = new_sqlite_store()
    store.write(small())
    with pytest.raises(error) as refused:
        store.read(lambda view: brokers(view, asked))
    assert getattr(refused.value, "param", None) == param
