"""The compose file's load and API commands, as processes of their own on an authenticated Neo4j.

What the API then answers is, byte for byte, what an embedded store answers.
"""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ingest.load import load
from tests.conftest import empty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.store import GraphStore
    from tests.neo4j_server import Neo4jServer

ROOT = Path(__file__).parent.parent
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))[
    "services"
]
TARGETS = [
    "/v1/search?q=북구",
    "/v1/entities/city:Q10389",
    "/v1/entities/city:Q10389/neighbours?depth=3&limit=200",
    "/v1/entities/city:Q42147/ties",
    "/v1/entities/city:Q10389/beneficiaries?home=city:Q20714",
    "/v1/entities/city:Q10127/beneficiaries",
    "/v1/totals?city=city:Q42144",
    "/v1/paths?from=city:Q10127&to=city:Q42144&k=10",
    "/v1/sources",
    "/v1/sources/source:suwon-2008?limit=200",
    "/v1/checks?code=tie_disputed&code=source_undated",
]


def command(service: str, uri: str) -> list[str]:
    """What the service runs, with this server and a free port of this machine for the compose's."""
    swaps = {"neo4j://neo4j:7687": uri, "0.0.0.0": "127.0.0.1", "8000": "0"}  # noqa: S104
    return [swaps.get(word, word) for word in SERVICES[service]["command"]]


def environment(server: Neo4jServer) -> dict[str, str]:
    told = SERVICES["load"]["environment"]
    assert set(told) == {"NEO4J_USERNAME", "NEO4J_PASSWORD"}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J", "JAMAE"))}
    return inherited | {"NEO4J_USERNAME": server.username, "NEO4J_PASSWORD": server.password}


@contextmanager
def serving(arguments: list[str], environ: dict[str, str]) -> Iterator[str]:
    """A process of `jamae serve`, and its address once it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "jamae", *arguments],
        cwd=ROOT,
        env=environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        assert said.startswith("jamae serves "), said
        yield said.removeprefix("jamae serves ").strip().rstrip("/")
    finally:
        process.terminate()
        process.communicate(timeout=30)


def answered(address: str, target: str, tries: int = 10) -> bytes:
    """The body of a 200; any other status raises.

    A server that just started plans each statement once, which may outlast a question's time.
    """
    quoted = urllib.parse.quote(target, safe="/?&=:")
    try:
        with urllib.request.urlopen(f"{address}{quoted}", timeout=60) as reply:  # noqa: S310
            body: bytes = reply.read()
            return body
    except urllib.error.HTTPError as error:
        with error:
            if error.code != 504 or tries == 1:
                raise
        return answered(address, target, tries - 1)


@pytest.fixture(scope="module")
def loaded(neo4j_server: Neo4jServer) -> Neo4jServer:
    empty(neo4j_server)
    subprocess.run(
        [sys.executable, "-m", "jamae", *command("load", neo4j_server.uri)],
        cwd=ROOT,
        env=environment(neo4j_server),
        check=True,
        capture_output=True,
        timeout=600,
    )
    return neo4j_server


@pytest.mark.timeout(900)  # loading the world into a server on a busy machine
@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_the_api_answers_as_an_embedded_store_does(
    scheme: str, loaded: Neo4jServer, new_sqlite_store: Callable[[], GraphStore]
) -> None:
    embedded = new_sqlite_store()
    load(embedded)
    uri = loaded.uri if scheme == "neo4j" else loaded.bolt_uri
    environ = environment(loaded)
    own = ["serve", "--store", embedded.url, "--port", "0"]
    with serving(command("api", uri), environ) as server, serving(own, environ) as here:
        assert answered(server, "/readyz")
        for target in TARGETS:
            assert answered(server, target) == answered(here, target), target
