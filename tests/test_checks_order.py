"""What the checks find does not hang on ids or on who spoke first, nor on how great a circle is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

from graph.claims import Claim, Describes, PartOf, SisterCity
from graph.nodes import City, Node, Source
from graph.questions.answers import Finding
from graph.questions.checks import checks
from graph.store import GraphStore

HOME, AWAY = City(id="city:home"), City(id="city:away")


def said(source: Source, *nodes: Node) -> list[Claim]:
    every = (source, *nodes)
    return [Describes(from_=source.id, to=one.id, source=source.id, node=one) for one in every]


def of(store: GraphStore, code: str) -> list[Finding]:
    return list(store.read(lambda view: checks(view, [code], limit=None)).findings)


def test_the_two_farthest_points_are_told_whoever_gives_them(
    new_sqlite_store: Callable[[], GraphStore],
) -> None:
    for latitudes in permutations((37.0, 38.5, 40.0)):
        store = new_sqlite_store()
        for number, latitude in enumerate(latitudes):
            place = City(id=HOME.id, latitude=latitude, longitude=127.0)
            store.write(said(Source(id=f"source:s{number}"), place))
        [found] = of(store, "coordinates_differ")
        assert found.values == {"km": "334"}
        assert len(found.claims) == 2


def test_an_end_that_was_outlived_is_told_beside_a_later_end(
    new_sqlite_store: Callable[[], GraphStore],
) -> None:
    for names in permutations("abcd", 3):
        early, late, lives = (f"source:{name}" for name in names)
        store = new_sqlite_store()
        for source, published, told in (
            (early, "2005", {"status": "ended", "ended_on": "2000"}),
            (late, "2021", {"status": "ended", "ended_on": "2020"}),
            (lives, "2010", {"status": "in_force"}),
        ):
            fields: dict[str, Any] = {"from": HOME.id, "to": AWAY.id, "source": source, **told}
            tie = SisterCity.model_validate(fields)
            store.write([*said(Source(id=source, published=published), HOME, AWAY), tie])
        [found] = of(store, "tie_in_force_after_end")
        assert found.values == {"ended": "2000"}
        assert {claim.source for claim in found.claims} == {early, lives}


def test_a_great_circle_of_containers_is_one_finding(
    new_sqlite_store: Callable[[], GraphStore],
) -> None:
    ring = [City(id=f"city:r{number:03}") for number in range(400)]
    around = zip(ring, [*ring[1:], ring[0]], strict=True)
    inside = [PartOf(from_=one.id, to=other.id, source="source:s") for one, other in around]
    tail = PartOf(from_=HOME.id, to=ring[0].id, source="source:s")
    store = new_sqlite_store()
    store.write([*said(Source(id="source:s"), HOME, *ring), *inside, tail])
    [found] = of(store, "part_of_itself")
    assert found.about == tuple(city.id for city in ring)
    assert {claim.id for claim in found.claims} == {claim.id for claim in inside}
