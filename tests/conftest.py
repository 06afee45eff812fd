"""Fixtures that every test file can ask for."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from playwright.sync_api import Browser

from graph.neo4j_store import Neo4jStore
from graph.sqlite_store import SqliteStore
from graph.store import GraphStore, open_store
from ingest.load import load
from tests.browser import chromium
from tests.graphs import SETTINGS
from tests.neo4j_server import Neo4jServer, any_server, own_server
from tests.page_server import Site
from tests.raw_http import running


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests in a browser come last: until then the main thread has no loop running."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """The one Neo4j server of the session; who writes to it wipes it first."""
    with any_server(tmp_path_factory.mktemp("neo4j") / "home") as server:
        yield server


@pytest.fixture(scope="session")
def new_neo4j_server(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[], Neo4jServer]]:
    """A factory of further, empty servers that a test may stop, kill and restart."""
    with ExitStack() as stack:

        def create() -> Neo4jServer:
            home = tmp_path_factory.mktemp("neo4j") / "home"
            return stack.enter_context(own_server(home))

        yield create


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of the session; open a page or a context of your own and close it.

    While it runs, `asyncio.run` fails in the main thread (Playwright's own loop runs there).
    """
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def world_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The one service over all that ships; who asks for it only reads."""
    folder = tmp_path_factory.mktemp("world-site")
    with open_store(f"sqlite:///{folder / 'graph.db'}") as store:
        load(store)
        with running(store, replace(SETTINGS, lang="ko")) as port:
            yield Site(f"http://127.0.0.1:{port}", store)


# The stores. A test that takes `store` or `new_store` runs on each of them.


@pytest.fixture
def new_sqlite_store(tmp_path: Path) -> Iterator[Callable[[], GraphStore]]:
    """A factory of empty embedded stores."""
    numbers = count()
    with ExitStack() as stack:
        yield lambda: stack.enter_context(
            SqliteStore.open(f"sqlite:///{tmp_path}/{next(numbers)}.db")
        )


@pytest.fixture
def new_neo4j_store(neo4j_server: Neo4jServer) -> Iterator[Callable[[], GraphStore]]:
    """A factory of empty server stores; each call empties the one database there is.

    A warning of the server about a statement of ours fails the test.
    """
    with ExitStack() as stack, neo4j_warnings() as warnings:

        def create() -> GraphStore:
            empty(neo4j_server)
            return stack.enter_context(Neo4jStore.open(neo4j_server.uri, neo4j_server.auth))

        yield create
    assert not warnings


@pytest.fixture(params=["sqlite", "neo4j"])
def new_store(request: pytest.FixtureRequest) -> Callable[[], GraphStore]:
    """A factory of empty stores of one kind; use one at a time."""
    factory: Callable[[], GraphStore] = request.getfixturevalue(f"new_{request.param}_store")
    return factory


@pytest.fixture
def store(new_store: Callable[[], GraphStore]) -> GraphStore:
    """An empty store."""
    return new_store()


@contextmanager
def store_of_module(request: pytest.FixtureRequest, folder: Path) -> Iterator[GraphStore]:
    """An empty store of the kind that a fixture's parameter names, for all tests of a module.

    They only read it, and none of the module's others asks for a Neo4j store of its own.
    """
    if request.param == "sqlite":
        with SqliteStore.open(f"sqlite:///{folder / 'whole.db'}") as store:
            yield store
        return
    server: Neo4jServer = request.getfixturevalue("neo4j_server")
    empty(server)
    with Neo4jStore.open(server.uri, server.auth) as store:
        yield store


def empty(server: Neo4jServer) -> None:
    """Delete all data of a server; its constraints and indexes stay."""
    with GraphDatabase.driver(server.uri, auth=server.auth) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


@contextmanager
def neo4j_warnings() -> Iterator[list[str]]:
    """Collect what the server warns of, as the driver logs it."""
    found: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]  # shortest way
    logger = logging.getLogger("neo4j.notifications")
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
