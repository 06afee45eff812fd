"""How lists overlap: places and ties counted once, whatever their sources call them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph.claims import IDENTITY_KINDS, TIE_KINDS, Describes
from graph.identity import groups
from graph.nodes import kind_of
from graph.store import walk_claims
from graph.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.claims import Claim
    from graph.store import View
    from ingest.records import Record


class Merged(Frozen):
    """Counts over several sources as if they were one: nodes, places, ties.

    `nodes` counts every kind but Source. A tie is a pair of nodes here, of whatever kind and
    date; `in_several` are told by several sources; `self_ties` join a place with itself once
    its names are merged, and are among the ties.
    """

    nodes: int
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
    kinds = Counter(kind_of(node) for node in set(first.values()))
    pairs = ((first[c.from_], first[c.to], c.source) for c in claims if c.kind in TIE_KINDS)
    return _counted(kinds, pairs)


def merged_in(view: View) -> Merged:
    """Count what all sources of a store say together."""
    ties = (claim for kind in sorted(TIE_KINDS) for claim in walk_claims(view, kind))
    return _counted(view.counts().nodes, ((c.from_, c.to, c.source) for c in ties))


def _counted(kinds: Mapping[str, int], ties: Iterable[tuple[str, str, str]]) -> Merged:
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, other, source in ties:
        told[min(one, other), max(one, other)].add(source)
    return Merged(
        nodes=sum(number for kind, number in kinds.items() if kind != "Source"),
        places=kinds.get("City", 0),
        ties=len(told),
        in_several=sum(len(sources) > 1 for sources in told.values()),
        self_ties=sum(one == other for one, other in told),
    )


def _first(claims: Iterable[Claim]) -> dict[str, str]:
    """The least id of each described id's group, as the store will choose it."""
    told: dict[str, list[Describes]] = defaultdict(list)
    bonds = []
    for claim in claims:
        if isinstance(claim, Describes):
            told[claim.to].append(claim)
        elif claim.kind in IDENTITY_KINDS:
            bonds.append(claim)
    return {member: min(group) for group in groups(told, bonds) for member in group}
