"""Clients that go away, on a real server: their questions end, and others are answered."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path
from threading import Event, Thread

import pytest

from api.leaving import Leash
from api.logs import JsonLines
from graph.budget import Budget
from graph.errors import BudgetSpent
from graph.questions.answers import ChecksAnswer
from graph.store import View
from tests.graphs import SETTINGS, stored, trade
from tests.raw_http import exchange, get, running

ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"


# ---------------------------------------------------------------- budgets


def test_a_cancelled_budget_is_over_in_every_thread() -> None:
    budget = Budget(60)
    budget.check()
    canceller = Thread(target=budget.cancel)
    canceller.start()
    canceller.join()
    assert budget.left == 0
    with pytest.raises(BudgetSpent):
        budget.check()
    budget.cancel()
    assert budget.left == 0


def test_a_cancelled_budget_gets_no_time_back() -> None:
    budget = Budget(-1)
    budget.cancel()
    with pytest.raises(BudgetSpent):
        budget.check()


def test_a_leash_ends_the_budgets_it_holds_and_those_to_come() -> None:
    leash, before, during, after = Leash(), Budget(60), Budget(60), Budget(60)
    with leash.holding(before):
        pass
    with leash.holding(during):
        leash.let_go()
    with leash.holding(after):
        pass
    assert before.left > 0
    assert (during.left, after.left) == (0, 0)


# ---------------------------------------------------------------- a real socket


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Set once the question of `/v1/checks`, which never ends by itself, has begun."""
    began = Event()

    def endless(view: View, *_: object, **__: object) -> ChecksAnswer:
        began.set()
        view.rows(ENDLESS)  # type: ignore[attr-defined]  # a statement that runs until stopped
        raise AssertionError

    monkeypatch.setattr("api.routes.checks.checks", endless)
    return began


@pytest.fixture
def log() -> Iterator[StringIO]:
    stream, logger = StringIO(), logging.getLogger("jamae.access")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)


@contextmanager
def asking(port: int, target: bytes) -> Iterator[None]:
    """A client that asks, does not wait for the answer, and is gone afterwards."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(get(target))
        yield


def test_a_client_that_leaves_frees_its_worker(tmp_path: Path, begun: Event, log: StringIO) -> None:
    with (
        stored(tmp_path, trade()) as store,
        running(store, replace(SETTINGS, workers=1)) as port,
    ):
        with asking(port, b"/v1/checks"):
            assert begun.wait(5)
        assert exchange(port, [get(b"/v1/sources")]).status == 200
        time.sleep(0.1)
    lines = {one["route"]: one for one in map(json.loads, log.getvalue().splitlines())}
    assert lines["/v1/checks"]["left"] is True
    assert "left" not in lines["/v1/sources"]


def test_a_client_that_left_the_queue_is_not_asked_for(tmp_path: Path, begun: Event) -> None:
    with (
        stored(tmp_path, trade()) as store,
        running(store, replace(SETTINGS, workers=1)) as port,
    ):
        with asking(port, b"/v1/checks"), ExitStack() as waiting:
            assert begun.wait(5)
            for _ in range(5):
                waiting.enter_context(asking(port, b"/v1/checks?timeout_ms=4999"))
            time.sleep(0.2)
        begun.clear()
        assert exchange(port, [get(b"/v1/sources")]).status == 200
    assert not begun.is_set()


def test_a_client_that_stays_is_answered_as_before(tmp_path: Path, begun: Event) -> None:
    with stored(tmp_path, trade()) as store, running(store, SETTINGS) as port:
        reply = exchange(port, [get(b"/v1/checks?timeout_ms=300")])
        assert begun.is_set()
        assert (reply.status, json.loads(reply.body)["code"]) == (504, "budget_spent")
        whole = exchange(port, [get(b"/v1/export?format=ndjson")])
        assert len(whole.body) == int(whole.headers["content-length"])
