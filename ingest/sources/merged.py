"""How lists overlap: places and ties counted once, whatever their sources call them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import networkx as nx

from graph.claims import TIE_KINDS, Describes
from graph.nodes import kind_of
from graph.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.claims import Claim
    from ingest.records import Record


class Merged(Frozen):
    """Counts over several records as if they were one: places, ties, ties told by several.

    A tie is a pair of places here, of whatever kind and date; `self_ties` join a place with
    itself once its names are merged, and are among the ties.
    """

    places: int
    ties: int
    in_several: int
    self_ties: int


def merged(records: Sequence[Record]) -> Merged:
    """Count what several records say together, with their SAME_AS claims and identifiers.

    Decisions count if their record is among them, DIFFERENT_FROM like SAME_AS.
    """
    claims = [claim for record in records for claim in record.claims]
    first = _first(claims)
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.kind in TIE_KINDS and {kind_of(claim.from_), kind_of(claim.to)} == {"City"}:
            one, other = sorted((first[claim.from_], first[claim.to]))
            told[one, other].add(claim.source)
    return Merged(
        places=len({place for id_, place in first.items() if kind_of(id_) == "City"}),
        ties=len(told),
        in_several=sum(len(sources) > 1 for sources in told.values()),
        self_ties=sum(one == other for one, other in told),
    )


def _first(claims: Iterable[Claim]) -> dict[str, str]:
    """The least id of each place's group, as the store will choose it."""
    graph: nx.Graph[str] = nx.Graph()
    holders: dict[tuple[str, str], str] = {}
    apart = []
    for claim in claims:
        if isinstance(claim, Describes):
            graph.add_node(claim.to)
            for key in claim.node.keys:
                holder = holders.setdefault((kind_of(claim.to), key), claim.to)
                graph.add_edge(holder, claim.to)
        elif claim.kind == "SAME_AS":
            graph.add_edge(claim.from_, claim.to)
        elif claim.kind == "DIFFERENT_FROM":
            apart.append((claim.from_, claim.to))
    graph.remove_edges_from(apart)
    groups = (sorted(group) for group in nx.connected_components(graph))
    return {member: group[0] for group in groups for member in group}
