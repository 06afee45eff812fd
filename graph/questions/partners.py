"""Who is whose partner: the cities and bodies that a tie joins, neither proposed nor ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.claims import PARTNERS, TIE_KINDS, Tie
from graph.nodes import kind_of
from graph.questions.ground import Ground, of_kind
from graph.values import Status

if TYPE_CHECKING:
    from collections.abc import Collection

_NONE = frozenset({Status.PROPOSED, Status.ENDED})
_AT_ONCE = 500
"""Nodes whose ties are read in one step of the budget."""


def lasts(tie: Tie) -> bool:
    """Whether a claim says that a tie is more than proposed, and not that it ended."""
    return tie.status not in _NONE


class Partners:
    """A cache over one ground: the partners of cities and bodies."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._found: dict[str, dict[str, list[Tie]]] = {}

    def of(self, nodes: Collection[str]) -> dict[str, dict[str, list[Tie]]]:
        """The partners of each of these by id, and the claims that say so; empty if it has none."""
        unread = [one for one in nodes if one not in self._found]
        for start in range(0, len(unread), _AT_ONCE):
            self._read(unread[start : start + _AT_ONCE])
        return {one: self._found[one] for one in nodes}

    def _read(self, nodes: Collection[str]) -> None:
        self._ground.view.budget.check()
        self._ground.at(nodes, *sorted(TIE_KINDS))
        for node in nodes:
            found: dict[str, list[Tie]] = {}
            for claim in of_kind(self._ground.at((node,), *sorted(TIE_KINDS)), Tie):
                other = claim.other(node)
                if kind_of(other) in PARTNERS and other != node and lasts(claim):
                    found.setdefault(other, []).append(claim)
            self._found[node] = dict(sorted(found.items()))

    def tied(self, node: str) -> set[str]:
        """All that a tie of any status joins with this."""
        claims = self._ground.at((node,), *sorted(TIE_KINDS))
        return {claim.other(node) for claim in claims}
