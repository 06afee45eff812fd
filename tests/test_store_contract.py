"""What every store promises of writing: run on each, written once."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from graph.claims import CLAIM_CLASSES, IDENTITY_KINDS, Claim
from graph.errors import ClaimRefused, InputInvalid, NotFound
from graph.nodes import NODE_CLASSES, Node
from graph.store import GraphStore
from tests import random_graphs
from tests.store_contents import (
    city,
    contents,
    different,
    recounted,
    same,
    sisters,
    source,
    told,
)

ARTICLE, REGISTER, DECISION = (
    source(kind, source_kind=kind, title=kind) for kind in ("article", "register", "decision")
)
SUWON, BANDUNG, CEBU = (city(slug, names={"en": slug.title()}) for slug in ("a", "b", "c"))


def node_in(store: GraphStore, node_id: str) -> Node:
    return store.read(lambda view: view.get([node_id]))[node_id]


def found(store: GraphStore, key: str) -> str | None:
    return store.read(lambda view: view.find(key))


def claim_in(store: GraphStore, claim: Claim) -> Claim:
    return store.read(lambda view: view.claims([claim.id]))[claim.id]


def test_an_empty_store_has_a_version_and_counts(store: GraphStore) -> None:
    assert contents(store)["counts"].model_dump() == {"nodes": {}, "claims": {}}
    assert store.version() == "0" * 32


def test_writing_again_changes_nothing(store: GraphStore) -> None:
    claims = [*told(ARTICLE, SUWON, BANDUNG), sisters(ARTICLE, SUWON, BANDUNG)]
    first = store.write(claims)
    before = contents(store)
    again = store.write(claims)
    assert (first.inserted, first.updated, first.unchanged, first.withdrawn) == (4, 0, 0, 0)
    assert (again.inserted, again.updated, again.unchanged, again.withdrawn) == (0, 0, 4, 0)
    assert first.version == again.version == store.version() == before["version"]
    assert contents(store) == before


def test_a_change_is_an_update_that_keeps_the_first_time(store: GraphStore) -> None:
    old = sisters(ARTICLE, SUWON, BANDUNG)
    new = sisters(ARTICLE, SUWON, BANDUNG, status="ended")
    store.write([*told(ARTICLE, SUWON, BANDUNG), old])
    recorded = claim_in(store, old).recorded_at
    report = store.write([new])
    assert (report.inserted, report.updated, report.unchanged) == (0, 1, 0)
    assert claim_in(store, new).said() == new.said()
    assert recorded is not None
    assert claim_in(store, new).recorded_at == recorded


def test_replacing_withdraws_only_what_that_source_no_longer_says(store: GraphStore) -> None:
    kept = told(REGISTER, SUWON)
    store.write(kept)
    store.write([*told(ARTICLE, SUWON, BANDUNG), sisters(ARTICLE, SUWON, BANDUNG)])
    report = store.write(told(ARTICLE, SUWON, CEBU), replaces=ARTICLE.id)
    assert (report.inserted, report.unchanged, report.withdrawn) == (1, 2, 2)
    assert found(store, BANDUNG.id) is None
    assert found(store, CEBU.id) == CEBU.id
    told_by_register = store.read(lambda view: view.claims_of(REGISTER.id))
    assert {claim.id for claim in told_by_register} == {claim.id for claim in kept}


def test_retracting_leaves_what_others_describe(store: GraphStore) -> None:
    store.write(told(REGISTER, SUWON))
    before = contents(store)
    store.write([*told(ARTICLE, SUWON, BANDUNG), sisters(ARTICLE, SUWON, BANDUNG)])
    assert store.retract(ARTICLE.id).withdrawn == 4
    assert contents(store) == before


def test_retracting_an_unknown_source_is_an_error(store: GraphStore) -> None:
    with pytest.raises(NotFound, match="source:nobody"):
        store.retract("source:nobody")


REFUSED = {
    "end": ([*told(ARTICLE, SUWON), sisters(ARTICLE, SUWON, BANDUNG)], BANDUNG.id),
    "itself": (told(ARTICLE, SUWON)[1:], ARTICLE.id),
    "by another": (
        [*told(REGISTER, BANDUNG), *told(ARTICLE, SUWON), sisters(ARTICLE, SUWON, BANDUNG)],
        BANDUNG.id,
    ),
}


@pytest.mark.parametrize(("claims", "end"), REFUSED.values(), ids=list(REFUSED))
def test_an_undescribed_end_is_refused_by_name(
    store: GraphStore, claims: list[Claim], end: str
) -> None:
    store.write(told(REGISTER, CEBU))
    before = contents(store)
    with pytest.raises(ClaimRefused) as refusal:
        store.write(claims)
    assert (refusal.value.claim, refusal.value.end) == (claims[-1].id, end)
    assert refusal.value.source == ARTICLE.id
    assert contents(store) == before


def test_a_description_withdrawn_in_the_same_write_does_not_count(store: GraphStore) -> None:
    tie = sisters(ARTICLE, SUWON, BANDUNG)
    store.write([*told(ARTICLE, SUWON, BANDUNG), tie])
    before = contents(store)
    with pytest.raises(ClaimRefused, match=BANDUNG.id):
        store.write([*told(ARTICLE, SUWON), tie], replaces=ARTICLE.id)
    assert contents(store) == before


def test_one_id_with_two_contents_is_refused(store: GraphStore) -> None:
    twice = [sisters(ARTICLE, SUWON, BANDUNG, status=status) for status in ("signed", "ended")]
    with pytest.raises(InputInvalid, match=twice[0].id):
        store.write([*told(ARTICLE, SUWON, BANDUNG), *twice])
    assert store.version() == "0" * 32


def test_two_of_different_kinds_are_never_the_same(store: GraphStore) -> None:
    firm = random_graphs.node(random_graphs.seeded(0), "firm:x")
    with pytest.raises(InputInvalid, match="one kind"):
        store.write([*told(DECISION, SUWON, firm), same(DECISION, SUWON, firm)])


PRECEDENCE = {
    "kind": [("z", "register", "2020"), ("a", "article", "1990")],
    "earliest": [("z", "article", "1990"), ("a", "article", "1990-02")],
    "dated": [("z", "article", "2020"), ("a", "article", None)],
    "id": [("a", "article", "1990"), ("z", "article", "1990")],
}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("ranked", PRECEDENCE.values(), ids=list(PRECEDENCE))
def test_the_first_source_by_precedence_decides_a_field(
    store: GraphStore, ranked: list[tuple[str, str, str | None]], order: int
) -> None:
    for number, (slug, kind, published) in list(enumerate(ranked))[::order]:
        one = source(slug, source_kind=kind, published=published)
        names = {"en": f"Name {number}", ("ko", "fr")[number]: slug}
        store.write(told(one, city("x", names=names, population=number)))
    folded = node_in(store, "city:x")
    assert isinstance(folded, NODE_CLASSES["City"])
    assert folded.names["en"] == "Name 0"
    assert folded.names.keys() == {"en", "fr", "ko"}
    assert folded.spellings == ("Name 1",)
    assert getattr(folded, "population", None) == 0


def test_a_shared_identifier_makes_one_of_two(store: GraphStore) -> None:
    one, other = (city(slug, identifiers={"wikidata": "Q1"}) for slug in ("p", "q"))
    tie = sisters(ARTICLE, SUWON, other)
    store.write([*told(ARTICLE, SUWON, other), tie])
    store.write(told(REGISTER, one))
    assert {found(store, key) for key in (one.id, other.id, "wikidata:Q1")} == {one.id}
    assert node_in(store, one.id).former_ids == (other.id,)
    moved = claim_in(store, tie)
    assert (moved.from_, moved.to, moved.stated) == (SUWON.id, one.id, (SUWON.id, other.id))
    assert moved.said() == tie.said()
    store.retract(REGISTER.id)
    assert claim_in(store, tie).stated is None
    assert found(store, one.id) is None


def test_an_undirected_claim_keeps_the_smaller_current_id_first(store: GraphStore) -> None:
    tie = sisters(ARTICLE, BANDUNG, CEBU)
    store.write([*told(ARTICLE, BANDUNG, CEBU), tie])
    store.write([*told(DECISION, SUWON, CEBU), same(DECISION, SUWON, CEBU)])
    moved = claim_in(store, tie)
    assert (moved.from_, moved.to, moved.stated) == (SUWON.id, BANDUNG.id, (BANDUNG.id, CEBU.id))


@pytest.mark.parametrize("seed", range(3))
def test_undoing_a_decision_undoes_the_merge_wholly(store: GraphStore, seed: int) -> None:
    rng = random_graphs.seeded(seed)
    for number in range(4):
        store.write(random_graphs.batch(rng, number, size=12, slugs=9))
    before = contents(store)
    cities = store.read(lambda view: view.nodes("City"))
    pairs = [same(DECISION, one, other) for one, other in pairwise(cities)]
    store.write([*told(DECISION, *(city(one.id.partition(":")[2]) for one in cities)), *pairs])
    assert len(store.read(lambda view: view.nodes("City"))) < len(cities)
    store.retract(DECISION.id)
    assert contents(store) == before


def test_a_decision_keeps_two_apart_until_it_is_retracted(store: GraphStore) -> None:
    one, other = (city(slug, identifiers={"wikidata": "Q1"}) for slug in ("p", "q"))
    store.write(told(ARTICLE, one))
    store.write(told(REGISTER, other))
    merged = contents(store)
    store.write([*told(DECISION, one, other), different(DECISION, one, other)])
    assert (found(store, one.id), found(store, other.id)) == (one.id, other.id)
    assert found(store, "wikidata:Q1") == one.id
    store.retract(DECISION.id)
    assert contents(store) == merged


def batches(seed: int, sources: int = 5) -> Sequence[list[Claim]]:
    rng = random_graphs.seeded(seed)
    return [random_graphs.batch(rng, number) for number in range(sources)]


def test_any_order_of_writing_comes_to_the_same(new_store: Callable[[], GraphStore]) -> None:
    written = list(batches(7))
    outcomes = []
    for order in range(20):
        store = new_store()
        random_graphs.seeded(order).shuffle(written)
        for claims in written:
            store.write(random_graphs.seeded(order).sample(claims, len(claims)))
        outcomes.append(contents(store))
    assert all(outcome == outcomes[0] for outcome in outcomes)


@pytest.mark.parametrize("seed", range(3))
def test_a_way_back_leads_back(store: GraphStore, seed: int) -> None:
    base, first, second = batches(seed, sources=3)
    other = first[0].source
    store.write(base)
    empty_handed = contents(store)
    store.write(first)
    before = contents(store)
    store.write(random_graphs.batch(random_graphs.seeded(seed + 100), 1), replaces=other)
    store.write(second)
    store.retract(second[0].source)
    store.write(first, replaces=other)
    assert contents(store) == before
    store.retract(other)
    assert contents(store) == empty_handed


@pytest.mark.parametrize("seed", range(3))
def test_kept_counts_equal_a_recount(store: GraphStore, seed: int) -> None:
    rng = random_graphs.seeded(seed)
    for _ in range(12):
        claims = random_graphs.batch(rng, rng.randrange(4))
        store.write(claims if rng.random() < 0.8 else [], replaces=claims[0].source)
        assert store.read(lambda view: view.counts().model_dump()) == store.read(recounted)


@pytest.mark.parametrize("kind", sorted(NODE_CLASSES.keys() - {"Source"}))
def test_a_node_with_every_field_comes_back_alike(store: GraphStore, kind: str) -> None:
    for seed in range(10):
        one = random_graphs.node(random_graphs.seeded(seed), f"{kind.lower()}:x", share=1)
        store.write(told(ARTICLE, one), replaces=ARTICLE.id)
        assert_alike(node_in(store, one.id), one)


def test_a_source_with_every_field_comes_back_alike(store: GraphStore) -> None:
    for seed in range(10):
        one = random_graphs.node(random_graphs.seeded(seed), "source:x", share=1)
        store.write(random_graphs.describing(one.id, one))
        assert_alike(node_in(store, one.id), one)


def assert_alike(folded: Node, given: Node) -> None:
    """One description folds to itself, but for the order of names and spellings."""
    others = given.names.values()
    spellings = tuple(sorted(set(given.spellings) - set(others)))
    wanted = given.model_copy(update={"spellings": spellings})
    assert folded == wanted
    assert type(folded) is type(given)


@pytest.mark.parametrize("kind", sorted(CLAIM_CLASSES.keys() - {"DESCRIBES"}))
def test_a_claim_with_every_field_comes_back_alike(store: GraphStore, kind: str) -> None:
    cls = CLAIM_CLASSES[kind]
    ends = f"{min(cls.starts).lower()}:x", f"{max(cls.ends).lower()}:y"
    ends = ends if kind not in IDENTITY_KINDS else ("city:x", "city:y")
    nodes = [random_graphs.node(random_graphs.seeded(0), end) for end in ends]
    for seed in range(10):
        claim = random_graphs.claim(random_graphs.seeded(seed), kind, ends, ARTICLE.id, share=1)
        store.write([*told(ARTICLE, *nodes), claim], replaces=ARTICLE.id)
        back = claim_in(store, claim)
        assert back.moved(*back.stated_ends).model_copy(update={"recorded_at": None}) == claim
        assert back.digest() == claim.digest()
