"""The lists of words that the reader goes by, one a line in `ingest/data/reader`."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent.parent / "data" / "reader"


def words(name: str) -> frozenset[str]:
    """The words of the list of that name."""
    return frozenset((FOLDER / f"{name}.txt").read_text("utf-8").split())
