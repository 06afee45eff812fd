"""All shortest chains from some ends to others, over a bounded part of the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from graph.questions.area import is_abroad

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from graph.questions.ground import Ground

MAX_TAKEN = 10_000
"""Nodes that one question looks at."""
_NEVER_ON_THE_WAY = ("country:", "source:")


class Near:
    """Who is one hop from whom over some kinds of claim, Countries and Sources apart."""

    def __init__(self, ground: Ground, kinds: Collection[str]) -> None:
        self.view, self.kinds = ground.view, kinds
        self._found: dict[str, frozenset[str]] = {}

    def of(self, nodes: Collection[str]) -> dict[str, frozenset[str]]:
        """What is one hop from each of these."""
        unread = [one for one in nodes if one not in self._found]
        found = self.view.adjacent(unread, self.kinds) if unread else {}
        for one in unread:
            others = found.get(one, frozenset())
            self._found[one] = frozenset(o for o in others if not o.startswith(_NEVER_ON_THE_WAY))
        return {one: self._found[one] for one in nodes}

    def within(self, nodes: Collection[str], hops: int) -> tuple[set[str], bool]:
        """What is at most so many hops from these; whether that is all, or it would be too much."""
        reached, frontier = set(nodes), set(nodes)
        for _ in range(hops):
            near = self.of(frontier)
            frontier = {other for one in frontier for other in near[one]} - reached
            if len(reached) + len(frontier) > MAX_TAKEN:
                return reached, False
            reached |= frontier
        return reached, True

    def among(self, nodes: Collection[str]) -> nx.Graph[str]:
        """These nodes, each with those next to it as far as read, all in the order of ids."""
        kept = set(nodes)
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(sorted(kept))
        for one in sorted(self._found.keys() & kept):
            graph.add_edges_from((one, other) for other in sorted(self._found[one] & kept))
        return graph


@dataclass(frozen=True)
class Fan:
    """All shortest chains from one end to those it reaches in other countries.

    `order` holds what they lead over, nearest first, `before` what stands one hop nearer.
    """

    start: str
    order: Sequence[str]
    before: Mapping[str, Sequence[str]]
    goals: frozenset[str]


class Web:
    """What is within reach of each start and its goals, half of the hops from either.

    At most MAX_TAKEN nodes are taken from each side; `whole` says if that was all.
    """

    def __init__(
        self, ground: Ground, near: Near, goals: Mapping[str, Collection[str]], max_hops: int
    ) -> None:
        self.ground, self.near = ground, near
        self._goals, self._hops = goals, max_hops
        ahead, every = (max_hops + 1) // 2, set().union(*goals.values())
        here, all_here = near.within(goals, ahead)
        there, all_there = near.within(every, max_hops - ahead)
        self.whole = all_here and all_there
        self._graph = near.among(here | there)
        ground.warm({*goals, *every})

    def fans(self) -> Iterator[Fan]:
        """The chains of each start that reaches a goal abroad, by start."""
        for start, goals in sorted(self._goals.items()):
            self.ground.view.budget.check()
            before, far = _chains(self._graph, start, self._hops)
            reached = [one for one in far if one in goals and is_abroad(self.ground, start, one)]
            if reached:
                yield Fan(start, sorted(far, key=far.__getitem__), before, frozenset(reached))


def _chains(
    graph: nx.Graph[str], start: str, hops: int
) -> tuple[dict[str, list[str]], dict[str, int]]:
    """What stands one hop nearer to a start than each node it reaches, and how far each is."""
    found: tuple[dict[str, list[str]], dict[str, int]]
    found = nx.predecessor(graph, start, cutoff=hops, return_seen=True)  # type: ignore[assignment]  # typed too widely
    return found
