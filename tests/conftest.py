"""Fixtures that every test file can ask for."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.neo4j_server import Neo4jServer, any_server, own_server


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
