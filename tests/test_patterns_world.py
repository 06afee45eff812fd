"""What lies between and alike in the world's ties: what a person who knows them would expect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from graph.questions.brokers import Asked as Between
from graph.questions.brokers import brokers
from graph.questions.chains import chains
from graph.questions.communities import Asked, communities
from graph.questions.finding import resolve
from graph.questions.gaps import gaps
from graph.questions.similar import similar
from graph.store import GraphStore, View, open_store
from ingest.load import load

T = TypeVar("T")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('world') / 'jamae.db'}") as store:
        load(store)
        yield store


def asked(store: GraphStore, question: Callable[[View], T]) -> T:
    return store.read(question, seconds=60)


def find(store: GraphStore, name: str, kind: str = "City") -> str:
    return store.read(lambda view: resolve(view, name, {kind}))


def names(refs: object) -> list[str]:
    return [ref.names["en"] for ref in refs]  # type: ignore[attr-defined]  # refs of any answer


def test_suwon_has_trade_on_record_with_bandung_only(world: GraphStore) -> None:
    suwon = find(world, "Suwon")
    answer = asked(world, lambda view: gaps(view, (suwon,)))
    assert (answer.tied, answer.with_trade, answer.next) == (5, 1, None)
    assert names(gap.partner for gap in answer.gaps) == [
        "Cluj-Napoca",
        "Townsville",
        "Asahikawa",
        "Toluca",
    ]
    assert {gap.coverage.answer for gap in answer.gaps} == {"nothing_read"}


def test_cheongju_has_been_read_about_without_trade(world: GraphStore) -> None:
    cheongju = find(world, "청주")
    answer = asked(world, lambda view: gaps(view, (cheongju,)))
    told = {gap.partner.name: gap.coverage.answer for gap in answer.gaps}
    assert told["돗토리시"] == told["브로츠와프"] == "none_in_sources_read"
    assert told["고후"] == "nothing_read"


def test_the_ties_of_a_country_are_listed_page_by_page(world: GraphStore) -> None:
    pages = [asked(world, lambda v, n=n: gaps(v, ("country:KR",), 50, n)) for n in (0, 50, 100)]  # type: ignore[misc]  # a bound number
    lines = [(gap.home.id, gap.partner.id) for page in pages for gap in page.gaps]
    assert len(lines) == len(set(lines)) > 100
    assert {gap.home.country for page in pages for gap in page.gaps} == {"KR"}
    assert "KR" not in {gap.partner.country for page in pages for gap in page.gaps}


def test_capitals_are_like_seoul(world: GraphStore) -> None:
    seoul = find(world, "Seoul")
    answer = asked(world, lambda view: similar(view, seoul, limit=10))
    first = answer.similar[0]
    assert (first.city.names["en"], first.tied) == ("Beijing", True)
    assert len(first.shared) > 15
    assert {"London", "Bangkok", "Athens"} <= set(names(one.city for one in answer.similar))
    lacked = answer.lacking[0]
    assert len(lacked.held_by) >= 4
    assert lacked.partner.id not in {one.partner.id for one in answer.partners}
    at_home = asked(world, lambda view: similar(view, seoul, ("country:KR",)))
    assert {one.city.country for one in at_home.similar} == {"KR"}


def test_the_world_falls_into_clusters(world: GraphStore) -> None:
    answer = asked(world, communities)
    assert answer.cities > 4500
    assert answer.complete
    assert 0.5 < answer.method.modularity < 0.8
    sizes = [one.size for one in answer.communities]
    assert sizes == sorted(sizes, reverse=True)
    assert "Shanghai" in names(answer.communities[0].members)
    suwon = find(world, "Suwon")
    own = asked(world, lambda view: communities(view, Asked(city=suwon)))
    assert {"Suwon", "Bandung"} <= {one.names["en"] for one in own.communities[0].members}


def test_a_mission_stands_between_its_firms_and_bandung(world: GraphStore) -> None:
    suwon, bandung = find(world, "Suwon"), find(world, "Bandung")
    answer = asked(world, lambda view: brokers(view, Between(home=(suwon,), partner=(bandung,))))
    assert (answer.firms, answer.pairs, answer.found) == (5, 5, 1)
    assert answer.brokers[0].entity.kind == "Mission"
    every = asked(world, lambda view: brokers(view, Between(home=(suwon,))))
    assert [one.entity.kind for one in every.brokers] == ["Mission", "City"]
    assert every.brokers[1].entity.id == suwon
    far = asked(world, lambda view: brokers(view, Between(home=("country:KR",), max_hops=4)))
    assert far.complete


def test_a_deal_joins_a_seller_and_its_buyer(world: GraphStore) -> None:
    seller, buyer = find(world, "그린존", "Firm"), find(world, "JTH Cosmetics", "Firm")
    answer = asked(world, lambda view: chains(view, seller, buyer))
    first = answer.chains[0]
    assert [one.kind for one in first.nodes] == ["Firm", "Deal", "Firm"]
    assert [[claim.kind for claim in hop] for hop in first.hops] == [["SOLD"], ["BOUGHT"]]
    assert [one.length for one in answer.chains] == [2, 3, 4]
