"""The k shortest paths, over nothing but which nodes lie next to which.

Walks of each length are laid out in layers from both ends, the smaller frontier first;
where the layers meet, the node sequences without repeats are read off in the order of
their ids. So hubs are never cut, and every sequence of a length is considered before a
longer one. Read off by worth, those over nodes with few neighbours come first.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import islice
from math import prod
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from graph.errors import BudgetSpent
from graph.store import Paths

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from graph.budget import Budget

    Adjacent = Callable[[Collection[str]], Mapping[str, frozenset[str]]]

SEARCHING = 0.8
"""The share of a question's time that a search may take; the rest is to tell what it found."""
N = TypeVar("N", bound="int | str")
_NEVER_ON_THE_WAY = ("country:", "source:")


class Steps(Protocol[N]):
    """What a search needs of a store, which may know its nodes by another key than the id."""

    def adjacent(self, nodes: Collection[N]) -> Mapping[N, AbstractSet[N]]:
        """For each node those one claim away, either way; those without any may be left out."""

    def between(self, nodes: Collection[N], others: AbstractSet[N]) -> Mapping[N, AbstractSet[N]]:
        """For each node those of the others that lie one claim away; without any: left out."""

    def ids(self, nodes: Collection[N]) -> Mapping[N, str]:
        """The id of each node."""


class IdSteps:
    """The steps of a store that knows its nodes by their ids; each is asked about once."""

    def __init__(self, adjacent: Adjacent) -> None:
        self._ask = adjacent
        self._near: dict[str, frozenset[str]] = {}

    def adjacent(self, nodes: Collection[str]) -> Mapping[str, frozenset[str]]:
        """For each node those one claim away."""
        unread = [node for node in nodes if node not in self._near]
        if unread:
            near = self._ask(unread)
            self._near.update((node, near.get(node, frozenset())) for node in unread)
        return {node: self._near[node] for node in nodes}

    def between(
        self, nodes: Collection[str], others: AbstractSet[str]
    ) -> Mapping[str, frozenset[str]]:
        """For each node those of the others that lie one claim away."""
        near = self.adjacent(nodes).items()
        return {node: found & others for node, found in near if not found.isdisjoint(others)}

    def ids(self, nodes: Collection[str]) -> Mapping[str, str]:
        """Each is its own id."""
        return {node: node for node in nodes}


def shortest(
    adjacent: Adjacent, start: str, goal: str, max_hops: int, k: int, budget: Budget
) -> Paths:
    """The first k node sequences from start to goal, by length, then by ids.

    Never through a Country or a Source on the way. `complete` is False if the budget
    ran out after some were found; BudgetSpent if none was.
    """
    return shortest_by(IdSteps(adjacent), start, goal, max_hops, k, budget)


def shortest_by(steps: Steps[N], start: N, goal: N, max_hops: int, k: int, budget: Budget) -> Paths:
    """The same, by the steps of a store that has keys of its own for nodes."""
    layers = _Layers(steps, start, goal, budget)
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
    layers = _WorthLayers(IdSteps(adjacent), start, goal, budget)
    found = _first(layers.worthiest, layers, max_hops, k)
    between = {node for route in found.routes for node in route[1:-1]}
    return found, {node: layers.share(node) for node in sorted(between)}


def _first(
    routes: Callable[[int], Iterator[tuple[N, ...]]], layers: _Layers[N], max_hops: int, k: int
) -> Paths:
    """The first k of the sequences of each length, the shortest lengths first."""
    if layers.start == layers.goal:
        return Paths((layers.told((layers.start,)),), True)
    found: list[tuple[N, ...]] = []
    complete = True
    try:
        for length in range(1, max_hops + 1):
            found.extend(islice(routes(length), k - len(found)))
            if len(found) == k or layers.exhausted:
                break
    except BudgetSpent:
        if not found:
            raise
        complete = False
    return Paths(tuple(map(layers.told, found)), complete)


class _Layers(Generic[N]):
    """The nodes that walks of each length reach from the start and from the goal."""

    def __init__(self, steps: Steps[N], start: N, goal: N, budget: Budget) -> None:
        self._steps, self._budget = steps, budget
        self.start, self.goal = start, goal
        self._near: dict[N, AbstractSet[N]] = {}
        self._ids: dict[N, str] = dict(steps.ids((start, goal)))
        self._ahead: list[set[N]] = [{start}]
        self._behind: list[set[N]] = [{goal}]

    def told(self, route: Iterable[N]) -> tuple[str, ...]:
        """A route as ids."""
        return tuple(self._ids[node] for node in route)

    @property
    def exhausted(self) -> bool:
        """Whether no longer walk can exist: one side has nothing left to grow from."""
        return not self._ahead[-1] or not self._behind[-1]

    def routes(self, length: int) -> Iterator[tuple[N, ...]]:
        """All node sequences of exactly this length without repeats, in order of ids."""
        bridge = self._grown(length)
        if bridge:
            yield from self._walk([self.start], self._allowed(bridge), bridge)

    def _grown(self, length: int) -> dict[N, set[N]]:
        """The bridge of walks of this length, the layers grown as far as needed; empty if none."""
        while len(self._ahead) + len(self._behind) - 1 < length and not self.exhausted:
            self._grow()
        grown = len(self._ahead) + len(self._behind) - 1 >= length
        return self._bridge() if grown else {}

    def _grow(self) -> None:
        forward = len(self._ahead[-1]) <= len(self._behind[-1])
        layers, end = (self._ahead, self.goal) if forward else (self._behind, self.start)
        origin = self.start if forward else self.goal
        frontier = self._passable(layers[-1]) - {end}
        self._fetch(frontier)
        reached: set[N] = set().union(*(self._near[node] for node in frontier))
        layers.append(reached - {origin})

    def _bridge(self) -> dict[N, set[N]]:
        """The steps from the last layer ahead to the last behind, both ends of which may be passed.

        The store compares the two: what of a hub leads nowhere is never handed over.
        """
        self._budget.check()
        ahead, behind = self._ahead[-1], self._behind[-1]
        forward = len(ahead) <= len(behind)
        found = self._steps.between(*((ahead, behind) if forward else (behind, ahead)))
        pairs = [(one, other) for one, others in found.items() for other in others]
        passable = self._passable({end for pair in pairs for end in pair})
        bridge: dict[N, set[N]] = {}
        for one, other in pairs:
            first, second = (one, other) if forward else (other, one)
            if first in passable and second in passable:
                bridge.setdefault(first, set()).add(second)
        return bridge

    def _passable(self, nodes: Collection[N]) -> set[N]:
        """Those that may lie on the way, or are its ends."""
        self._name(nodes)
        ends = (self.start, self.goal)
        return {
            node
            for node in nodes
            if node in ends or not self._ids[node].startswith(_NEVER_ON_THE_WAY)
        }

    def _name(self, nodes: Collection[N]) -> None:
        unknown = [node for node in nodes if node not in self._ids]
        if unknown:
            self._ids.update(self._steps.ids(unknown))

    def _fetch(self, nodes: Collection[N]) -> None:
        self._budget.check()
        unknown = [node for node in nodes if node not in self._near]
        if unknown:
            near = self._steps.adjacent(unknown)
            self._near.update((node, near.get(node, frozenset())) for node in unknown)

    def _allowed(self, bridge: Mapping[N, set[N]]) -> Sequence[Collection[N]]:
        """For each step the nodes that lie on a walk over the bridge from start to goal."""
        before: list[set[N]] = [set(bridge)]
        for layer in reversed(self._ahead[:-1]):
            before.append(self._joining(layer, before[-1]))
        after: list[set[N]] = [set().union(*bridge.values())]
        for layer in reversed(self._behind[:-1]):
            after.append(self._joining(layer, after[-1]))
        return [*reversed(before), *after]

    def _joining(self, layer: Collection[N], near: set[N]) -> set[N]:
        """Those of a layer that have been passed and have a neighbour in the next."""
        kept = self._passable(layer)
        self._fetch(kept)
        return {node for node in kept if not near.isdisjoint(self._near[node])}

    def _walk(
        self, route: list[N], layers: Sequence[Collection[N]], bridge: Mapping[N, set[N]]
    ) -> Iterator[tuple[N, ...]]:
        self._budget.check()
        if len(route) == len(layers):
            yield tuple(route)
            return
        for node in self._choices(route, layers[len(route)], bridge):
            yield from self._walk([*route, node], layers, bridge)

    def _choices(self, route: list[N], layer: Collection[N], bridge: Mapping[N, set[N]]) -> list[N]:
        """Where a route may go on, by id."""
        last, crossing = route[-1], len(self._ahead)
        if len(route) < crossing:
            near: AbstractSet[N] = self._near[last]
        elif len(route) == crossing:
            near = bridge[last]
        else:
            near = {node for node in layer if last in self._near[node]}
        return sorted((near & set(layer)) - set(route), key=self._ids.__getitem__)


class _WorthLayers(_Layers[str]):
    """The same, read off by worth."""

    def worthiest(self, length: int) -> Iterator[tuple[str, ...]]:
        """Those of the least product of shares first, then in order of ids.

        Sequences are grown where they may still become the best: what is left of each cannot
        cost less than the cheapest walk through the layers, repeats included.
        """
        bridge = self._grown(length)
        if not bridge:
            return
        layers = self._allowed(bridge)
        cheapest = self._cheapest(layers)
        open_: list[tuple[int, tuple[str, ...]]] = [(cheapest[0][self.start], (self.start,))]
        while open_:
            self._budget.check()
            _, route = heappop(open_)
            if len(route) == len(layers):
                yield route
                continue
            spent, ahead = prod(map(self.share, route[1:])), cheapest[len(route)]
            for node in (self._near[route[-1]] & ahead.keys()) - set(route):
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
