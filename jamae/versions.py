"""Which versions are at work."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def product() -> str:
    """The version of jamae; 0 where it runs uninstalled."""
    try:
        return version("jamae")
    except PackageNotFoundError:
        return "0"


def versions() -> list[str]:
    """A line for jamae, its engines, its layout and its vocabulary."""
    from graph.cypher import LAYOUT
    from graph.model import CLAIM_KINDS, NODE_KINDS
    from graph.sqlite_schema import SCHEMA_VERSION
    from graph.sqlite_store import SqliteStore

    return [
        f"jamae {product()}",
        f"Python {platform.python_version()}",
        f"{SqliteStore(Path()).engine()}, layout {SCHEMA_VERSION}",
        f"Neo4j driver {version('neo4j')}, layout {LAYOUT}",
        f"model: {len(NODE_KINDS)} kinds of node, {len(CLAIM_KINDS)} kinds of claim",
    ]
