"""The claims that one question has read, by the node on which they hang."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.claims import CLAIM_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from graph.claims import Claim
    from graph.following import Direction
    from graph.store import View


class _Shelf:
    """The claims of one kind at one end of nodes: of which nodes, and what hangs on each."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.told: dict[str, list[Claim]] = {}


class Shelves:
    """Claims by kind, end and node, each read once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._kept: defaultdict[tuple[str, str], _Shelf] = defaultdict(_Shelf)
        self._chosen: dict[tuple[tuple[str, ...], Direction], tuple[_Shelf, ...]] = {}

    def read(self, ids: Iterable[str], kinds: tuple[str, ...], way: Direction) -> list[Claim]:
        """The claims of these kinds at these nodes, in the order of their ids."""
        self._view.budget.check()  # what is here already costs time too
        wanted = set(ids)
        if not wanted:
            return []
        shelves = self._chosen_for(kinds, way)
        if not all(wanted <= shelf.known for shelf in shelves):
            self._fetch(wanted, kinds, way)
        filled = [shelf.told for shelf in shelves if shelf.told]
        lists = [told[one] for told in filled for one in told.keys() & wanted]
        if len(lists) == 1:
            return list(lists[0])
        found = {claim.id: claim for told in lists for claim in told}
        return [found[key] for key in sorted(found)]

    def holds(self, one: str, kinds: tuple[str, ...]) -> bool:
        """Whether all claims of these kinds at a node stand here already."""
        return all(one in shelf.known for shelf in self._chosen_for(kinds, "both"))

    def _chosen_for(self, kinds: tuple[str, ...], way: Direction) -> tuple[_Shelf, ...]:
        """Where the claims of these kinds stand; an undirected kind has one shelf for all ways."""
        found = self._chosen.get((kinds, way))
        if found is None:
            ways: tuple[Direction, ...] = ("out", "in") if way == "both" else (way,)
            keys = [
                (kind, one)
                for kind in kinds
                for one in (ways if CLAIM_CLASSES[kind].directed else ("both",))
            ]
            found = tuple(self._kept[key] for key in keys)
            self._chosen[kinds, way] = found
        return found

    def _fetch(self, wanted: set[str], kinds: tuple[str, ...], way: Direction) -> None:
        """Put on the shelves what lies at these ids, unless it stands there."""
        unread = set().union(*(wanted - shelf.known for shelf in self._chosen_for(kinds, way)))
        self.put(unread, self._view.expand(sorted(unread), kinds, way), kinds, way)

    def put(
        self, at: Set[str], claims: Iterable[Claim], kinds: tuple[str, ...], way: Direction
    ) -> None:
        """Put there all claims of these kinds at these ids, unless they stand there already."""
        fresh = {shelf: at - shelf.known for shelf in self._chosen_for(kinds, way)}
        for claim in claims:
            for one, end in _ends(claim, way):
                shelf = self._kept[claim.kind, one]
                if end in fresh[shelf]:
                    shelf.told.setdefault(end, []).append(claim)
        for shelf in fresh:
            shelf.known |= at


def _ends(claim: Claim, way: Direction) -> tuple[tuple[str, str], ...]:
    """At which nodes a claim hangs, and which way it is read from each."""
    if not claim.directed:
        ends = (("both", claim.from_), ("both", claim.to))
        return ends[:1] if claim.from_ == claim.to else ends
    if way == "both":
        return ("out", claim.from_), ("in", claim.to)
    return ((way, claim.from_ if way == "out" else claim.to),)
