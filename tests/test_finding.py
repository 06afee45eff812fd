"""What a person types finds what they mean, on both stores, and a slip is never taken for it."""

from collections.abc import Callable

import pytest

from graph.claims import InCountry, SisterCity
from graph.errors import NotFound
from graph.nodes import Country
from graph.questions.finding import resolve, search
from graph.store import SEARCH_CAP, GraphStore, View
from ingest.load import load
from tests.graphs import merge, served, trade
from tests.store_contents import city, source, told

SUWON, BUSAN, SEOUL, BANDUNG = "city:Q20714", "city:Q16520", "city:Q8684", "city:Q10389"
TANGERANG, WROCLAW, TOTTORI, MUNICH = "city:Q10127", "city:Q1799", "city:Q200731", "city:Q1726"
LODZ, SHANGHAI, TOKYO, NEW_YORK = "city:Q580", "city:Q8686", "city:Q1490", "city:Q60"
LOS_ANGELES, SAN_DIEGO, CHEONGJU = "city:Q65", "city:Q16552", "city:Q42147"
GREEN_ZONE = "firm:xn--2i0b75t90l.kr.xn--2e0bl66b3ub.Q20714.kr"
ARASOFT, LG = "firm:xn--oi2bw4qt3cxps8vc.kr.Q42144", "firm:xn--lg-xx4i93xu2kika06wpoi.Q1799"
BUKGU, OKTA = "city:xn--2e0bz81a.Q41283.kr", "organization:okta-la.us.Q65"
FIRST: tuple[tuple[str, str, str], ...] = (
    ("수원", SUWON, "whole"),
    ("수원시", SUWON, "whole"),
    ("Suwon", SUWON, "whole"),
    ("SUWON", SUWON, "whole"),
    ("부산", BUSAN, "beginning"),
    ("산광", BUSAN, "part"),
    ("ㅂㅅ", BUSAN, "typed"),
    ("ㅄ", BUSAN, "typed"),
    ("부ㅅ", BUSAN, "typed"),
    ("붓", BUSAN, "typed"),
    ("부사", BUSAN, "typed"),
    ("부산ㄱ", BUSAN, "typed"),
    ("서우", SEOUL, "typed"),
    ("반둥", BANDUNG, "whole"),
    ("반두", BANDUNG, "typed"),
    ("빈둥", BANDUNG, "typo"),
    ("bandung", BANDUNG, "whole"),
    ("Bandug", BANDUNG, "typo"),
    ("Badnung", BANDUNG, "typo"),
    ("땅그랑", TANGERANG, "whole"),
    ("탕에랑", TANGERANG, "whole"),
    ("땅그렁", TANGERANG, "typo"),
    ("당그랑", TANGERANG, "typo"),
    ("Tangernag", TANGERANG, "typo"),
    ("tottri", TOTTORI, "typo"),
    ("Wrocław", WROCLAW, "whole"),
    ("wroclaw", WROCLAW, "whole"),
    ("Breslau", WROCLAW, "whole"),
    ("wroclwa", WROCLAW, "typo"),
    ("München", MUNICH, "whole"),
    ("munchen", MUNICH, "whole"),
    ("Munchne", MUNICH, "typo"),
    ("lodz", LODZ, "whole"),
    ("上海", SHANGHAI, "whole"),
    ("상해", SHANGHAI, "whole"),
    ("ㅅㅎㅇ", SHANGHAI, "typed"),
    ("東京", TOKYO, "whole"),
    ("도쿄", TOKYO, "whole"),
    ("Suwno", SUWON, "typo"),
    ("New Yrok", NEW_YORK, "typo"),
    ("뉴옥", NEW_YORK, "typo"),
    ("로스앤젤레스", LOS_ANGELES, "whole"),
    ("ㄹㅅㅇㅈㄹㅅ", LOS_ANGELES, "typed"),
    ("San Diego", SAN_DIEGO, "whole"),
    ("Diego San", SAN_DIEGO, "words"),
    ("San Deigo", SAN_DIEGO, "typo"),
    ("청주", CHEONGJU, "whole"),
    ("청쥬", CHEONGJU, "typo"),
    ("그린존", GREEN_ZONE, "whole"),
    ("그린ㅈ", GREEN_ZONE, "typed"),
    ("아라소프트", ARASOFT, "whole"),
    ("아라소픝", ARASOFT, "typed"),
    ("LG에너지", LG, "beginning"),
    ("lg 에너지솔루션", LG, "whole"),
    ("la okta", OKTA, "words"),
    ("광주 북구", BUKGU, "whole"),
    ("Q10389", BANDUNG, "key"),
    ("q10389", BANDUNG, "key"),
    ("wikidata:Q10389", BANDUNG, "key"),
    (BANDUNG, BANDUNG, "key"),
    ("1835553", SUWON, "key"),
)
NOTHING = ("zzqx", "없는도시", "!!!", "ㅋㅌㅍㅎ", "李", "Q99999999999", "99999999", "city:nobody")


def test_the_world_is_found_as_it_is_typed(store: GraphStore) -> None:
    load(store)

    def firsts(view: View) -> list[tuple[str, str, str]]:
        found = [(text, search(view, text).results[:1]) for text, *_ in FIRST]
        return [(text, hit.entity.id, hit.match) for text, hits in found for hit in hits]

    def empty(view: View) -> list[str]:
        return [text for text in NOTHING if not search(view, text).results]

    found = store.read(firsts, seconds=120)
    assert [one for one in FIRST if one not in found] == []
    assert store.read(empty, seconds=60) == list(NOTHING)


def test_former_ids_and_identifiers_are_found(store: GraphStore) -> None:
    store.write(trade())
    store.write(merge())
    article = source("codes")
    store.write(told(article, city("suji", names={"ko": "수지"}, identifiers={"adm": "41465"})))

    def found(text: str) -> list[tuple[str, str]]:
        answer = store.read(lambda view: search(view, text))
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
    found = store.read(lambda view: search(view, text)).results
    return [hit.entity.id.removeprefix("city:") for hit in found]


def test_a_slip_is_told_and_never_taken(store: GraphStore) -> None:
    store.write(trade())
    for text, meant in (("Bandnug", "city:Q2"), ("ㅂㄷ", "city:Q2"), ("수우너", "city:Q1")):
        with pytest.raises(NotFound) as unknown:
            store.read(lambda view, text=text: resolve(view, text))  # type: ignore[misc]  # bound now
        assert [key for key, _ in unknown.value.near][:1] == [meant]
    with pytest.raises(NotFound) as unknown:
        store.read(lambda view: resolve(view, "Atlantis"))
    assert unknown.value.near == ()


def test_above_the_cap_the_whole_name_is_found_and_the_cut_is_told(store: GraphStore) -> None:
    article = source("many")
    country = Country(id="country:KR")
    many = [city(f"{number:05}", names={"ko": f"수원{number}"}) for number in range(SEARCH_CAP + 1)]
    claims = [InCountry(from_=one.id, to="country:KR", source=article.id) for one in many]
    store.write([*told(article, country, *many, city("zz", names={"ko": "수원"})), *claims])
    answer = store.read(lambda view: search(view, "수원", limit=3), seconds=60)
    assert answer.capped
    assert [hit.entity.id for hit in answer.results] == ["city:zz", "city:00000", "city:00001"]
    assert store.read(lambda view: resolve(view, "수원"), seconds=60) == "city:zz"
    assert store.read(lambda view: resolve(view, "수원 1"), seconds=60) == "city:00001"


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
