"""The embedded store as a column."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from bench.http import overheads
from bench.process import size_mb
from bench.stores import store_lines
from graph.store import open_store
from ingest.load import load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.inputs import Inputs
    from bench.lines import Line
    from graph.claims import Claim

_OPEN = """
import json, sys, time
from graph.store import open_store
from graph.sqlite_store import SqliteStore
from bench.process import resident_mb
start = time.perf_counter()
store = open_store(sys.argv[1])
version = store.version()
print(json.dumps({"ms": (time.perf_counter() - start) * 1000, "resident_mb": resident_mb()}))
"""


class Embedded:
    """One SQLite file in the folder, loaded as `jamae ingest` does it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "embedded.db"
        for old in folder.glob("embedded.db*"):
            old.unlink()
        self.url = f"sqlite:///{self.path}"
        self.store = open_store(self.url)

    def load(self, path: Path) -> int:
        """Load the export; how many claims that wrote."""
        return load(self.store, [path]).inserted

    def lines(self, inputs: Inputs) -> list[Line]:
        """The questions over the store."""
        return store_lines(self.store, inputs)

    def write(self, claims: Sequence[Claim]) -> None:
        """Write to the store."""
        self.store.write(claims)

    def more(self, inputs: Inputs) -> dict[str, Any]:
        """The file's size, opening it in a new process, and the API over it."""
        opened = [self._open() for _ in range(5)]
        return {
            "size_mb": size_mb(self.path),
            "open_ms": round(sorted(one["ms"] for one in opened)[2], 2),
            "open_resident_mb": max(one["resident_mb"] or 0 for one in opened),
            "http": overheads(self.store, self.url, inputs),
        }

    def _open(self) -> dict[str, Any]:
        command = [sys.executable, "-c", _OPEN, self.url]
        done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def close(self) -> None:
        """Close the store."""
        self.store.close()
