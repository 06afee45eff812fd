"""The service as a whole: rates, health, admission, logs."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import rates
from api.logs import JsonLines
from graph import errors as known
from graph.store import GraphStore
from tests.graphs import (
    PARTNER,
    SETTINGS,
    FailingStore,
    SlowStore,
    problem,
    served,
    stored,
    trade,
)

MARKER = "marker-7f3a"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with stored(tmp_path_factory.mktemp("service"), trade()) as made:
        yield made


@pytest.fixture(scope="module")
def client(store: GraphStore) -> Iterator[TestClient]:
    with served(store) as made:
        yield made


# ---------------------------------------------------------------- rates


def test_a_burst_is_cut_at_the_limit(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(rates, "monotonic", lambda: now[0])
    with served(store, replace(SETTINGS, rate_limit=30)) as client:
        replies = [client.get("/v1/limits") for _ in range(80)]
        assert [reply.status_code for reply in replies] == [200] * 30 + [429] * 50
        assert replies[0].headers["ratelimit-policy"] == '"minute";q=30;w=60'
        assert replies[0].headers["ratelimit"] == '"minute";r=29;t=60'
        problem(replies[-1], 429, "too_many_requests")
        assert client.get("/healthz").status_code == 200
        now[0] += int(replies[-1].headers["retry-after"])
        assert client.get("/v1/limits").status_code == 200


def test_what_did_not_change_is_free(store: GraphStore) -> None:
    with served(store, replace(SETTINGS, rate_limit=5)) as client:
        known_tag = {"If-None-Match": client.get("/v1/limits").headers["etag"]}
        assert {client.get("/v1/limits", headers=known_tag).status_code for _ in range(20)} == {304}


def test_rates_are_off_on_loopback_and_on_elsewhere() -> None:
    assert SETTINGS.requests_a_minute is None
    assert replace(SETTINGS, host="0.0.0.0").requests_a_minute == 600  # noqa: S104
    assert replace(SETTINGS, host="0.0.0.0", rate_limit=0).requests_a_minute is None  # noqa: S104


# ---------------------------------------------------------------- health and admission


def test_ready_follows_the_store(tmp_path: Path) -> None:
    with stored(tmp_path) as store, served(store) as client:
        problem(client.get("/readyz"), 503, "not_ready")
        store.write(trade())
        time.sleep(1.05)
        assert client.get("/readyz").json() == {
            "status": "ready",
            "dataset_version": store.version(),
        }
    with served(FailingStore(known.StoreUnavailable(MARKER))) as client:
        problem(client.get("/readyz"), 503, "store_unavailable")
        assert client.get("/healthz").status_code == 200


def test_a_full_server_says_so_and_stays_alive(tmp_path: Path) -> None:
    stored(tmp_path, trade()).close()
    store = SlowStore(tmp_path / "graph.db")
    with served(store, replace(SETTINGS, workers=4)) as client, ThreadPoolExecutor(40) as pool:
        busy = [pool.submit(client.get, "/v1/sources") for _ in range(4)]
        while len(store.seconds) < 4:
            time.sleep(0.01)
        refused = [pool.submit(client.get, "/v1/sources") for _ in range(20)]
        for _ in range(20):
            assert client.get("/healthz").status_code == 200
        replies = [one.result() for one in refused]
        assert not any(one.done() for one in busy)
        for reply in replies:
            problem(reply, 503, "overloaded")
            assert reply.headers["retry-after"] == "1"
        problem(client.get("/readyz"), 503, "store_unavailable")
        store.go.set()
        assert {one.result().status_code for one in busy} == {200}
    store.close()


def test_a_client_may_lower_the_time(tmp_path: Path) -> None:
    stored(tmp_path, trade()).close()
    store = SlowStore(tmp_path / "graph.db")
    store.go.set()
    with served(store) as client:
        client.get("/v1/sources?timeout_ms=250")
        client.get("/v1/sources")
    assert store.seconds == [0.25, 5.0]
    store.close()


# ---------------------------------------------------------------- logs


@pytest.fixture
def log() -> Iterator[StringIO]:
    stream, loggers = StringIO(), [logging.getLogger(f"jamae.{one}") for one in ("access", "fault")]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)


def test_a_request_is_one_line_without_its_values(client: TestClient, log: StringIO) -> None:
    client.get(f"/v1/entities/{PARTNER}?x=a%0Ab%1B[31m", headers={"X-Request-ID": "mine"})
    client.get("/%0A%1B[31m" + MARKER)
    [line, other] = [json.loads(one) for one in log.getvalue().splitlines()]
    assert line["request_id"] == "mine"
    assert (line["route"], line["status"], line["method"]) == ("/v1/entities/{id}", 422, "GET")
    assert (other["route"], other["status"]) == (None, 404)
    assert PARTNER not in log.getvalue()
    assert MARKER not in log.getvalue()


def test_a_fault_is_found_in_the_log_by_its_id(log: StringIO) -> None:
    with served(FailingStore(ZeroDivisionError("one\ntwo \x1b[31m"))) as client:
        reply = client.get("/v1/sources")
    lines = [json.loads(one) for one in log.getvalue().splitlines()]
    found = problem(reply, 500, "internal")
    assert [line["request_id"] for line in lines] == [found.request_id] * 2
    assert "ZeroDivisionError" in lines[0]["trace"]
    assert "\x1b" not in log.getvalue()
