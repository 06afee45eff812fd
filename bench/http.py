"""What HTTP adds to a question: each endpoint against the same question asked in process."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from time import monotonic, perf_counter, sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from bench import lines
from bench.timing import Timing
from graph.claims import PATH_KINDS
from graph.questions.beneficiaries import beneficiaries
from graph.questions.connections import paths
from graph.questions.entities import entity
from graph.questions.finding import search
from graph.questions.neighbourhood import neighbourhood
from graph.questions.ties import ties
from graph.questions.totals import Filters, totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.inputs import Inputs
    from graph.store import GraphStore, View

START_SECONDS = 30


def overheads(store: GraphStore, url: str, inputs: Inputs) -> dict[str, dict[str, float]]:
    """For each endpoint the medians in ms of the question and of the request."""
    with served(url) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        try:
            return {
                name: _compared(store, connection, questions)
                for name, questions in _questions(inputs).items()
            }
        finally:
            connection.close()


def _compared(
    store: GraphStore,
    connection: HTTPConnection,
    questions: Sequence[tuple[str, Callable[[View], Any]]],
) -> dict[str, float]:
    """Each question in process and over HTTP in turn, so that both meet the same machine."""
    inside, over, between = [], [], []
    for target, question in questions:
        _fetch(connection, target)
        store.read(question, seconds=60)
        start = perf_counter()
        store.read(question, seconds=60)
        middle = perf_counter()
        _fetch(connection, target)
        end = perf_counter()
        inside.append(middle - start)
        over.append(end - middle)
        between.append(end - middle - (middle - start))
    return {
        "question_ms": round(Timing.of(inside).p50, 3),
        "http_ms": round(Timing.of(over).p50, 3),
        "overhead_ms": round(Timing.of(between).p50, 3),
    }


def _questions(inputs: Inputs) -> dict[str, list[tuple[str, Callable[[View], Any]]]]:
    """By endpoint what to ask it, each with the question that it asks in turn."""
    hops: dict[str, Any] = {"kinds": PATH_KINDS, "max_hops": lines.MAX_HOPS, "k": 1}
    return {
        "/v1/entities/{id}": [
            (_at(one), partial(entity, node_id=one)) for one in inputs.lookups[:100]
        ],
        "/v1/entities/{id}/neighbours": [
            (_at(one, "/neighbours"), partial(neighbourhood, center=one))
            for one in inputs.around[:100]
        ],
        "/v1/entities/{id}/ties": [
            (_at(one, "/ties"), partial(ties, entity=one)) for one in inputs.tied
        ],
        "/v1/entities/{id}/beneficiaries": [
            (_at(one, "/beneficiaries"), partial(beneficiaries, partner=one))
            for one in inputs.medians
        ],
        "/v1/totals": [
            (_asked("/v1/totals", partner=one), partial(totals, filters=Filters(partner=one)))
            for one in inputs.medians
        ],
        "/v1/paths": [
            (
                _asked("/v1/paths", **{"from": a, "to": b, "max_hops": "6", "k": "1"}),
                partial(paths, start=a, goal=b, **hops),
            )
            for a, b in inputs.pairs[:50]
        ],
        "/v1/search": [
            (_asked("/v1/search", q=word), partial(search, query=word))
            for word in inputs.words["4 syllables"]
        ],
    }


def _at(one: str, rest: str = "") -> str:
    return f"/v1/entities/{quote(one, safe='')}{rest}"


def _asked(path: str, **values: str) -> str:
    return f"{path}?{urlencode(values)}"


def _fetch(connection: HTTPConnection, target: str) -> bytes:
    connection.request("GET", target)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{target} answered {response.status}: {body[:200]!r}")
    return body


@contextmanager
def served(url: str) -> Iterator[int]:
    """The port of `jamae serve` over the store, which ends with it."""
    port = _free_port()
    command = [sys.executable, "-m", "jamae", "serve", "--store", url, "--port", str(port)]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _await(HTTPConnection("127.0.0.1", port, timeout=120))
            yield port
        finally:
            process.terminate()


def _await(connection: HTTPConnection) -> None:
    ends = monotonic() + START_SECONDS
    while True:
        try:
            _fetch(connection, "/healthz")
            break
        except OSError:
            connection.close()
            if monotonic() > ends:
                raise
            sleep(0.1)
    connection.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
