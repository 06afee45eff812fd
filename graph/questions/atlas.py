"""Where the nodes of a scene lie, and which lines on a map their claims make.

A city lies where its coordinates say; a firm, body or event in the city of its seat. A mission
or a deal has no place of its own: it joins who sent, sold or took part with whom and what was
visited, who hosted or bought, and where it was made.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from graph.claims import TIE_KINDS
from graph.nodes import City, kind_of
from graph.questions.answers import Answer, Ref
from graph.questions.ground import Ground
from graph.questions.sieve import let_through
from graph.store import walk_claims
from graph.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from graph.claims import Claim
    from graph.questions.scene import Filters
    from graph.store import View

_JOINING = frozenset({"Mission", "Deal"})
_NOWHERE = _JOINING | {"Programme", "Country"}
_GOING = frozenset({"SENT", "SOLD", "PARTICIPATED_IN"})
_RECEIVING = ("VISITED", "BOUGHT", "IN_PLACE", "HOSTED")
"""A line is of the first of these kinds that makes it."""


class Place(Frozen):
    """A city with coordinates in degrees; `holds` are the nodes of the scene that lie there."""

    city: Ref
    latitude: float
    longitude: float
    holds: tuple[str, ...]


class Arc(Frozen):
    """A line between two places; `things` are the claims, missions or deals that make it."""

    start: str
    end: str
    kind: str
    things: tuple[str, ...]


class AtlasAnswer(Answer):
    """The map of a scene; `unplaced` are its nodes of which no source tells where they lie."""

    places: tuple[Place, ...]
    arcs: tuple[Arc, ...]
    unplaced: tuple[Ref, ...]


class WorldAnswer(Answer):
    """All ties of the store between two places: longitudes and latitudes, and pairs of places."""

    places: tuple[tuple[float, float], ...]
    ties: tuple[tuple[int, int], ...]
    unplaced: int


def atlas(view: View, nodes: Collection[str], claims: Sequence[Claim]) -> AtlasAnswer:
    """The map of these nodes and of the claims among them; empty if none has a place."""
    ground = Ground(view)
    seats = _seats(ground, nodes)
    cities = ground.nodes({city for found in seats.values() for city in found})
    known = {one: node for one, node in cities.items() if _is_placed(node)}
    at = {one: sorted(found & known.keys()) for one, found in seats.items()}
    holds: dict[str, list[str]] = defaultdict(list)
    for one in sorted(at):
        for city in at[one]:
            holds[city].append(one)
    refs = ground.refs({*holds, *nodes})
    return AtlasAnswer(
        places=tuple(
            Place(
                city=refs[city],
                latitude=node.latitude,
                longitude=node.longitude,
                holds=tuple(holds[city]),
            )
            for city in sorted(holds)
            if isinstance(node := known[city], City)
            and node.latitude is not None
            and node.longitude is not None
        ),
        arcs=_arcs(claims, at),
        unplaced=tuple(
            refs[one] for one in sorted(set(nodes)) if not at[one] and kind_of(one) not in _NOWHERE
        ),
        dataset_version=view.version(),
    )


def world(view: View, filters: Filters) -> WorldAnswer:
    """All ties between cities with coordinates that filters let through; each pair once."""
    told = [claim for kind in sorted(TIE_KINDS) for claim in walk_claims(view, kind)]
    kept_claims = let_through(Ground(view), filters, told)
    pairs = sorted({(c.from_, c.to) for c in kept_claims if c.from_ != c.to})
    cities = {
        one: node
        for one, node in view.get({end for pair in pairs for end in pair}).items()
        if isinstance(node, City) and _is_placed(node)
    }
    kept = [pair for pair in pairs if pair[0] in cities and pair[1] in cities]
    numbers = {one: n for n, one in enumerate(sorted({end for pair in kept for end in pair}))}
    return WorldAnswer(
        places=tuple(
            (round(cities[one].longitude or 0, 1), round(cities[one].latitude or 0, 1))
            for one in numbers
        ),
        ties=tuple((numbers[one], numbers[other]) for one, other in kept),
        unplaced=len(pairs) - len(kept),
        dataset_version=view.version(),
    )


def _is_placed(node: object) -> bool:
    return isinstance(node, City) and node.latitude is not None and node.longitude is not None


def _seats(ground: Ground, nodes: Collection[str]) -> dict[str, set[str]]:
    """For each node the cities where it lies; none for what has no place of its own."""
    seated = ground.out((one for one in nodes if kind_of(one) != "City"), "LOCATED_IN")
    seats: dict[str, set[str]] = {one: {one} if kind_of(one) == "City" else set() for one in nodes}
    for claim in seated:
        seats[claim.from_].add(claim.to)
    return seats


def _arcs(claims: Sequence[Claim], at: dict[str, list[str]]) -> tuple[Arc, ...]:
    """The lines between different places, by start, end and kind."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for start, end, kind, thing in (*_direct(claims, at), *_joined(claims, at)):
        if start != end:
            undirected = kind in TIE_KINDS and end < start
            found[(end, start, kind) if undirected else (start, end, kind)].add(thing)
    return tuple(
        Arc(start=start, end=end, kind=kind, things=tuple(sorted(found[start, end, kind])))
        for start, end, kind in sorted(found)
    )


def _direct(
    claims: Iterable[Claim], at: dict[str, list[str]]
) -> Iterator[tuple[str, str, str, str]]:
    """The claims between two nodes that each have a place."""
    for claim in claims:
        if claim.kind != "LOCATED_IN":
            for start, end in product(at.get(claim.from_, ()), at.get(claim.to, ())):
                yield start, end, claim.kind, claim.id


def _joined(
    claims: Iterable[Claim], at: dict[str, list[str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Who went and where they were received, joined by a mission or deal."""
    going: dict[str, set[str]] = defaultdict(set)
    receiving: dict[str, dict[str, str]] = defaultdict(dict)
    for claim in sorted(claims, key=_last_kind_first):
        for thing, other in ((claim.to, claim.from_), (claim.from_, claim.to)):
            if kind_of(thing) in _JOINING:
                if claim.kind in _GOING:
                    going[thing].update(at.get(other, ()))
                elif claim.kind in _RECEIVING:
                    receiving[thing].update((city, claim.kind) for city in at.get(other, ()))
    for thing in sorted(going):
        for start, (end, kind) in product(sorted(going[thing]), receiving[thing].items()):
            yield start, end, kind, thing


def _last_kind_first(claim: Claim) -> int:
    return -_RECEIVING.index(claim.kind) if claim.kind in _RECEIVING else 0
