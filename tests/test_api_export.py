"""The whole graph over HTTP: each form whole, told apart, and read by others."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import networkx as nx
import pytest
from starlette.testclient import TestClient

from api.routes import export
from graph.store import GraphStore
from tests.graphs import DEAL, merge, problem, served, stored, trade


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with stored(tmp_path_factory.mktemp("export"), trade(), merge()) as made:
        yield made


@pytest.fixture(scope="module")
def client(store: GraphStore) -> Iterator[TestClient]:
    with served(store) as made:
        yield made


def test_no_two_forms_share_an_etag(client: TestClient) -> None:
    forms = ["ndjson", "graphml", "gexf", "csv", "csv&lang=ko", "csv&csv=raw"]
    tags = {client.get(f"/v1/export?format={form}").headers["etag"] for form in forms}
    assert len(tags) == len(forms)


def test_ndjson_ends_with_its_count(client: TestClient, store: GraphStore) -> None:
    reply = client.get("/v1/export")
    assert int(reply.headers["content-length"]) == len(reply.content)
    *claims, end = [json.loads(line) for line in reply.text.splitlines()]
    assert end == {"end": True, "claims": len(claims), "version": store.version()}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/x-ndjson"),
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("application/gexf+xml;q=0.5, application/graphml+xml", "application/graphml+xml"),
        ("text/*, application/x-ndjson;q=0.1", "text/csv; charset=utf-8; header=present"),
    ],
)
def test_the_form_is_negotiated(client: TestClient, accept: str, media: str) -> None:
    reply = client.get("/v1/export", headers={"Accept": accept})
    assert reply.headers["content-type"] == media


def test_a_foreign_reader_finds_the_same_graph(client: TestClient, store: GraphStore) -> None:
    counts = store.read(lambda view: view.counts())
    graphml = nx.read_graphml(io.BytesIO(client.get("/v1/export?format=graphml").content))
    gexf = nx.read_gexf(io.BytesIO(client.get("/v1/export?format=gexf").content))
    assert set(graphml) == set(gexf)
    assert len(graphml) == sum(counts.nodes.values())


def test_csv_of_deals_is_safe_in_a_spreadsheet(client: TestClient) -> None:
    rows = {
        form: list(
            csv.DictReader(io.StringIO(client.get(f"/v1/export?format=csv&csv={form}").text))
        )
        for form in ("guarded", "raw")
    }
    assert [row["deal"] for row in rows["raw"]] == [DEAL]
    assert rows["guarded"][0]["stage_word"] == "'=계약"
    assert rows["raw"][0]["stage_word"] == "=계약"
    assert rows["raw"][0]["amount"] == "600000"


def test_a_graph_too_large_to_build_in_memory_is_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MAX_GRAPH_CLAIMS", 3)
    found = problem(client.get("/v1/export?format=gexf"), 422, "bad_parameter")
    assert [one.param for one in found.errors] == ["format"]
    assert client.get("/v1/export?format=ndjson").status_code == 200


def test_two_exports_at_once_and_no_more(client: TestClient) -> None:
    for _ in range(5):  # each gives its place back, however it ends
        client.get("/v1/export?format=csv")
        client.get("/v1/export?format=x")
    with export._AT_ONCE, export._AT_ONCE:
        problem(client.get("/v1/export"), 503, "overloaded")
    assert client.get("/v1/export").status_code == 200
