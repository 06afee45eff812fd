"""What a person types finds what they mean, on both stores, and a slip is never taken for it."""

from collections.abc import Callable

import pytest

from graph.claims import InCountry, SisterCity
from graph.errors import NotFound
from graph.nodes import NODE_KINDS, Country
from graph.questions.finding import resolve, search
from graph.search import tokens
from graph.store import SEARCH_CAP, GraphStore, View, walk_nodes
from tests.graphs import merge, served, trade
from tests.store_contents import city, source, told
from tests.test_against_networkx import history

SECONDS = 120
"""A server that just started plans each statement once."""


def test_former_ids_and_identifiers_are_found(store: GraphStore) -> None:
    store.write(trade())
    store.write(merge())
    article = source("codes")
    store.write(told(article, city("suji", names={"ko": "수지"}, identifiers={"adm": "41465"})))

    def found(text: str) -> list[tuple[str, str]]:
        answer = store.read(lambda view: search(view, text), SECONDS)
        return [(hit.entity.id, hit.match) for hit in answer.results]

    assert found("city:Q3") == found("Q10389") == found("wikidata:Q10389") == [("city:Q2", "key")]
    assert found("41465") == found("adm:41465") == found("ADM:41465") == [("city:suji", "key")]
    assert found("Bandoeng") == [("city:Q2", "whole")]


def test_ranked_by_match_then_degree_then_id(store: GraphStore) -> None:
    article = source("names")
    cities = [
        city("a", names={"en": "Newport News"}),
        city("b", names={"en": "Newport"}),
        city("c", names={"en": "Newport"}),
        city("d", names={"en": "Old Newport"}),
    ]
    store.write(told(article, *cities))
    asked = ("Newport", "newp", "Newprot")
    order = {text: ids(store, text) for text in asked}
    assert order == {"Newport": list("bcad"), "newp": list("abcd"), "Newprot": list("bcad")}
    tie = SisterCity(from_="city:c", to="city:d", status="in_force", source=article.id)
    store.write([*told(article, *cities), tie])
    order = {text: ids(store, text) for text in asked}
    assert order == {"Newport": list("cbad"), "newp": list("cabd"), "Newprot": list("cbda")}


def ids(store: GraphStore, text: str) -> list[str]:
    found = store.read(lambda view: search(view, text), SECONDS).results
    return [hit.entity.id.removeprefix("city:") for hit in found]


def test_a_hit_counts_its_claims_through_merges_and_retractions(store: GraphStore) -> None:
    history(store, 105)

    def degrees(view: View) -> list[tuple[str, int, int]]:
        nodes = [node for kind in NODE_KINDS for node in walk_nodes(view, kind) if tokens(node)]
        hits = {hit for node in nodes for hit in view.search([{min(tokens(node))}]).found}
        counted = view.degrees([hit.id for hit in hits])
        return [(hit.id, hit.degree, sum(counted[hit.id].values())) for hit in hits]

    told = store.read(degrees, seconds=SECONDS)
    assert len(told) > 20
    assert [one for one in told if one[1] != one[2]] == []


def test_a_slip_is_told_and_never_taken(store: GraphStore) -> None:
    store.write(trade())
    for text, meant in (("Bandnug", "city:Q2"), ("ㅂㄷ", "city:Q2"), ("수우너", "city:Q1")):
        with pytest.raises(NotFound) as unknown:
            store.read(lambda view, text=text: resolve(view, text), SECONDS)  # type: ignore[misc]  # bound now
        assert [key for key, _ in unknown.value.near][:1] == [meant]
    with pytest.raises(NotFound) as unknown:
        store.read(lambda view: resolve(view, "Atlantis"), SECONDS)
    assert unknown.value.near == ()


def test_above_the_cap_the_whole_name_is_found_and_the_cut_is_told(store: GraphStore) -> None:
    article = source("many")
    country = Country(id="country:KR")
    many = [city(f"{number:05}", names={"ko": f"수원{number}"}) for number in range(SEARCH_CAP + 1)]
    claims = [InCountry(from_=one.id, to="country:KR", source=article.id) for one in many]
    store.write([*told(article, country, *many, city("zz", names={"ko": "수원"})), *claims])
    answer = store.read(lambda view: search(view, "수원", limit=3), seconds=SECONDS)
    assert answer.capped
    assert [hit.entity.id for hit in answer.results] == ["city:zz", "city:00000", "city:00001"]
    assert store.read(lambda view: resolve(view, "수원"), seconds=SECONDS) == "city:zz"
    assert store.read(lambda view: resolve(view, "수원 1"), seconds=SECONDS) == "city:00001"


def test_page_and_route_take_a_syllable_still_being_typed(
    new_sqlite_store: Callable[[], GraphStore],
) -> None:
    store = new_sqlite_store()
    store.write(trade())
    with served(store) as client:
        for text in ("ㅂ", "ㅂㄷ", "바", "반", "반ㄷ", "반두", "반둥"):
            found = client.get("/v1/search", params={"q": text}).json()["results"]
            assert "city:Q2" in [hit["entity"]["id"] for hit in found], text
            page = client.get("/", params={"q": text, "lang": "ko"}).text
            assert "center=city%3AQ2" in page or "city:Q2" in page, text
        guess = client.get("/", params={"q": "빈둥", "lang": "ko"}).text
        assert "한 글자가 다른 이름" in guess
        browser = {"accept": "text/html"}
        told = client.get("/", params={"partner": "Bandnug", "lang": "ko"}, headers=browser)
        assert told.status_code == 404
        assert "이 가운데 무엇입니까" in told.text
        assert "반둥" in told.text
