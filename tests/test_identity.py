"""Which described ids mean one node, held against a plain second telling."""

from __future__ import annotations

import tracemalloc
from itertools import combinations

from graph.claims import Claim, Describes, DifferentFrom, SameAs
from graph.identity import groups
from graph.nodes import City
from tests.random_graphs import seeded

SOURCE = "source:s"


def described(numbers: dict[str, list[str]]) -> dict[str, list[Describes]]:
    """Cities, each with an identifier for each of these."""
    schemes = ("wikidata", "geonames")
    nodes = [
        City(id=one, identifiers=dict(zip(schemes, told, strict=False)))
        for one, told in numbers.items()
    ]
    return {n.id: [Describes(from_=SOURCE, to=n.id, source=SOURCE, node=n)] for n in nodes}


def plainly(told: dict[str, list[Describes]], bonds: list[Claim]) -> set[frozenset[str]]:
    """Pairs are joined one by one, identifiers before claims and lesser ids first."""
    keys = {
        one: {key for claim in claims for key in claim.node.keys} for one, claims in told.items()
    }
    same = {bond.stated_ends for bond in bonds if bond.kind == "SAME_AS"}
    apart = [set(bond.stated_ends) for bond in bonds if bond.kind == "DIFFERENT_FROM"]
    pairs = list(combinations(sorted(told), 2))
    joins = [p for p in pairs if keys[p[0]] & keys[p[1]]] + [p for p in pairs if p in same]
    found = [frozenset({one}) for one in told]
    for one, other in joins:
        both = [part for part in found if one in part or other in part]
        joined = frozenset().union(*both)
        if not any(joined >= pair for pair in apart):
            found = [part for part in found if part not in both] + [joined]
    return set(found)


def test_groups_are_those_of_a_plain_second_telling() -> None:
    rng, parted = seeded(5), 0
    ids = [f"city:{letter}" for letter in "abcdefgh"]
    for _ in range(400):
        drawn = {one: [f"Q{rng.randint(1, 5)}", str(rng.randint(1, 9))] for one in ids}
        told = described({one: keys[: rng.randint(0, 2)] for one, keys in drawn.items()})
        bonds: list[Claim] = [
            kind(from_=one, to=other, source=SOURCE)
            for kind in (SameAs, DifferentFrom)
            for one, other in (rng.sample([*ids, "city:unknown"], 2) for _ in range(3))
        ]
        found = {frozenset(group) for group in groups(told, bonds)}
        assert found == plainly(told, bonds)
        parted += found != {frozenset(group) for group in groups(told, bonds[:3])}
    assert parted > 50, "hardly anything was kept apart"


def test_an_identifier_that_thousands_share_takes_no_memory_of_all_their_pairs() -> None:
    told = described({f"city:c{n}": ["Q1"] for n in range(1_500)})
    tracemalloc.start()
    try:
        assert groups(told, []) == [set(told)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000
