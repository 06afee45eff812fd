"""What people decided about identity, as the gazetteer asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import networkx as nx


@dataclass(frozen=True, slots=True)
class Rulings:
    """Which stated ids mean which place, and which pairs never do."""

    places: Mapping[str, str] = field(default_factory=dict)
    parted: frozenset[frozenset[str]] = frozenset()

    @classmethod
    def of(
        cls, joined: Iterable[tuple[str, str]], parted: Iterable[tuple[str, str]] = ()
    ) -> Rulings:
        """The rulings of pairs that are one, and of pairs that are two.

        Of ids that hang together the least stands for all, as in a store.
        """
        graph: nx.Graph[str] = nx.Graph()
        graph.add_edges_from(joined)
        apart = frozenset(frozenset(pair) for pair in parted)
        graph.remove_edges_from((min(pair), max(pair)) for pair in apart if len(pair) == 2)
        groups = nx.connected_components(graph)
        least = {one: min(group) for group in groups for one in group}
        return cls({one: place for one, place in least.items() if one != place}, apart)

    @classmethod
    def together(cls, many: Iterable[Rulings]) -> Rulings:
        """The rulings of several files, in any order the same."""
        given = list(many)
        joined = [pair for rulings in given for pair in rulings.places.items()]
        return cls.of(joined, [_pair(p) for rulings in given for p in rulings.parted])

    def place_of(self, stated: str) -> str | None:
        """The id that a stated id was decided to mean; None if nobody decided."""
        return self.places.get(stated)

    def joins(self, stated: str) -> bool:
        """Whether a stated id was decided to be one with another."""
        return stated in self.places or stated in self.places.values()

    def apart(self, one: str, other: str) -> bool:
        """Whether the two were decided to be two."""
        return frozenset((one, other)) in self.parted


def _pair(pair: frozenset[str]) -> tuple[str, str]:
    one, other = sorted(pair)
    return one, other


NO_RULINGS = Rulings()
"""Nothing was decided."""
