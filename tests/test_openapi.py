"""The OpenAPI document: whole, true to the routes, and held by what a fuzzer finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from starlette.testclient import TestClient

from api.app import NOUNS, create_app
from api.errors import TABLE, Problem
from graph.nodes import NODE_KINDS
from graph.settings import VARIABLES, Settings
from graph.store import GraphStore
from ingest.load import load
from ingest.records import SHIPPED
from tests.graphs import SETTINGS, FailingStore, crowd, merge, served, stored, trade
from tests.raw_http import running

DOCUMENT: dict[str, Any] = create_app(Settings(store="unused"), FailingStore(Exception())).openapi()
OPERATIONS = {
    operation["operationId"]: (path, operation)
    for path, item in DOCUMENT["paths"].items()
    for operation in item.values()
}
HIDDEN = {
    "/", "/entities/{id}", "/static/{name:path}", "/openapi.json", "/docs",
    "/docs/errors", "/docs/docs.css", "/ties", "/path", "/gaps", "/source/{slug}", "/suggest",
    *(f"/{kind.lower()}/{{slug}}" for kind in NODE_KINDS),
}  # fmt: skip
BY_SCENE = {
    "/view", "/view.csv", "/view.html", "/embed", "/answer.csv", "/brief", "/explore/homes",
    "/ties.csv", "/path.csv", "/gaps.csv", "/entity.csv",
    "/explore/map", "/explore/map/world", "/explore/matrix", "/explore/matrix/cell",
}  # fmt: skip
"""What the page of a scene asks for, and what is taken away from it."""
GIVEN = {"/entities/{id}", "/static/{name:path}", "/ties", "/path", "/gaps"}
"""Those that answer only to a name given."""
EXAMPLES = 15


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with stored(tmp_path_factory.mktemp("openapi"), trade(), merge(), crowd()) as made:
        yield made


@pytest.fixture(scope="module")
def client(store: GraphStore) -> Iterator[TestClient]:
    with served(store) as made:
        yield made


def test_paths_are_these() -> None:
    assert sorted(DOCUMENT["paths"]) == [
        "/healthz",
        "/readyz",
        "/v1/brokers",
        "/v1/chains",
        "/v1/checks",
        "/v1/claims/{id}",
        "/v1/communities",
        "/v1/entities/{id}",
        "/v1/entities/{id}/beneficiaries",
        "/v1/entities/{id}/benefits",
        "/v1/entities/{id}/neighbours",
        "/v1/entities/{id}/similar",
        "/v1/entities/{id}/ties",
        "/v1/export",
        "/v1/gaps",
        "/v1/limits",
        "/v1/paths",
        "/v1/search",
        "/v1/sources",
        "/v1/sources/{id}",
        "/v1/totals",
    ]
    assert all(set(item) == {"get"} for item in DOCUMENT["paths"].values())


def test_every_other_path_is_hidden_on_purpose(client: TestClient) -> None:
    app = create_app(SETTINGS, FailingStore(Exception()))
    routers = [noun.router for noun in NOUNS]
    paths = {getattr(route, "path", "") for router in routers for route in router.routes}
    assert paths == HIDDEN | BY_SCENE | set(DOCUMENT["paths"])
    assert {getattr(route, "path", None) for route in app.routes} <= paths | {None}
    for path in {path for path in HIDDEN - GIVEN if "{slug}" not in path}:
        assert client.get(path).status_code == 200, path


def test_document_is_openapi_3_1() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    assert DOCUMENT["servers"] == [{"url": "/", "description": "This server"}]
    assert DOCUMENT["security"] == []
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_reference_leads_somewhere() -> None:
    for ref in re.findall(r"'\$ref': '#/components/(\w+)/([\w.-]+)'", str(DOCUMENT)):
        assert ref[1] in DOCUMENT["components"][ref[0]], ref


def test_no_schema_of_the_framework_is_left() -> None:
    assert not {"HTTPValidationError", "ValidationError"} & DOCUMENT["components"]["schemas"].keys()


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_is_told_in_full(name: str) -> None:
    path, operation = OPERATIONS[name]
    assert re.fullmatch(r"(get|list|find|search|sum|export)_[a-z]+", name)
    assert operation["description"].endswith(".")
    statuses = set(operation["responses"])
    always = {"200", "400", "404", "405", "406", "413", "414", "415", "422", "429", "503", "504"}
    assert always <= statuses
    for one in operation.get("parameters", ()):
        assert one["description"], one["name"]
        assert one.get("examples"), one["name"]
    assert ("409" in statuses) == ("cursor" in {p["name"] for p in operation.get("parameters", ())})
    assert ("304" in statuses) == path.startswith("/v1/")


def test_numbers_have_bounds_and_texts_have_lengths() -> None:
    for name, (_, operation) in OPERATIONS.items():
        for one in operation.get("parameters", ()):
            for schema in (one["schema"], *one["schema"].get("anyOf", ())):
                if schema.get("type") == "integer":
                    assert {"minimum", "maximum"} <= schema.keys(), (name, one["name"])
                if schema.get("type") == "string":
                    bounded = {"maxLength", "pattern", "enum"} & schema.keys()
                    assert bounded, (name, one["name"])


def test_the_examples_are_answered_from_the_shipped_records(tmp_path: Path) -> None:
    with stored(tmp_path) as store, served(store) as client:
        load(store, [SHIPPED])
        links = re.findall(r'class="try" href="([^"]+)"', client.get("/docs").text)
        assert len(links) == len(OPERATIONS)
        for link in links:
            reply = client.get(link.replace("&amp;", "&"))
            assert reply.status_code == (404 if link.startswith("/v1/claims/") else 200), link
        for path, item in DOCUMENT["paths"].items():
            for one in item["get"].get("parameters", ()):
                for example in one["examples"].values():
                    if one["in"] == "query" and "value" in example:
                        query = with_required(item["get"], {one["name"]: example["value"]})
                        reply = client.get(filled(path, item["get"]), params=query)
                        assert reply.status_code in {200, 404}, (path, query)


def with_required(operation: dict[str, Any], query: dict[str, Any]) -> dict[str, Any]:
    needed = {p["name"]: shown(p) for p in operation["parameters"] if p.get("required")}
    return {name: value for name, value in needed.items() if name != "id"} | query


def filled(path: str, operation: dict[str, Any]) -> str:
    ids = [shown(one) for one in operation.get("parameters", ()) if one["in"] == "path"]
    return path.replace("{id}", ids[0]) if ids else path


def shown(parameter: dict[str, Any]) -> str:
    value = parameter["examples"]["example"]["value"]
    return ",".join(value) if isinstance(value, list) else str(value)


def test_the_docs_name_everything_and_ask_nobody_else(client: TestClient) -> None:
    page = client.get("/docs").text
    for name, (path, operation) in OPERATIONS.items():
        assert f'id="{name}"' in page
        assert path in page
        assert all(f"<code>{one['name']}</code>" in page for one in operation.get("parameters", ()))
    for shown in (page, client.get("/docs/errors").text):
        assert not re.search(r'(src|href)="(https?:)?//', shown)
        assert "<script" not in shown
        for link in re.findall(r'href="(/[^"#?]+)', shown):
            if not link.startswith("/v1/"):
                assert client.get(link).status_code == 200, link


def test_the_reference_tells_every_code_variable_and_parameter() -> None:
    described = (Path(__file__).parent.parent / "docs" / "http.md").read_text("utf-8")
    codes = {row.code for row in TABLE.values()}
    variables = {one for names in VARIABLES.values() for one in names}
    names = {p["name"] for _, o in OPERATIONS.values() for p in o.get("parameters", ())} - {"id"}
    assert [one for one in codes | variables | names if f"`{one}" not in described] == []


def test_an_answer_holds_no_key_that_its_schema_does_not_know(client: TestClient) -> None:
    found = client.get("/v1/sources/source:news-2024?limit=200").json()
    schema = {"$ref": "#/components/schemas/SourceAnswer", "components": DOCUMENT["components"]}
    assert not list(Draft202012Validator(schema).iter_errors(found))
    found["claims"][0]["surprise"] = 1
    assert list(Draft202012Validator(schema).iter_errors(found))


CHECKS = [
    status_code_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]


MODES = [
    (name, mode)
    for name, (_, operation) in OPERATIONS.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or operation.get("parameters")
]


@pytest.fixture(scope="module")
def address(store: GraphStore) -> Iterator[str]:
    with running(store, SETTINGS) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_a_fuzzer_finds_nothing(address: str, name: str, mode: GenerationMode) -> None:
    operation = schemathesis.openapi.from_dict(DOCUMENT)[OPERATIONS[name][0]]["GET"]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        reply = case.call(base_url=address, allow_redirects=False)
        hurried = "timeout_ms" in (case.query or {})
        assert reply.status_code < 500 or (hurried and reply.status_code == 504), reply.content
        if reply.status_code >= 400:
            Problem.model_validate_json(reply.content)
        case.validate_response(reply, checks=CHECKS)

    ask()
