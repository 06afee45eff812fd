"""Our Neo4j store as a column, and the server that it shares with the raw-driver loop."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.process import peak_mb, size_mb
from bench.stores import store_lines
from ingest.load import load
from tests.neo4j_engines import JavaEngine
from tests.neo4j_server import own_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.inputs import Inputs
    from bench.lines import Line
    from graph.claims import Claim

HEAP, PAGE_CACHE = "2g", "2g"
MEMORY = {
    "server.memory.pagecache.size": PAGE_CACHE,
    "db.memory.transaction.max": "1g",
    "db.transaction.timeout": "600s",
}
"""What a server of this size is given; the graph fits into the page cache whole."""


@contextmanager
def empty_server(home: Path) -> Iterator[dict[str, str]]:
    """An empty server, and the environment by which a column's process finds it."""
    with own_server(home, heap=HEAP, settings=MEMORY) as server:
        told = {
            "BENCH_NEO4J": server.host,
            "BENCH_NEO4J_PASSWORD": server.password,
            "BENCH_NEO4J_HOME": str(home),
        }
        if isinstance(server.engine, JavaEngine):
            told["BENCH_NEO4J_PID"] = str(server.engine.processes[-1].pid)
        yield told


def address(scheme: str) -> tuple[str, tuple[str, str]]:
    """Where the server of this process is, and how to be let in."""
    auth = ("neo4j", os.environ["BENCH_NEO4J_PASSWORD"])
    return f"{scheme}://{os.environ['BENCH_NEO4J']}", auth


def server_figures() -> dict[str, Any]:
    """What the server holds of memory and disk; memory only where it is a process of ours."""
    pid = os.environ.get("BENCH_NEO4J_PID")
    return {
        "size_mb": size_mb(Path(os.environ["BENCH_NEO4J_HOME"]) / "data"),
        "server_peak_mb": peak_mb(int(pid)) if pid else None,
    }


class Server:
    """Our store on an empty server, loaded as `jamae ingest` does it."""

    def __init__(self) -> None:
        from graph.neo4j_store import LOADING, Neo4jStore

        uri, auth = address("neo4j")
        self.store = Neo4jStore.open(uri, auth, LOADING._replace(transaction=600))

    def load(self, path: Path) -> int:
        """Load the export; how many claims that wrote."""
        return load(self.store, [path]).inserted

    def lines(self, inputs: Inputs) -> list[Line]:
        """The questions over the store."""
        return store_lines(self.store, inputs)

    def write(self, claims: Sequence[Claim]) -> None:
        """Write to the store."""
        self.store.write(claims)

    def more(self, _: Inputs) -> dict[str, Any]:
        """What the server takes."""
        return server_figures()

    def close(self) -> None:
        """Close the store."""
        self.store.close()
