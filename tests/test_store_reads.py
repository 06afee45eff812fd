"""What every store promises of reading: run on each, written once."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import networkx as nx
import pytest

from graph.claims import CLAIM_KINDS, PATH_KINDS, Claim, Describes
from graph.errors import BudgetSpent, GraphError, NotFound, StoreUnavailable
from graph.following import Direction
from graph.nodes import NODE_KINDS, Firm, Node
from graph.questions.ground import Ground
from graph.search import Query
from graph.store import SEARCH_CAP, GraphStore, View
from tests import random_graphs
from tests.store_contents import (
    city,
    contents,
    everything,
    same,
    source,
    told,
)

ARTICLE = source("article", source_kind="article", title="수원시, 반둥에 간다")
OTHER = source("other", source_kind="register")


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    """A store with some 40 nodes and 100 claims."""
    rng = random_graphs.seeded(5)
    for number in range(5):
        store.write(random_graphs.batch(rng, number, size=14))
    return store


def all_claims(view: View) -> list[Claim]:
    return [claim for kind in CLAIM_KINDS for claim in view.all_claims(kind)]


def all_nodes(view: View) -> list[Node]:
    return [node for kind in NODE_KINDS for node in view.nodes(kind)]


def found(store: GraphStore, key: str) -> str | None:
    return store.read(lambda view: view.find(key))


def test_a_node_is_found_by_each_of_its_keys(store: GraphStore) -> None:
    one = city("p", identifiers={"wikidata": "Q1", "geonames": "77"})
    hidden = city("q", identifiers={"wikidata": "Q2"})
    store.write([*told(ARTICLE, one, hidden), same(ARTICLE, one, hidden)])
    for key in ("city:p", "city:q", "wikidata:Q1", "wikidata:Q2", "geonames:77"):
        assert found(store, key) == "city:p"
    for key in ("city:r", "wikidata:Q3", "geonames:Q1", "Q1", "", "wikidata:", "'", "source:x"):
        assert found(store, key) is None


def test_a_key_that_leads_to_several_finds_the_least(store: GraphStore) -> None:
    firm = Firm(id="firm:a", identifiers={"registry": "1"})
    store.write(told(ARTICLE, firm, city("z", identifiers={"registry": "1"})))
    assert found(store, "registry:1") == "city:z"


def test_unknown_ids_are_left_out(filled: GraphStore) -> None:
    def ask(view: View) -> None:
        node, claim = all_nodes(view)[0], all_claims(view)[0]
        strange = ["city:nobody", "", "x", "SISTER_CITY:" + "0" * 24, "NO_KIND:1", "SENT:xyz"]
        assert view.get([node.id, *strange]) == {node.id: node}
        assert view.claims([claim.id, *strange]) == {claim.id: claim}
        assert not view.degrees(strange)
        assert not view.adjacent(strange, CLAIM_KINDS)
        assert not view.among(strange, CLAIM_KINDS)
        assert list(view.expand(strange, CLAIM_KINDS)) == list(view.claims_of("source:x")) == []

    filled.read(ask)


def expected(
    claims: Sequence[Claim], ids: Sequence[str], kinds: Sequence[str], direction: Direction
) -> list[str]:
    def taken(claim: Claim) -> bool:
        both = direction == "both" or not claim.directed
        starts = claim.from_ in ids and (both or direction == "out")
        return starts or (claim.to in ids and (both or direction == "in"))

    return sorted(c.id for c in claims if c.kind in kinds and taken(c))


@pytest.mark.parametrize("direction", ["out", "in", "both"])
def test_expand_gives_each_claim_once_in_order(filled: GraphStore, direction: Direction) -> None:
    def ask(view: View) -> int:
        claims, ids = all_claims(view), [node.id for node in all_nodes(view)]
        rng = random_graphs.seeded(1)
        seen = 0
        for _ in range(30):
            some = rng.sample(ids, rng.randrange(6))
            kinds = rng.sample(CLAIM_KINDS, rng.choice([0, 1, 5, len(CLAIM_KINDS)]))
            wanted = expected(claims, some, kinds, direction)
            whole = view.expand(some, kinds, direction)
            assert [claim.id for claim in whole] == wanted
            limit = rng.randrange(1, 5)
            pages: list[Claim] = []
            after = ""
            while page := view.expand(some, kinds, direction, limit, after):
                assert len(page) <= limit
                pages += page
                after = page[-1].id
            assert pages == list(whole)
            seen += len(wanted)
        return seen

    assert filled.read(ask, seconds=60) > 50


def test_among_gives_what_joins_two_of_them_in_order(filled: GraphStore) -> None:
    def ask(view: View) -> int:
        claims, ids = all_claims(view), [node.id for node in all_nodes(view)]
        rng = random_graphs.seeded(2)
        seen = 0
        for _ in range(100):
            some = rng.sample(ids, rng.randrange(8))
            kinds = rng.sample(CLAIM_KINDS, rng.choice([0, 1, 5, len(CLAIM_KINDS)]))
            wanted = sorted(
                c.id for c in claims if c.kind in kinds and {c.from_, c.to} <= set(some)
            )
            assert [claim.id for claim in view.among(some, kinds)] == wanted
            seen += len(wanted)
        return seen

    assert filled.read(ask, seconds=60) > 20


def test_a_claim_within_one_node_is_counted_once(store: GraphStore) -> None:
    one, other = city("p"), city("q")
    store.write([*told(ARTICLE, one, other), same(ARTICLE, one, other)])

    def ask(view: View) -> None:
        assert len(view.expand(["city:p"], ["SAME_AS"])) == 1
        assert view.degrees(["city:p"]) == {"city:p": {"DESCRIBES": 2, "SAME_AS": 1}}
        assert view.adjacent(["city:p"], ["SAME_AS"]) == {}
        assert len(view.among(["city:p"], ["SAME_AS"])) == 1

    store.read(ask)


def test_degrees_and_neighbours_equal_a_count(filled: GraphStore) -> None:
    def ask(view: View) -> None:
        claims = all_claims(view)
        for node in all_nodes(view):
            own = [claim for claim in claims if node.id in (claim.from_, claim.to)]
            degrees = {k: n for k in CLAIM_KINDS if (n := sum(c.kind == k for c in own))}
            assert view.degrees([node.id]) == {node.id: degrees}
            near = {c.other(node.id) for c in own if c.kind in PATH_KINDS} - {node.id}
            assert view.adjacent([node.id], PATH_KINDS) == ({node.id: near} if near else {})

    filled.read(ask, seconds=60)


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_pages_join_to_the_whole(filled: GraphStore, size: int) -> None:
    def pages(turn: Callable[[str], Sequence[Claim] | Sequence[Node]]) -> list[str]:
        ids: list[str] = []
        while page := turn(ids[-1] if ids else ""):
            assert len(page) <= size
            ids += [one.id for one in page]
        return ids

    def ask(view: View) -> None:
        told_by: dict[str, list[str]] = {}
        for kind in CLAIM_KINDS:
            whole = sorted(claim.id for claim in view.all_claims(kind))
            assert pages(partial(view.all_claims, kind, limit=size)) == whole
            for claim in view.all_claims(kind):
                told_by.setdefault(claim.source, []).append(claim.id)
        for by, ids in told_by.items():
            assert pages(partial(view.claims_of, by, limit=size)) == sorted(ids)
        for kind in NODE_KINDS:
            whole = sorted(node.id for node in view.nodes(kind))
            assert pages(partial(view.nodes, kind, limit=size)) == whole

    filled.read(ask, seconds=60)


SOUGHT = {
    "수원": ["city:suwon", "source:article"],
    "원시": ["city:suwon", "source:article"],
    "suw": ["city:suwon"],
    "Łodz": ["city:lodz"],
    "AND": ["city:and"],
    "AND OR NOT": [],
    "*": ["city:stars"],
    '+ - && || ! ( ) { } [ ] ^ " ~ * ? : \\ /': [],
    "nowhere": [],
    "": [],
}


@pytest.mark.parametrize(("query", "ids"), SOUGHT.items())
def test_search_finds_what_holds_every_token(store: GraphStore, query: str, ids: list[str]) -> None:
    names = {"suwon": "수원시", "lodz": "Łódź", "and": "AND", "stars": "***"}
    store.write(told(ARTICLE, *(city(slug, names={"ko": name}) for slug, name in names.items())))
    store.write(told(OTHER, city("suwon", spellings=["Suweon", "Suwon"])))

    def ask(view: View) -> None:
        hits = view.search(Query(query).alternatives)
        assert (sorted(hit.id for hit in hits.found), hits.capped) == (ids, False)
        assert list(hits.found) == sorted(hits.found, key=lambda hit: (-hit.degree, hit.id))
        counted = view.degrees(ids)
        assert {hit.id: hit.degree for hit in hits.found} == {
            i: sum(counted[i].values()) for i in ids
        }
        of_kind = view.search(Query(query).alternatives, ["City"])
        assert sorted(n.id for n in of_kind.found) == [i for i in ids if i.startswith("city:")]

    store.read(ask)


def test_a_hit_set_above_the_cap_is_cut_and_says_so(store: GraphStore) -> None:
    cities = [city(f"{number:05}", names={"en": "Same"}) for number in range(SEARCH_CAP + 1)]
    store.write(told(ARTICLE, *cities))
    hits = store.read(lambda view: view.search(Query("same").alternatives), seconds=30)
    assert hits.capped
    assert [node.id for node in hits.found] == [one.id for one in cities[:-1]]


def graph_of(view: View) -> "nx.Graph[str]":
    joined: nx.Graph[str] = nx.Graph()
    joined.add_nodes_from(node.id for node in all_nodes(view))
    joined.add_edges_from((c.from_, c.to) for c in all_claims(view) if c.kind in PATH_KINDS)
    return joined


def test_paths_equal_those_of_networkx(filled: GraphStore) -> None:
    def ask(view: View) -> int:
        whole = graph_of(view)
        rng = random_graphs.seeded(3)
        seen = 0
        for start, goal in (rng.sample(sorted(whole), 2) for _ in range(40)):
            barred = {n for n in whole if n.startswith(("country:", "source:"))} - {start, goal}
            open_ways = whole.subgraph(set(whole) - barred)
            routes = nx.all_simple_paths(open_ways, start, goal, cutoff=4)
            wanted = sorted(map(tuple, routes), key=lambda route: (len(route), route))
            answer = view.paths(start, goal, PATH_KINDS, max_hops=4, k=5)
            assert (list(answer.routes), answer.complete) == (wanted[:5], True)
            seen += len(wanted)
        return seen

    assert filled.read(ask, seconds=60) > 20


def test_a_question_that_takes_too_long_ends(filled: GraphStore) -> None:
    with pytest.raises(BudgetSpent):
        filled.read(lambda view: [view.version() for _ in range(10**6)], seconds=0.2)
    assert filled.version()


def test_what_was_read_already_takes_time_too(filled: GraphStore) -> None:
    def ask(view: View) -> None:
        ground, ids = Ground(view), [node.id for node in all_nodes(view)]
        assert ground.at(ids, *CLAIM_KINDS)
        view.budget.cancel()
        with pytest.raises(BudgetSpent):
            ground.at(ids, *CLAIM_KINDS)

    filled.read(ask)


def test_who_changes_what_was_read_changes_no_other_answer(store: GraphStore) -> None:
    place = city("a", names={"ko": "가"}, identifiers={"wikidata": "Q1"})
    store.write(told(ARTICLE, place))

    def read(view: View) -> list[Node]:
        claims = view.expand([place.id], ["DESCRIBES"])
        described = [claim.node for claim in claims if isinstance(claim, Describes)]
        return [view.get([place.id])[place.id], *described]

    for node in store.read(read):
        for fields in (node.names, node.identifiers):
            with suppress(TypeError):
                fields.clear()
    kept = store.read(read)
    assert [node.names for node in kept] == [place.names] * 2
    assert [node.identifiers for node in kept] == [place.identifiers] * 2


@pytest.mark.parametrize("error", [NotFound("x"), ValueError("x")])
def test_what_a_question_raises_comes_through(filled: GraphStore, error: Exception) -> None:
    def ask(_view: View) -> None:
        raise error

    with pytest.raises(type(error)) as raised:
        filled.read(ask)
    assert raised.value is error


def test_a_closed_store_says_so(store: GraphStore) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.version()


HOSTILE = (
    "` {id: 'x'}) DETACH DELETE n //",
    "'; DROP TABLE claim; --",
    "\\u0027) MATCH (n) DETACH DELETE n //",
    "x' OR '1'='1",
    '" OR ""="',
    "*:*",
    "a\x00b",
    "$after",
    "x" * 100_000,
    "CALL apoc.cypher.run('MATCH (n) DETACH DELETE n', {})",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
)


@pytest.mark.parametrize("payload", HOSTILE)
def test_values_stay_values(filled: GraphStore, payload: str) -> None:
    def ask(view: View) -> None:
        assert not view.get([payload])
        assert not view.claims([payload])
        assert not view.degrees([payload])
        assert view.find(payload) is None
        assert list(view.claims_of(payload)) == list(view.expand([payload], CLAIM_KINDS)) == []
        assert view.search([[payload]]).found == view.search([["a"]], [payload]).found == ()
        view.all_claims("SENT", after=payload)
        view.nodes("City", after=payload)
        view.expand(["city:0"], CLAIM_KINDS, after=payload)

    before = contents(filled)
    filled.read(ask)
    assert contents(filled) == before
    with pytest.raises(GraphError):
        filled.retract(payload)
    assert contents(filled) == before


def test_stores_agree_on_any_history(
    new_sqlite_store: Callable[[], GraphStore], new_neo4j_store: Callable[[], GraphStore]
) -> None:
    stores = new_sqlite_store(), new_neo4j_store()
    rng = random_graphs.seeded(11)
    for _ in range(25):
        claims = random_graphs.batch(rng, rng.randrange(6))
        written = claims if rng.random() < 0.8 else []
        reports = [store.write(written, replaces=claims[0].source) for store in stores]
        assert reports[0] == reports[1]
        one, other = (store.read(everything, seconds=30) for store in stores)
        assert one == other
