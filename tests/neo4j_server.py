"""A real Neo4j Community server for the tests, or a loud failure; never a skip.

Where it comes from, in this order:

1. `NEO4J_TEST_URI` with `NEO4J_USERNAME` and `NEO4J_PASSWORD`: a server that already runs.
   The tests wipe its database, so never name one whose data matters.
2. Maven: the server's own artifacts, kept in a git-ignored folder and run with Java.
3. Docker: the pinned official image.

`python -m tests.neo4j_server` keeps a throw-away server up and prints how the tests reach it.
"""

import os
import secrets
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from tests.neo4j_engines import (
    HEAP,
    IMAGE,
    USERNAME,
    DockerEngine,
    Engine,
    JavaEngine,
    RemoteEngine,
    artifacts,
    docker_runs,
)

START_SECONDS = 90
CACHE = Path(__file__).resolve().parent.parent / ".cache" / "neo4j"

HOW_TO_GET_ONE = f"""\
No Neo4j server for the tests. Any of these brings one:
  * `make tools` on Debian or Ubuntu; elsewhere install Java 17 or 21 and Maven by hand
  * a running Docker (image {IMAGE})
  * NEO4J_TEST_URI, NEO4J_USERNAME and NEO4J_PASSWORD of a server whose data may be wiped"""


class ServerUnavailable(RuntimeError):
    """No server can be had, or one did not come up; the message says why."""


@dataclass(frozen=True)
class Neo4jServer:
    """One server with authentication on; its data outlives `stop`, `kill` and `restart`."""

    host: str
    username: str
    password: str = field(repr=False)
    engine: Engine = field(repr=False)

    @property
    def uri(self) -> str:
        """The address with routing."""
        return f"neo4j://{self.host}"

    @property
    def bolt_uri(self) -> str:
        """The address of this one server, without routing."""
        return f"bolt://{self.host}"

    @property
    def auth(self) -> tuple[str, str]:
        """Username and password, as the driver wants them."""
        return self.username, self.password

    def start(self) -> None:
        """Return once the server answers a query; ServerUnavailable if it does not."""
        self.engine.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if failure := self.engine.failure():
                raise ServerUnavailable(f"Neo4j ended while it started:\n{failure}")
            if time.monotonic() > deadline:
                raise ServerUnavailable(f"{self.host} gave no answer in {START_SECONDS} s")
            time.sleep(0.1)

    def stop(self) -> None:
        """Shut down in order; harmless when it is down already."""
        self.engine.stop()

    def kill(self) -> None:
        """End the server with SIGKILL, as a power cut would; `start` brings it back."""
        self.engine.kill()

    def restart(self) -> None:
        """Stop in order and start on the same data."""
        self.stop()
        self.start()

    def _answers(self) -> bool:
        try:
            with GraphDatabase.driver(
                self.bolt_uri,
                auth=self.auth,
                connection_timeout=2,
                max_transaction_retry_time=0,
                telemetry_disabled=True,
            ) as driver:
                driver.execute_query("RETURN 1", database_="neo4j")
        except AuthError as error:
            raise ServerUnavailable(f"{self.host} refuses {self.username}") from error
        except (DriverError, Neo4jError):
            return False
        return True


@contextmanager
def own_server(
    home: Path, heap: str = HEAP, settings: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Neo4jServer]:
    """Run an empty server of our own, with its files below the new folder `home`.

    It may have so great a heap; `settings` go before those that every server is run with.
    """
    port, password = _free_port(), secrets.token_hex(12)
    engine = _local_engine(home, port, password, heap, settings)
    server = Neo4jServer(f"127.0.0.1:{port}", USERNAME, password, engine)
    try:
        server.start()
        yield server
    finally:
        server.engine.discard()


@contextmanager
def any_server(home: Path) -> Iterator[Neo4jServer]:
    """Give the server that NEO4J_TEST_URI names; without that, run one of our own."""
    if uri := os.environ.get("NEO4J_TEST_URI"):
        username = os.environ.get("NEO4J_USERNAME", USERNAME)
        password = os.environ.get("NEO4J_PASSWORD", "")
        server = Neo4jServer(uri.rpartition("://")[2], username, password, RemoteEngine())
        server.start()
        yield server
    else:
        with own_server(home) as server:
            yield server


def main() -> None:
    """Keep a throw-away server up until interrupted; print the variables the tests want."""
    with (
        tempfile.TemporaryDirectory(prefix="jamae-neo4j-") as folder,
        own_server(Path(folder, "home")) as server,
    ):
        sys.stdout.write(
            f"export NEO4J_TEST_URI={server.uri}\n"
            f"export NEO4J_USERNAME={server.username}\n"
            f"export NEO4J_PASSWORD={server.password}\n"
        )
        sys.stdout.flush()
        _wait_for_signal()
    sys.stdout.write("stopped, data discarded\n")


def _wait_for_signal() -> None:
    """Return at SIGINT or SIGTERM, after which neither can break the tidying up."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    signal.sigwait(numbers)


def _local_engine(
    home: Path, port: int, password: str, heap: str, settings: Mapping[str, str]
) -> Engine:
    if lib := artifacts(CACHE):
        return JavaEngine.create(lib, home, port, password, heap, settings)
    if docker_runs():
        own = {"server.memory.heap.max_size": heap, **settings}
        return DockerEngine(port, password, own)
    raise ServerUnavailable(HOW_TO_GET_ONE)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
