"""What the figures were taken on: the machine and the versions, without names or paths."""

from __future__ import annotations

import hashlib
import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.server import HEAP, PAGE_CACHE
from tests.neo4j_engines import VERSION

ROOT = Path(__file__).resolve().parent.parent
_ROOMS = {"raw": ("bench",), "networkx": ("bench", "graph")}
_ALL = ("graph", "ingest", "api", "jamae", "bench")


def described() -> dict[str, Any]:
    """Processor, memory and versions."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": _memory_gb(),
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "neo4j": f"{VERSION} Community, heap {HEAP}, page cache {PAGE_CACHE}",
        "driver": version("neo4j"),
        "networkx": version("networkx"),
    }


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _memory_gb() -> int | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)
    except (ValueError, OSError):
        return None


def code_digest(column: str) -> str:
    """What the code was that a column's figures belong to: digits over the rooms it runs."""
    told = hashlib.blake2b(digest_size=8)
    for room in _ROOMS.get(column, _ALL):
        for path in sorted((ROOT / room).rglob("*.py")):
            told.update(path.read_bytes())
    return told.hexdigest()
