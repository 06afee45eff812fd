"""The endpoints: each answers its question, by the shapes, with honest pages and validators."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.bodies import body
from api.inprocess import get
from graph.errors import BadRequest
from graph.questions.answers import Answer
from graph.questions.beneficiaries import beneficiaries, benefits
from graph.questions.brokers import Asked as Between
from graph.questions.brokers import brokers
from graph.questions.chains import chains
from graph.questions.checks import checks
from graph.questions.communities import Asked, communities
from graph.questions.connections import paths
from graph.questions.entities import claim, entity
from graph.questions.gaps import gaps
from graph.questions.similar import similar
from graph.questions.ties import ties
from graph.questions.totals import Filters, totals
from graph.store import GraphStore, View
from tests.graphs import (
    FIRM,
    FORMER,
    HOME,
    MERGE,
    MISSION,
    NEWS,
    PARTNER,
    SETTINGS,
    crowd,
    merge,
    problem,
    served,
    stored,
    trade,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with stored(tmp_path_factory.mktemp("api"), trade(), merge(), crowd()) as made:
        yield made


@pytest.fixture(scope="module")
def client(store: GraphStore) -> Iterator[TestClient]:
    with served(store) as made:
        yield made


def answers(client: TestClient, path: str) -> dict[str, Any]:
    reply = client.get(path)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


QUESTIONS: dict[str, Callable[[View], Answer]] = {
    f"/v1/entities/{PARTNER}": lambda view: entity(view, PARTNER),
    f"/v1/entities/{PARTNER}/ties": lambda view: ties(view, PARTNER),
    f"/v1/entities/{PARTNER}/beneficiaries": lambda view: beneficiaries(view, PARTNER),
    f"/v1/entities/{PARTNER}/beneficiaries?home=wikidata:Q20714": lambda view: beneficiaries(
        view, PARTNER, HOME
    ),
    f"/v1/entities/{FIRM}/benefits": lambda view: benefits(view, FIRM),
    f"/v1/paths?from={FIRM}&to={FORMER}": lambda view: paths(view, FIRM, PARTNER),
    "/v1/totals": lambda view: totals(view, Filters()),
    f"/v1/totals?city={HOME}&partner=wikidata:Q10389": lambda view: totals(
        view, Filters(city=HOME, partner=PARTNER)
    ),
    f"/v1/gaps?place={FORMER},country:KR": lambda view: gaps(view, (PARTNER, "country:KR")),
    f"/v1/entities/{PARTNER}/similar?place=country:KR": lambda view: similar(
        view, PARTNER, ("country:KR",)
    ),
    "/v1/communities?by=ties&city=wikidata:Q10389": lambda view: communities(
        view, Asked(by="ties", city=PARTNER)
    ),
    f"/v1/chains?from={FIRM}&to=firm:kr-001": lambda view: chains(view, FIRM, "firm:kr-001"),
    f"/v1/brokers?home={HOME}&partner=wikidata:Q10389": lambda view: brokers(
        view, Between(home=(HOME,), partner=(PARTNER,))
    ),
    "/v1/checks": checks,
}


@pytest.mark.parametrize("path", QUESTIONS)
def test_endpoint_sends_the_body_of_its_question(
    client: TestClient, store: GraphStore, path: str
) -> None:
    reply = client.get(path)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.content == body(store.read(QUESTIONS[path]))
    assert reply.json()["dataset_version"] == store.version()


@pytest.mark.parametrize("path", [*QUESTIONS, "/v1/search?q=crowd&limit=3", "/v1/sources"])
def test_in_process_the_body_is_the_same(client: TestClient, store: GraphStore, path: str) -> None:
    assert get(SETTINGS, store, path).body == client.get(path).content


def test_in_process_follows_to_the_current_id(store: GraphStore) -> None:
    reply = get(SETTINGS, store, f"/v1/entities/{FORMER}")
    assert (reply.status, json.loads(reply.body)["entity"]["id"]) == (200, PARTNER)
    assert get(SETTINGS, store, "/v1/search?q=수원").status == 200
    assert get(SETTINGS, store, "/v1/nothing").status == 404
    with pytest.raises(BadRequest):
        get(SETTINGS, store, "v1/search")


def test_keys_are_those_of_the_shapes(client: TestClient) -> None:
    found = answers(client, f"/v1/paths?from={FIRM}&to={PARTNER}")
    assert {"from", "to", "paths", "citations", "complete", "searched"} <= found.keys()
    hop = found["paths"][0]["hops"][0][0]
    assert {"id", "kind", "from", "to", "source", "locator"} <= hop.keys()
    line = answers(client, f"/v1/entities/{PARTNER}/beneficiaries")["beneficiaries"][0]
    assert line.keys() == {"firm", "home", "grade", "flags", "missing", "amounts", "evidence"}


def test_claims_and_sources(client: TestClient, store: GraphStore) -> None:
    source = answers(client, f"/v1/sources/{NEWS}?limit=200")
    first = source["claims"][0]
    assert answers(client, f"/v1/claims/{first['id']}")["claim"] == first
    listed = [one["source"]["id"] for one in answers(client, "/v1/sources")["sources"]]
    assert listed == sorted(["source:list", MERGE, NEWS])
    known = first["id"]
    assert client.get(f"/v1/claims/{known}").content == body(store.read(lambda v: claim(v, known)))


@pytest.mark.parametrize("name", ["반둥", "Bandung", "bandoeng", "wikidata:Q10389", FORMER])
def test_search_finds_by_any_name(client: TestClient, name: str) -> None:
    found = client.get("/v1/search", params={"q": name, "kind": "City,Firm"}).json()
    assert [one["entity"]["id"] for one in found["results"]] == [PARTNER]


def test_search_folds_decomposed_korean(client: TestClient) -> None:
    found = client.get("/v1/search", params={"q": "반둥", "kind": "City"}).json()
    assert [one["entity"]["id"] for one in found["results"]] == [PARTNER]


@pytest.mark.parametrize("key", [FORMER, "wikidata:Q10389"])
@pytest.mark.parametrize(
    "rest", ["", "/ties?as_of=2024", "/neighbours?kinds=SENT&kinds=VISITED", "/beneficiaries?x=1"]
)
def test_other_keys_move_permanently(client: TestClient, key: str, rest: str) -> None:
    reply = client.get(f"/v1/entities/{key}{rest}")
    if rest.endswith("x=1"):
        assert reply.status_code == 422
    else:
        assert reply.status_code == 308
        assert reply.headers["location"] == f"/v1/entities/{PARTNER}{rest}"
        assert client.get(reply.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("param", "query"),
    [
        ("city", f"city={FIRM}"),
        ("place", f"place={MISSION}"),
        ("partner", f"partner={FIRM}"),
        ("mission", f"mission={HOME}"),
        ("firm", f"city={HOME}&firm={HOME}"),
        ("since", "since=2025&until=2019"),
    ],
)
def test_totals_that_make_no_sense_are_refused(client: TestClient, param: str, query: str) -> None:
    found = problem(client.get(f"/v1/totals?{query}"), 422, "bad_parameter")
    assert [one.param for one in found.errors] == [param]


def test_limits_are_what_the_parameters_take(client: TestClient) -> None:
    limits = answers(client, "/v1/limits")["limits"]
    paths = {
        "limit": "/v1/search?q=a&limit={}",
        "depth": f"/v1/entities/{HOME}/neighbours?depth={{}}",
        "max_hops": f"/v1/paths?from={HOME}&to={PARTNER}&max_hops={{}}",
        "k": f"/v1/paths?from={HOME}&to={PARTNER}&k={{}}",
        "broker_hops": "/v1/brokers?max_hops={}",
        "members": "/v1/communities?members={}",
        "timeout_ms": "/v1/sources?timeout_ms={}",
    }
    for name, path in paths.items():
        assert client.get(path.format(limits[name])).status_code == 200, name
        assert client.get(path.format(limits[name] + 1)).status_code == 422, name
        assert client.get(path.format(0)).status_code == 422, name


# ---------------------------------------------------------------- pages of lists

LISTS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "/v1/search?q=crowd": ("results", lambda one: one["entity"]["id"]),
    f"/v1/entities/{MISSION}/neighbours?depth=2": ("nodes", lambda one: one["id"]),
    "/v1/sources?timeout_ms=4000": ("sources", lambda one: one["source"]["id"]),
    f"/v1/sources/{NEWS}?timeout_ms=4000": ("claims", lambda one: one["id"]),
}


def walked(client: TestClient, path: str, size: int) -> list[str]:
    key, name = LISTS[path]
    found: list[str] = []
    following: str | None = f"{path}&limit={size}"
    while following:
        reply = client.get(following)
        assert reply.status_code == 200, reply.text
        found += [name(one) for one in reply.json()[key]]
        following = reply.links.get("next", {}).get("url")
        assert (following is None) == (reply.json()["next"] is None)
    return found


@pytest.mark.parametrize("path", LISTS)
def test_page_sizes_join_to_the_same_list(client: TestClient, path: str) -> None:
    whole = walked(client, path, 200)
    assert len(whole) == len(set(whole)) > 2
    assert walked(client, path, 1) == walked(client, path, 7) == whole


def test_a_changed_cursor_is_refused(client: TestClient) -> None:
    cursor = answers(client, "/v1/search?q=crowd&limit=1")["next"]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for at, letter in enumerate(cursor):
        other = letters[letters.index(letter) ^ 1]
        bad = cursor[:at] + other + cursor[at + 1 :]
        reply = client.get("/v1/search", params={"q": "crowd", "limit": 1, "cursor": bad})
        assert (reply.status_code, reply.json()["code"]) == (400, "bad_cursor"), at


@pytest.mark.parametrize("bad", ["", "x", "=", "가", "AAAA", "%00", "A" * 1024, "null"])
def test_no_cursor_of_ours_is_refused(client: TestClient, bad: str) -> None:
    reply = client.get("/v1/search", params={"q": "crowd", "cursor": bad})
    assert reply.status_code == 400


def test_a_cursor_is_good_for_its_question_only(client: TestClient) -> None:
    cursor = answers(client, "/v1/search?q=crowd&limit=1")["next"]
    for path in ("/v1/search?q=tree", "/v1/search?q=crowd&kind=Firm", "/v1/sources?limit=1"):
        assert client.get(f"{path}&cursor={cursor}").json()["code"] == "bad_cursor"


def test_a_cursor_of_an_older_state_is_stale(tmp_path: Path) -> None:
    with stored(tmp_path, trade(), merge()) as store, served(store) as client:
        cursor = answers(client, "/v1/search?q=suwon&limit=1")["next"]
        store.retract(MERGE)
        reply = client.get(f"/v1/search?q=suwon&limit=1&cursor={cursor}")
    assert (reply.status_code, reply.json()["code"]) == (409, "stale_cursor")


# ---------------------------------------------------------------- validators


@pytest.mark.parametrize("path", [*QUESTIONS, "/v1/sources", "/v1/export", "/", "/docs"])
def test_asked_again_nothing_is_sent(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    assert not tag.startswith("W/")
    for known in (tag, f'"other", W/{tag}', "*" if path.startswith("/v1/") else tag):
        reply = client.get(path, headers={"If-None-Match": known})
        assert (reply.status_code, reply.content) == (304, b"")
        assert reply.headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_etag_changes_with_the_data_and_comes_back(tmp_path: Path) -> None:
    path = f"/v1/entities/{HOME}/ties"
    with stored(tmp_path, trade(), merge()) as store, served(store) as client:
        before = client.get(path).headers["etag"]
        store.retract(MERGE)
        between = client.get(path).headers["etag"]
        store.write(merge())
        assert between != before == client.get(path).headers["etag"]


def test_etag_knows_the_question_not_its_spelling(client: TestClient) -> None:
    tags = [
        client.get(f"/v1/paths?{query}").headers["etag"]
        for query in (f"from={HOME}&to={PARTNER}", f"to={PARTNER}&from={HOME}&timeout_ms=4000")
    ]
    assert tags[0] == tags[1]
    assert client.get(f"/v1/paths?from={PARTNER}&to={HOME}").headers["etag"] != tags[0]
