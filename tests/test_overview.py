"""What the map and the matrix of the pages are given over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from graph.store import open_store
from ingest.records import read_record
from tests.graphs import problem, served
from visualize.assets import assets

RECORDS = sorted((Path(__file__).parent.parent / "ingest/data/records").glob("*.yaml"))
SUWON, BANDUNG = "city:Q20714", "city:Q10389"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a service over the five articles."""
    folder = tmp_path_factory.mktemp("overview")
    with open_store(f"sqlite:///{folder / 'graph.db'}") as store:
        for path in RECORDS:
            record = read_record(path)
            store.write(record.claims, replaces=record.source.id)
        with served(store) as made:
            yield made


def got(client: TestClient, path: str) -> dict[str, Any]:
    """The body of a good answer."""
    reply = client.get(path)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def test_the_map_of_a_scene(client: TestClient) -> None:
    found = got(client, f"/explore/map?center={SUWON}&lang=ko")
    cities = {city["id"]: city for city in found["cities"]}
    assert cities[SUWON]["name"] == "수원시"
    assert cities[SUWON]["chief"]
    assert not cities[BANDUNG]["chief"]
    kinds = {arc["kind"] for arc in found["arcs"]}
    assert {"SISTER_CITY", "VISITED"} <= kinds == found["looks"].keys()
    english = got(client, f"/explore/map?center={SUWON}&lang=en")
    assert {city["name"] for city in english["cities"]} >= {"Suwon", "Bandung"}


def test_filters_govern_map_world_and_matrix_alike(client: TestClient) -> None:
    without = "&".join(
        f"without={kind}"
        for kind in ("SISTER_CITY", "FRIENDSHIP_CITY", "EXCHANGE_CITY", "TWINNED", "AGREEMENT")
    )
    drawn = got(client, f"/explore/map?center={SUWON}&{without}")
    assert "SISTER_CITY" not in {arc["kind"] for arc in drawn["arcs"]}
    assert got(client, f"/explore/map/world?{without}")["ties"] == []
    assert got(client, "/explore/map/world")["ties"]
    assert got(client, f"/explore/matrix?{without}")["rows"] == []
    assert got(client, "/explore/matrix?measure=missions&from=2030")["rows"] == []


def test_the_matrix_and_what_is_behind_a_cell(client: TestClient) -> None:
    table = got(client, "/explore/matrix?measure=firms&lang=ko")
    names = [row["name"] for row in table["rows"]]
    columns = [column["name"] for column in table["columns"]]
    n = table["numbers"][names.index("수원시")][columns.index("인도네시아")]
    query = f"city={SUWON}&country=country:ID&measure=firms"
    behind = got(client, f"/explore/matrix/cell?{query}&lang=ko")
    assert n == len(behind["lines"]) == 5
    assert all(line["cited"] for line in behind["lines"])
    assert all(
        len({c["parts"][0] for c in one["cited"]}) == len(one["cited"]) for one in behind["lines"]
    )


def test_the_countries_to_choose_from(client: TestClient) -> None:
    found = got(client, "/explore/homes?lang=ko")
    assert found["usual"] == "country:KR"
    assert {"id": "country:KR", "name": "대한민국"} in found["homes"]


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"/explore/map?center={SUWON}&lang=ko")
    again = client.get(
        f"/explore/map?center={SUWON}&lang=ko", headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/explore/map?center=city:nobody", 404),
        (f"/explore/map?center={SUWON}&hide=Nothing", 422),
        (f"/explore/map?center={SUWON}&show=everything", 422),
        ("/explore/matrix?home=city:nobody", 404),
        ("/explore/matrix?rows=61", 422),
        ("/explore/matrix?measure=money", 422),
        (f"/explore/matrix/cell?city={SUWON}&country={SUWON}", 422),
    ],
)
def test_what_makes_no_sense_is_a_problem(client: TestClient, path: str, status: int) -> None:
    reply = client.get(path)
    assert reply.status_code == status, reply.text
    problem(reply, status, reply.json()["code"])


def test_the_matrix_can_be_read_without_scripts(client: TestClient) -> None:
    page = client.get(f"/view?center={SUWON}&as=matrix&lang=ko", headers={"Accept": "text/html"})
    assert '<th scope="row" class="city">수원시</th>' in page.text
    firms = client.get(
        f"/view?center={SUWON}&show=firms~country:CN&as=matrix&lang=ko",
        headers={"Accept": "text/html"},
    )
    assert firms.status_code == 200
    assert "show=firms~country%3ACN" in firms.text
    assert "기업의 수" in firms.text
    graph = client.get(f"/view?center={SUWON}&lang=ko", headers={"Accept": "text/html"})
    assert '<th scope="row" class="city">' not in graph.text


def test_the_map_weighs_little() -> None:
    of_map = ("map.js", "vendor/d3-geo.min.js", "vendor/land.js")
    weight = sum(len(assets()[name].packed) for name in of_map)
    assert weight <= 34_000, weight
