"""The shortest path of a scene: one that its filters let through, if there is any."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from graph.claims import PATH_KINDS
from graph.paths import shortest
from graph.questions.when import years_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from graph.claims import Claim
    from graph.questions.scene_reading import Reading

MAX_PATH = 4
Route = tuple[str, ...]


def route_of(reading: Reading, start: str, goal: str) -> tuple[Route, bool]:
    """The shortest path under the filters, none if there is none; then whether they hide one."""
    kinds = sorted(PATH_KINDS)
    found = reading.ground.view.paths(start, goal, kinds, MAX_PATH, 1)
    if not found.routes:
        return (), False
    passing = _Passing(reading, {start, goal})
    if passing.lets(found.routes[0]):
        return found.routes[0], False
    budget = reading.ground.view.budget
    kept = shortest(passing.adjacent, start, goal, MAX_PATH, 1, budget)
    return (kept.routes[0], False) if kept.routes else ((), True)


class _Passing:
    """Which steps from node to node the filters let through; the two ends are always let."""

    def __init__(self, reading: Reading, ends: Collection[str]) -> None:
        self._reading, self._ends = reading, ends
        self._kinds = sorted(PATH_KINDS - reading.filters.without)

    def lets(self, route: Sequence[str]) -> bool:
        """Whether a path passes."""
        near = self.adjacent(route[:-1])
        return all(far in near[one] for one, far in pairwise(route))

    def adjacent(self, nodes: Collection[str]) -> Mapping[str, frozenset[str]]:
        """For each node those that a step leads to."""
        claims = self._reading.ground.at(nodes, *self._kinds)
        self._reading.years |= years_of(self._reading.ground, claims)
        near: dict[str, set[str]] = {one: set() for one in nodes}
        for claim in filter(self._lets_claim, claims):
            for one, other in ((claim.from_, claim.to), (claim.to, claim.from_)):
                if one in near and self._lets_node(other):
                    near[one].add(other)
        return {one: frozenset(found) for one, found in near.items()}

    def _lets_claim(self, claim: Claim) -> bool:
        return self._reading.lets(claim)

    def _lets_node(self, node: str) -> bool:
        return node in self._ends or self._reading.filters.lets_node(node)
