"""What every request passes: errors as one shape, hosts, bodies, rates, health, admission."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.exceptions import RequestValidationError
from starlette.testclient import TestClient

from api import errors as told
from api.errors import TABLE
from graph import errors as known
from graph.store import GraphStore
from tests.graphs import (
    FORMER,
    HOME,
    PARTNER,
    SETTINGS,
    FailingStore,
    crowd,
    merge,
    problem,
    served,
    stored,
    trade,
)

MARKER = "marker-7f3a"
RAISED: dict[type[Exception], Exception] = {
    known.NotFound: known.NotFound(MARKER),
    known.InputInvalid: known.InputInvalid(MARKER),
    known.Ambiguous: known.Ambiguous(MARKER, [("city:Q1", MARKER)]),
    known.StoreUnavailable: known.StoreUnavailable(MARKER),
    known.StoreBusy: known.StoreBusy(MARKER),
    known.StoreError: known.StoreError(MARKER),
    known.BudgetSpent: known.BudgetSpent(MARKER),
    RequestValidationError: RequestValidationError([]),
    Exception: ZeroDivisionError(MARKER),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with stored(tmp_path_factory.mktemp("edges"), trade(), merge(), crowd()) as made:
        yield made


@pytest.fixture(scope="module")
def client(store: GraphStore) -> Iterator[TestClient]:
    with served(store) as made:
        yield made


@pytest.fixture(scope="module")
def failing() -> Iterator[tuple[FailingStore, TestClient]]:
    store = FailingStore(Exception())
    with served(store) as made:
        yield store, made


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.__name__)
def test_each_row_is_told_without_what_the_exception_says(
    failing: tuple[FailingStore, TestClient], kind: type[Exception]
) -> None:
    store, client = failing
    store.error = RAISED.get(kind) or kind()
    row = TABLE[kind]
    reply = client.get("/v1/sources")
    problem(reply, row.status, row.code)
    assert MARKER not in reply.text + str(reply.headers)
    if row.status == 503:
        assert int(reply.headers["retry-after"]) >= 1


def test_an_exception_is_told_as_its_nearest_base() -> None:
    assert told.row_for(known.RecordsInvalid(())).code == "bad_parameter"
    assert told.row_for(KeyError("x")).code == "internal"


def test_each_kind_of_error_is_documented_under_its_type(client: TestClient) -> None:
    page = client.get("/docs/errors").text
    anchors = set(re.findall(r'id="([a-z_]+)"', page))
    assert anchors == {row.code for row in TABLE.values()}


def test_a_wrong_value_names_its_parameter_and_not_itself(client: TestClient) -> None:
    reply = client.get(f"/v1/entities/{HOME}/neighbours?depth=99&kinds={MARKER}&limit=x")
    found = problem(reply, 422, "bad_parameter")
    assert {one.param for one in found.errors} == {"depth", "kinds", "limit"}
    assert MARKER not in reply.text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?colour=red", {"colour"}),
        ("?limit=1&limit=2", {"limit"}),
        ("?<script>=1", {None}),
        ("?cursor=a&cursor=b&x=1&y=2", {"cursor", "x", "y"}),
    ],
)
def test_unknown_parameters_are_named(client: TestClient, query: str, names: set[str]) -> None:
    found = problem(client.get(f"/v1/sources{query}"), 422, "unknown_parameter")
    assert {one.param for one in found.errors} == names


def test_a_question_about_the_wrong_kind_names_the_parameter(client: TestClient) -> None:
    found = problem(client.get(f"/v1/entities/{HOME}/benefits"), 422, "bad_parameter")
    assert [one.param for one in found.errors] == ["id"]


@pytest.mark.parametrize(
    ("path", "param"),
    [
        ("/v1/entities/city:Q99", "id"),
        ("/v1/entities/city:Q99/ties", "id"),
        ("/v1/sources/source:none", "id"),
        (f"/v1/sources/{HOME}", "id"),
        ("/v1/claims/SENT:0123456789abcdef01234567", "id"),
        (f"/v1/entities/{PARTNER}/beneficiaries?home=city:Q99", "home"),
        (f"/v1/paths?from=city:Q99&to={HOME}", "from"),
        (f"/v1/paths?from={HOME}&to=city:Q99", "to"),
        *((f"/v1/totals?{name}=city:Q99", name) for name in ("city", "partner", "place", "firm")),
    ],
)
def test_what_is_not_found_is_named_by_its_parameter(
    client: TestClient, path: str, param: str
) -> None:
    found = problem(client.get(path), 404, "not_found")
    assert [one.param for one in found.errors] == [param]
    assert "Q99" not in client.get(path).text


# ---------------------------------------------------------------- methods


@pytest.mark.parametrize("path", ["/v1/sources", f"/v1/entities/{HOME}", "/healthz", "/", "/docs"])
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert head.status_code == 200
    assert head.content == b""
    own = {"x-request-id"}
    assert {k: v for k, v in head.headers.items() if k not in own} == {
        k: v for k, v in get.headers.items() if k not in own
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
def test_other_methods_are_refused_with_what_is_allowed(client: TestClient, method: str) -> None:
    reply = client.request(method, "/v1/sources")
    problem(reply, 405, "method_not_allowed")
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS"


def test_options_says_what_a_path_knows(client: TestClient) -> None:
    asks = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    reply = client.options("/v1/sources", headers=asks)
    assert (reply.status_code, reply.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in reply.headers
    problem(client.options("/nowhere"), 404, "no_such_path")


# ---------------------------------------------------------------- headers


def test_headers_of_an_answer(client: TestClient) -> None:
    headers = dict(client.get("/v1/sources").headers)
    for passing in ("etag", "content-length", "x-request-id"):
        assert headers.pop(passing)
    assert headers == {
        "content-type": "application/json",
        "cache-control": "no-cache",
        "vary": "Accept, Accept-Language",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "ETag, Link, Location, RateLimit, RateLimit-Policy, "
        "Retry-After, X-Request-ID",
    }


def test_pages_are_not_shared_with_other_origins(client: TestClient) -> None:
    assert "access-control-allow-origin" not in client.get("/").headers


@pytest.mark.parametrize("given", ["abc", "A-1_2.3", "x" * 64])
def test_a_plain_request_id_is_kept(client: TestClient, given: str) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "<b>", "a\tb", "-x"])
def test_any_other_request_id_is_replaced(client: TestClient, given: str) -> None:
    kept = client.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{24}", kept)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:80", "127.0.0.1:8000", "[::1]:9", "maps.example"]
)
def test_own_hosts_are_answered(store: GraphStore, host: str) -> None:
    with served(store, replace(SETTINGS, allowed_hosts=("maps.example",))) as client:
        assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "", "localhost.evil.example", "localhost:99999", "localhost:x", "a/b", "[::1"],
)
def test_foreign_hosts_are_refused(client: TestClient, host: str) -> None:
    problem(client.get("/healthz", headers={"Host": host}), 400, "bad_host")


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/v1/sources", "application/json", 200),
        ("/v1/sources", "text/html, application/*;q=0.2", 200),
        ("/v1/sources", "", 200),
        ("/v1/sources", "text/html", 406),
        ("/v1/sources", "application/json;q=0, */*;q=0.0", 406),
        ("/v1/export", "image/png", 406),
        ("/v1/export?format=csv", "image/png", 200),
    ],
)
def test_what_the_client_accepts(client: TestClient, path: str, accept: str, status: int) -> None:
    reply = client.get(path, headers={"Accept": accept})
    assert reply.status_code == status
    if status == 406:
        offered = problem(reply, 406, "not_acceptable").errors[0].detail
        assert "application/" in offered


def test_bodies_and_addresses_have_bounds(client: TestClient) -> None:
    problem(client.get("/v1/sources?x=" + "a" * 20_000), 414, "uri_too_long")
    big = {"Content-Length": "2000001"}
    problem(client.request("POST", "/v1/sources", headers=big), 413, "content_too_large")
    problem(client.request("GET", "/v1/sources", content=b"{}"), 415, "unsupported_content")
    problem(client.request("POST", "/v1/sources", content=b"{}"), 405, "method_not_allowed")


def test_former_ids_never_vanish(client: TestClient) -> None:
    for rest in ("", "/ties", "/neighbours", "/beneficiaries"):
        assert client.get(f"/v1/entities/{FORMER}{rest}").status_code == 308
