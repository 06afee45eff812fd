"""What the nodes of a scene have signed for: contracts in one currency, each counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.nodes import Deal, kind_of
from graph.questions.sums import read_deals, sum_up
from graph.values import Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from decimal import Decimal

    from graph.questions.scene_reading import Reading


def currencies(reading: Reading, nodes: Collection[str]) -> tuple[str, ...]:
    """The currencies of the contracts at these nodes, in order; none if there are none."""
    found = {deal.currency for one in nodes for deal in _contracts(reading, one)}
    return tuple(sorted(one for one in found if one))


def worth(reading: Reading, nodes: Collection[str], currency: str) -> dict[str, Decimal]:
    """The sum of the contracts at each node in a currency, for those that have any.

    Contracts are those that a firm sold, a partner bought, that were made in a place or on an
    occasion, and that the filters let through; sums are those of `graph.questions.sums`.
    """
    by_node = {
        one: [deal for deal in _contracts(reading, one) if deal.currency == currency]
        for one in nodes
    }
    if found := {deal.id for deals in by_node.values() for deal in deals}:
        read_deals(reading.ground, found)
    return {
        one: line.amount
        for one, deals in by_node.items()
        if deals
        for line in sum_up(reading.ground, deals)[0]
    }


def _contracts(reading: Reading, node: str) -> Iterable[Deal]:
    """The contracts with an amount at a node, or the node itself."""
    ids = {node} if kind_of(node) == "Deal" else _deals_at(reading, node)
    for deal in reading.ground.nodes(ids).values():
        if isinstance(deal, Deal) and deal.stage is Stage.CONTRACT and deal.amount is not None:
            yield deal


def _deals_at(reading: Reading, node: str) -> set[str]:
    return {
        end
        for ways in reading.neighbours(node, filtered=True).values()
        for way in ways
        for claim in way
        for end in (claim.from_, claim.to)
        if kind_of(end) == "Deal"
    }
