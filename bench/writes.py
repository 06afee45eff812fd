"""What the columns write once the reads are done: one source more, of a thousand cities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.telling import LISTED
from graph.claims import Claim, Describes, Twinned
from graph.nodes import Firm, Source
from graph.values import SourceKind, Status

if TYPE_CHECKING:
    from bench.world import World
    from graph.nodes import Node

CITIES, ONE_BY_ONE, CLAIMS, NODES = 1_000, 60, 10_000, 5_000


@dataclass(frozen=True)
class Writes:
    """The claims to write, in this order."""

    ground: list[Claim]
    """Descriptions of the source and its cities, written untimed."""
    single: list[Claim]
    """Written one by one, each durable before the next."""
    claims: list[Claim]
    """Written in one batch; written once more with as many new ones beside them."""
    more: list[Claim]
    nodes: list[Claim]
    """Descriptions, half of firms that are there, half of new ones; one batch."""


def writes(world: World) -> Writes:
    """What to write; all of it new to the world."""
    source = Source(
        id="source:z0000", source_kind=SourceKind.DATASET, title="One more", published=LISTED
    )
    rng = world.rng("writes")
    number = min(CITIES, world.shape.cities)
    cities = [world.city_node(c) for c in rng.sample(range(world.shape.cities), number)]
    ground = [_told(source, node) for node in (source, *cities)]
    pairs: dict[str, Claim] = {}
    while len(pairs) < ONE_BY_ONE + 2 * CLAIMS:
        one, other = rng.sample(cities, 2)
        tie = Twinned(from_=one.id, to=other.id, source=source.id, status=Status.SIGNED)
        pairs[tie.id] = tie
    ties = list(pairs.values())
    firms = rng.sample(range(world.shape.firms), min(NODES, world.shape.firms) // 2)
    nodes: list[Node] = [world.firm_node(firm) for firm in firms]
    nodes += [
        Firm(id=f"firm:z{n:06d}", names={"ko": f"새{n % 97}전자", "en": f"New {n} Co"})
        for n in range(NODES - len(nodes))
    ]
    return Writes(
        ground=ground,
        single=ties[:ONE_BY_ONE],
        claims=ties[ONE_BY_ONE : ONE_BY_ONE + CLAIMS],
        more=ties[ONE_BY_ONE + CLAIMS :],
        nodes=[_told(source, node) for node in nodes],
    )


def _told(source: Source, node: Node) -> Claim:
    return Describes(from_=source.id, to=node.id, source=source.id, node=node)
