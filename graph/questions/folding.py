"""Results as lines: from who sold to who bought, else to where or on what occasion it was made."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from graph.questions.scene_answer import Folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from graph.claims import Claim
    from graph.questions.scene_reading import Reading

RECEIVING = ("BOUGHT", "IN_PLACE", "MADE_AT")
"""What a line of a result leads to: to all of the first of these that is on record."""
End = tuple[str, "Claim"]
"""A node, and the claim that makes it an end of a result."""


@dataclass(frozen=True)
class Ends:
    """Who sold a result, and what received it, by the relation."""

    sellers: list[End] = field(default_factory=list)
    receivers: dict[str, list[End]] = field(default_factory=lambda: defaultdict(list))

    def receiving(self, among: Collection[str] | None = None) -> list[End]:
        """The ends of the first relation that has any, of these nodes only if they are given."""
        for kind in RECEIVING:
            found = [
                end for end in self.receivers.get(kind, ()) if among is None or end[0] in among
            ]
            if found:
                return found
        return []


def ends_of(deals: Collection[str], claims: Iterable[Claim]) -> dict[str, Ends]:
    """The ends of each of these results that the claims tell."""
    found = {one: Ends() for one in deals}
    for claim in claims:
        for deal, other in ((claim.to, claim.from_), (claim.from_, claim.to)):
            if deal in found:
                if claim.kind == "SOLD":
                    found[deal].sellers.append((other, claim))
                elif claim.kind in RECEIVING:
                    found[deal].receivers[claim.kind].append((other, claim))
    return found


def far_ends(ends: Ends, node: str) -> list[End]:
    """Who is at the other end of a result from a node; nobody if only one end is on record."""
    if any(seller == node for seller, _ in ends.sellers):
        return [end for end in ends.receiving() if end[0] != node]
    return [end for end in ends.sellers if end[0] != node]


def folded(reading: Reading, nodes: Collection[str]) -> tuple[Folded, ...]:
    """The lines between these nodes that stand for results which are none of them.

    Each result is on one line for each of its sellers and receivers in the scene.
    """
    if reading.filters.apart:
        return ()
    lines: dict[tuple[str, str], dict[str, dict[str, Claim]]] = defaultdict(dict)
    for deal in sorted(reading.deals.keys() - set(nodes)):
        ends = reading.deals[deal]
        sellers = [end for end in ends.sellers if end[0] in nodes]
        for (seller, sold), (other, told) in product(sellers, ends.receiving(nodes)):
            if seller != other and reading.lets_way((sold, told)):
                told_of = lines[seller, other].setdefault(deal, {})
                told_of |= {sold.id: sold, told.id: told}
    return tuple(
        Folded(
            seller=seller,
            other=other,
            deals=tuple(deals),
            claims=tuple(claim for told_of in deals.values() for claim in told_of.values()),
        )
        for (seller, other), deals in sorted(lines.items())
    )
