"""The k shortest paths, over nothing but the store's `adjacent`.

Walks of each length are laid out in layers from both ends, the smaller frontier first;
where the layers meet, the node sequences without repeats are read off in the order of
their ids. So hubs are never cut, and every sequence of a length is considered before a
longer one. Read off by worth, those over nodes with few neighbours come first.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import islice
from math import prod
from typing import TYPE_CHECKING

from graph.errors import BudgetSpent
from graph.store import Paths

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from graph.budget import Budget

    Adjacent = Callable[[Collection[str]], Mapping[str, frozenset[str]]]

SEARCHING = 0.8
"""The share of a question's time that a search may take; the rest is to tell what it found."""
_NEVER_ON_THE_WAY = ("country:", "source:")
_NONE: frozenset[str] = frozenset()


def shortest(
    adjacent: Adjacent, start: str, goal: str, max_hops: int, k: int, budget: Budget
) -> Paths:
    """The first k node sequences from start to goal, by length, then by ids.

    Never through a Country or a Source on the way. `complete` is False if the budget
    ran out after some were found; BudgetSpent if none was.
    """
    layers = _Layers(adjacent, start, goal, budget)
    return _first(layers.routes, layers, max_hops, k)


def worthiest(
    adjacent: Adjacent, start: str, goal: str, max_hops: int, k: int, budget: Budget
) -> tuple[Paths, dict[str, int]]:
    """The same by length, then by worth, then by ids; and the neighbours of each on the way.

    What stands at one end is passed on in equal shares by each node on the way, to all its
    neighbours, Countries and Sources apart: a sequence is worth 1 / the product of these
    numbers. It is the index of resource allocation (Zhou, Lü, Zhang: Predicting missing links
    via local information, Eur. Phys. J. B 71, 2009), read along a path of any length.
    """
    layers = _Layers(adjacent, start, goal, budget)
    found = _first(layers.worthiest, layers, max_hops, k)
    between = {node for route in found.routes for node in route[1:-1]}
    return found, {node: layers.share(node) for node in sorted(between)}


def _first(
    routes: Callable[[int], Iterator[tuple[str, ...]]], layers: _Layers, max_hops: int, k: int
) -> Paths:
    """The first k of the sequences of each length, the shortest lengths first."""
    if layers.start == layers.goal:
        return Paths(((layers.start,),), True)
    found: list[tuple[str, ...]] = []
    try:
        for length in range(1, max_hops + 1):
            found.extend(islice(routes(length), k - len(found)))
            if len(found) == k or layers.exhausted:
                break
    except BudgetSpent:
        if not found:
            raise
        return Paths(tuple(found), False)
    return Paths(tuple(found), True)


class _Layers:
    """The nodes that walks of each length reach from the start and from the goal."""

    def __init__(self, adjacent: Adjacent, start: str, goal: str, budget: Budget) -> None:
        self._adjacent, self._budget = adjacent, budget
        self.start, self.goal = start, goal
        self._near: dict[str, frozenset[str]] = {}
        self._ahead = [{start}]
        self._behind = [{goal}]

    @property
    def exhausted(self) -> bool:
        """Whether no longer walk can exist: one side has nothing left to grow from."""
        return not self._ahead[-1] or not self._behind[-1]

    def routes(self, length: int) -> Iterator[tuple[str, ...]]:
        """All node sequences of exactly this length without repeats, in order of ids."""
        layers = self._laid(length)
        if layers:
            yield from self._walk([self.start], layers)

    def worthiest(self, length: int) -> Iterator[tuple[str, ...]]:
        """The same, those of the least product of shares first, then in order of ids.

        Sequences are grown where they may still become the best: what is left of each cannot
        cost less than the cheapest walk through the layers, repeats included.
        """
        layers = self._laid(length)
        if not layers:
            return
        cheapest = self._cheapest(layers)
        open_: list[tuple[int, tuple[str, ...]]] = [(cheapest[0][self.start], (self.start,))]
        while open_:
            self._budget.check()
            _, route = heappop(open_)
            if len(route) == len(layers):
                yield route
                continue
            spent, ahead = prod(map(self.share, route[1:])), cheapest[len(route)]
            for node in (self._near[route[-1]] & ahead.keys()).difference(route):
                heappush(open_, (spent * ahead[node], (*route, node)))

    def share(self, node: str) -> int:
        """Among how many neighbours a node passes on what it has."""
        return sum(not one.startswith(_NEVER_ON_THE_WAY) for one in self._near[node])

    def _cheapest(self, layers: Sequence[Collection[str]]) -> list[dict[str, int]]:
        """For each step and node the least product of shares from there to the goal."""
        costs = [{self.goal: 1}]
        for step in range(len(layers) - 2, -1, -1):
            self._fetch(layers[step])
            ahead, own = costs[-1], self.share if step else lambda _: 1
            costs.append(
                {
                    n: own(n) * min(ahead[o] for o in self._near[n] & ahead.keys())
                    for n in layers[step]
                }
            )
        return costs[::-1]

    def _laid(self, length: int) -> Sequence[Collection[str]]:
        """The layers that walks of this length pass, grown as far as needed; empty if none."""
        while len(self._ahead) + len(self._behind) - 2 < length and not self.exhausted:
            self._grow()
        grown = len(self._ahead) + len(self._behind) - 2 >= length
        return self._allowed(length) if grown else []

    def _grow(self) -> None:
        forward = len(self._ahead[-1]) <= len(self._behind[-1])
        layers, end = (self._ahead, self.goal) if forward else (self._behind, self.start)
        origin = self.start if forward else self.goal
        frontier = {n for n in layers[-1] if n != end and self._passable(n)}
        self._fetch(frontier)
        reached = set().union(*(self._near[node] for node in frontier))
        layers.append(reached - {origin})

    def _passable(self, node: str) -> bool:
        return node in (self.start, self.goal) or not node.startswith(_NEVER_ON_THE_WAY)

    def _fetch(self, nodes: Collection[str]) -> None:
        self._budget.check()
        unknown = [node for node in nodes if node not in self._near]
        if unknown:
            near = self._adjacent(unknown)
            self._near.update((node, near.get(node, _NONE)) for node in unknown)

    def _allowed(self, length: int) -> Sequence[Collection[str]]:
        """For each step the nodes that lie on a walk of this length from start to goal."""
        middle = min(len(self._ahead) - 1, length)
        meeting = {
            node
            for node in self._ahead[middle] & self._behind[length - middle]
            if self._passable(node)
        }
        before, after = [meeting], [meeting]
        for step in range(middle - 1, -1, -1):
            before.append(self._joining(self._ahead[step], before[-1]))
        for step in range(middle + 1, length + 1):
            after.append(self._joining(self._behind[length - step], after[-1]))
        return [*reversed(before), *after[1:]] if meeting else []

    def _joining(self, layer: Collection[str], near: set[str]) -> set[str]:
        """Those of a layer that may be passed and have a neighbour in the next."""
        kept = {node for node in layer if self._passable(node)}
        if len(near) < len(kept):
            self._fetch(near)
            return kept & set().union(*(self._near[node] for node in near))
        self._fetch(kept)
        return {node for node in kept if not near.isdisjoint(self._near[node])}

    def _walk(
        self, route: list[str], layers: Sequence[Collection[str]]
    ) -> Iterator[tuple[str, ...]]:
        self._budget.check()
        if len(route) == len(layers):
            yield tuple(route)
            return
        self._fetch(route[-1:])
        choices = self._near[route[-1]].intersection(layers[len(route)])
        for node in sorted(choices.difference(route)):
            yield from self._walk([*route, node], layers)
