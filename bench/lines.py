"""The lines of the workload, and what an answer to each comes down to.

A column asks in its own way and gives its own kind of answer; the key of an answer is
plain and the same for every column that answers rightly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.claims import PATH_KINDS

LOOKUP, HOP, HOPS = "look-up", "1 hop", "2 hops"
SHORTEST, SHORTEST_OF_TWO, TEN = "shortest path", "shortest path, two kinds", "10 shortest"
MEDIAN, PARTNERS, HUB = (
    "beneficiaries, median partner",
    "beneficiaries, all ranks",
    "beneficiaries, hubs",
)
TIES, TOTALS = "ties", "totals"
SEARCHES = {words: f"search, {words}" for words in ("2 syllables", "4 syllables", "Latin")}
READS = (
    LOOKUP, HOP, HOPS, SHORTEST, SHORTEST_OF_TWO, TEN, MEDIAN, PARTNERS, HUB, TIES, TOTALS,
    *SEARCHES.values(),
)  # fmt: skip

KINDS = tuple(sorted(PATH_KINDS))
TWO_KINDS = ("SISTER_CITY", "TWINNED")
HOP_LIMIT, HOPS_LIMIT, PAGE, MAX_HOPS, MANY = 200, 500, 25, 6, 10


@dataclass(frozen=True)
class Line:
    """One line of the workload as a column answers it."""

    name: str
    inputs: Sequence[Any]
    ask: Callable[[Any], Any]
    key: Callable[[Any], Any]


class Parts(dict[str, Any]):
    """A key in parts, of which a column may leave some open."""


def paths_key(routes: Iterable[Sequence[str]]) -> Parts:
    """Paths as they are, and by their lengths alone."""
    told = [list(route) for route in routes]
    return Parts(routes=told, lengths=[len(route) - 1 for route in told])


def lengths_key(lengths: list[int]) -> Parts:
    """Paths of which only the lengths are known."""
    return Parts(lengths=lengths)


def closeness(query: str, names: Iterable[str]) -> int | None:
    """How well the best of these names holds what was asked, 0 best; None if none does.

    0 the whole name, 1 its beginning, 2 the beginning of a word, 3 any part.
    """
    found = [grade for name in names if (grade := _close(query.lower(), name.lower())) is not None]
    return min(found, default=None)


def _close(query: str, name: str) -> int | None:
    if name == query:
        return 0
    if name.startswith(query):
        return 1
    if re.search(rf"(?<!\w){re.escape(query)}", name):
        return 2
    return 3 if query in name else None


def page_key(query: str, page: Iterable[Mapping[str, str]]) -> list[int]:
    """A page of hits, told by how close each is; hits that only resemble are left out."""
    grades = [closeness(query, names.values()) for names in page]
    return [grade for grade in grades if grade is not None]
