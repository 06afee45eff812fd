"""The k shortest paths, over nothing but the store's `adjacent`.

Walks of each length are laid out in layers from both ends, the smaller frontier first;
where the layers meet, the node sequences without repeats are read off in the order of
their ids. So hubs are never cut, and every sequence of a length is considered before a
longer one.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from graph.errors import BudgetSpent
from graph.store import Paths

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from graph.budget import Budget

    Adjacent = Callable[[Collection[str]], Mapping[str, frozenset[str]]]

_NEVER_ON_THE_WAY = ("country:", "source:")
_NONE: frozenset[str] = frozenset()


def shortest(
    adjacent: Adjacent, start: str, goal: str, max_hops: int, k: int, budget: Budget
) -> Paths:
    """The first k node sequences from start to goal, by length, then by ids.

    Never through a Country or a Source on the way. `complete` is False if the budget
    ran out after some were found; BudgetSpent if none was.
    """
    if start == goal:
        return Paths(((start,),), True)
    found: list[tuple[str, ...]] = []
    layers = _Layers(adjacent, start, goal, budget)
    try:
        for length in range(1, max_hops + 1):
            found.extend(islice(layers.routes(length), k - len(found)))
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
        self._start, self._goal = start, goal
        self._near: dict[str, frozenset[str]] = {}
        self._ahead = [{start}]
        self._behind = [{goal}]

    @property
    def exhausted(self) -> bool:
        """Whether no longer walk can exist: one side has nothing left to grow from."""
        return not self._ahead[-1] or not self._behind[-1]

    def routes(self, length: int) -> Iterator[tuple[str, ...]]:
        """All node sequences of exactly this length without repeats, in order of ids."""
        while len(self._ahead) + len(self._behind) - 2 < length and not self.exhausted:
            self._grow()
        if len(self._ahead) + len(self._behind) - 2 < length:
            return
        layers = self._allowed(length)
        if layers:
            yield from self._walk([self._start], layers)

    def _grow(self) -> None:
        forward = len(self._ahead[-1]) <= len(self._behind[-1])
        layers, end = (self._ahead, self._goal) if forward else (self._behind, self._start)
        origin = self._start if forward else self._goal
        frontier = {n for n in layers[-1] if n != end and self._passable(n)}
        self._fetch(frontier)
        reached = set().union(*(self._near[node] for node in frontier))
        layers.append(reached - {origin})

    def _passable(self, node: str) -> bool:
        return node in (self._start, self._goal) or not node.startswith(_NEVER_ON_THE_WAY)

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
