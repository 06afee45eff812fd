"""Which descriptions mean one node.

Two described ids of one kind, sources and deals excepted, are one node if they share a
well-known identifier or a SAME_AS claim joins them, near or far, unless a DIFFERENT_FROM
claim keeps the two apart. The least described id of a group stays, the others lead to it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.claims import IDENTITY_KINDS, Claim, Describes
from graph.nodes import keys_of, kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graph.ledger import Ledger
    from graph.statements import Statement

Pair = tuple[str, str]


@dataclass(frozen=True)
class Identity:
    """The outcome for a closed group of stated ids."""

    descriptions: Mapping[str, Sequence[Describes]]
    """The descriptions of each node to fold, by the id it has from now on."""
    canonical: Mapping[str, str]
    """The current id of each stated id that is still described."""
    moves: Mapping[str, str]
    """Those of `canonical` that led elsewhere before."""
    fresh: frozenset[str]
    """Current ids that no node had before."""
    gone: frozenset[str]
    """Ids of nodes that are no more."""


def settle(ledger: Ledger, touched: Collection[str], new: Sequence[Statement]) -> Identity:
    """Work out the nodes of all touched stated ids and of all they hang together with."""
    told, bonds, before = _closure(ledger, touched, new)
    found = groups(told, bonds)
    canonical = {member: min(group) for group in found for member in group}
    descriptions = {
        min(group): [claim for member in sorted(group) for claim in told[member]] for group in found
    }
    old_ids = set(before.values())
    moves = {s: c for s, c in canonical.items() if s in before and before[s] != c}
    return Identity(
        descriptions=descriptions,
        canonical=canonical,
        moves=moves,
        fresh=frozenset(descriptions.keys() - old_ids),
        gone=frozenset(old_ids - descriptions.keys()),
    )


_Closed = tuple[dict[str, list[Describes]], list[Claim], dict[str, str]]


def _closure(ledger: Ledger, touched: Collection[str], new: Sequence[Statement]) -> _Closed:
    """Descriptions and bonds of all that hangs together, and the current id of each before."""
    fresh = _Given(new)
    told: dict[str, list[Describes]] = {}
    bonds: dict[str, Claim] = {}
    before: dict[str, str] = {}
    pending = set(touched)
    while pending:
        held = ledger.holders(pending)  # of an id that nothing answers to nothing is stored
        found = _descriptions(ledger, pending, held.keys(), fresh)
        told.update(found)
        ties = [*ledger.identities(held.keys()), *fresh.bonds(pending)]
        bonds.update({claim.id: claim for claim in ties})
        keys = {key for stated, claims in found.items() for key in _keys(stated, claims)}
        reached = {end for claim in ties for end in claim.stated_ends} | fresh.sharing(keys)
        nodes = {node for nodes in held.values() for node in nodes}
        members = ledger.members(nodes | _current_ids(ledger, reached - pending, keys))
        before.update({stated: node for node, group in members.items() for stated in group})
        reached.update(*members.values())
        pending = reached - told.keys()
    return (
        {stated: claims for stated, claims in told.items() if claims},
        list(bonds.values()),
        before,
    )


class _Given:
    """The new descriptions and identity claims, by what they are looked up by.

    Most describe what stays as it is, and are never read out of their text.
    """

    def __init__(self, new: Sequence[Statement]) -> None:
        self._told: dict[str, list[Statement]] = defaultdict(list)
        self._holders: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._bonds: dict[str, list[Claim]] = defaultdict(list)
        for one in new:
            if one.kind == "DESCRIBES":
                stated = one.ends[1]
                self._told[stated].append(one)
                for key in _within(stated, keys_of(one.node["identifiers"])):
                    self._holders[key].add(stated)
            elif one.kind in IDENTITY_KINDS:
                for end in one.ends:
                    self._bonds[end].append(one.claim)

    def told(self, stated: str) -> list[Any]:
        return [one.claim for one in self._told.get(stated, ())]

    def bonds(self, stated: Iterable[str]) -> list[Claim]:
        return [claim for end in stated for claim in self._bonds.get(end, ())]

    def sharing(self, keys: Iterable[tuple[str, str]]) -> set[str]:
        return {stated for key in keys for stated in self._holders.get(key, ())}


def _descriptions(
    ledger: Ledger, stated: Collection[str], held: Collection[str], fresh: _Given
) -> dict[str, list[Describes]]:
    told: dict[str, list[Describes]] = {one: fresh.told(one) for one in stated}
    for claim in ledger.descriptions(held):
        told[claim.stated_ends[1]].append(claim)
    return told


def _current_ids(
    ledger: Ledger, stated: Collection[str], keys: Collection[tuple[str, str]]
) -> set[str]:
    """The nodes that answer to these stated ids, or to these identifiers within their kind."""
    held = ledger.holders({*stated, *(key for _, key in keys)})
    found = {node for one in stated for node in held.get(one, ())}
    return found | {n for kind, key in keys for n in held.get(key, ()) if kind_of(n) == kind}


def _keys(stated: str, told: Iterable[Describes]) -> set[tuple[str, str]]:
    """By what a stated id may be one with others: its kind and each identifier.

    Sources and deals are never one, whatever they share: each has the id its record gave.
    """
    return _within(stated, (key for claim in told for key in claim.node.keys))


def _within(stated: str, keys: Iterable[str]) -> set[tuple[str, str]]:
    kind = kind_of(stated)
    return set() if kind in {"Source", "Deal"} else {(kind, key) for key in keys}


def groups(told: Mapping[str, Iterable[Describes]], bonds: Iterable[Claim]) -> list[set[str]]:
    """The stated ids that mean one node each, of these described ones and their bonds.

    A DIFFERENT_FROM wins over whatever would join the two, however many steps away. Where it
    parts a chain, shared identifiers join before SAME_AS claims do, and lesser ids first.
    """
    bonds = list(bonds)
    ends = [bond.stated_ends for bond in bonds if bond.kind == "SAME_AS"]
    same = [pair for pair in ends if told.keys() >= set(pair)]
    shared = _sharing(told)
    graph: nx.Graph[str] = nx.Graph(same)
    for group in shared:  # a path hangs them together; all pairs of thousands would not fit
        nx.add_path(graph, group)
    alone = [{stated} for stated in told if stated not in graph]
    parted = {bond.stated_ends for bond in bonds if bond.kind == "DIFFERENT_FROM"}
    joined = [
        part
        for whole in nx.connected_components(graph)
        for part in _split(whole, parted, shared, same)
    ]
    return alone + joined


def _sharing(told: Mapping[str, Iterable[Describes]]) -> list[list[str]]:
    """The stated ids behind each identifier that several have, in order."""
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for stated, claims in told.items():
        for key in _keys(stated, claims):
            holders[key].add(stated)
    return [sorted(group) for group in holders.values() if len(group) > 1]


def _split(
    whole: set[str],
    parted: Iterable[Pair],
    shared: Iterable[Sequence[str]],
    same: Iterable[Pair],
) -> list[set[str]]:
    """The parts of what hangs together once every parted pair is apart."""
    kept = [pair for pair in parted if whole.issuperset(pair)]
    if not kept:
        return [whole]
    parts = {member: {member} for member in whole}
    by_identifier = {p for g in shared if g[0] in whole for p in combinations(g, 2)}
    by_claim = {(min(pair), max(pair)) for pair in same if pair[0] in whole}
    for one, other in (*sorted(by_identifier), *sorted(by_claim)):
        joined = parts[one] | parts[other] if parts[one] is not parts[other] else set()
        if joined and not any(joined.issuperset(pair) for pair in kept):
            parts.update(dict.fromkeys(joined, joined))
    return list({min(part): part for part in parts.values()}.values())
