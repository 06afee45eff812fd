"""Where a scene lies on the map and which lines it makes, and the ties of the whole store."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from graph.claims import Claim, LocatedIn, Tie
from graph.nodes import City, Source, kind_of
from graph.questions.atlas import Arc, AtlasAnswer, atlas, world
from graph.questions.scene import Filters, scene
from graph.store import GraphStore, View
from ingest.records import read_record
from tests.naive import Facts, gather
from tests.random_facts import world as random_world
from tests.random_graphs import describing, seeded

RECORDS = sorted((Path(__file__).parent.parent / "ingest/data/records").glob("*.yaml"))
SUWON, BANDUNG, JINJU = "city:Q20714", "city:Q10389", "city:Q42144"
GOES = {"SENT", "SOLD", "PARTICIPATED_IN"}
COMES = ("VISITED", "BOUGHT", "IN_PLACE", "HOSTED")


def spots(facts: Facts, node: str) -> set[str]:
    """The cities with coordinates in which a node lies."""
    seats = {claim.to for claim in facts.of(LocatedIn) if claim.from_ == node}
    found = {node} if kind_of(node) == "City" else seats
    return {one for one in found if placed(facts, one)}


def placed(facts: Facts, city: str) -> bool:
    """Whether a source tells where a city is."""
    node = facts.nodes[city]
    return isinstance(node, City) and None not in (node.latitude, node.longitude)


def second_reading(facts: Facts, claims: list[Claim], nodes: set[str]) -> set[tuple[str, ...]]:
    """The lines, thing by thing."""
    lines = set()
    for claim in claims:
        if claim.kind != "LOCATED_IN":
            for one, other in product(spots(facts, claim.from_), spots(facts, claim.to)):
                ends = sorted((one, other)) if isinstance(claim, Tie) else (one, other)
                lines.add((*ends, claim.kind, claim.id))
    for thing in nodes:
        if kind_of(thing) in {"Mission", "Deal"}:
            own = [claim for claim in claims if thing in (claim.from_, claim.to)]
            starts = {c for n in own if n.kind in GOES for c in spots(facts, n.other(thing))}
            for start, end in product(starts, facts.all_of("City")):
                kinds = {n.kind for n in own if end in spots(facts, n.other(thing))}
                made = [kind for kind in COMES if kind in kinds]
                if made:
                    lines.add((start, end, made[0], thing))
    return {line for line in lines if line[0] != line[1]}


def flat(arcs: tuple[Arc, ...]) -> set[tuple[str, ...]]:
    """The lines of an answer, thing by thing."""
    return {(arc.start, arc.end, arc.kind, thing) for arc in arcs for thing in arc.things}


def filled(store: GraphStore, seed: int) -> Facts:
    """A random world in the store, most of whose cities a source places."""
    told, rng = random_world(seed), seeded(seed)
    for batch in told.batches:
        store.write(batch)
    cities = [
        City(id=one, latitude=rng.uniform(-50, 70), longitude=rng.uniform(-180, 180))
        for one in gather(told.claims).all_of("City")
        if rng.random() < 0.8
    ]
    atlas_source = Source(id="source:atlas")
    places = describing(atlas_source.id, atlas_source, *cities)
    store.write(places)
    return gather([*told.claims, *places])


@pytest.mark.parametrize("seed", range(4))
def test_the_lines_are_those_of_the_second_reading(seed: int, store: GraphStore) -> None:
    facts = filled(store, seed)

    def drawn(view: View) -> list[tuple[set[tuple[str, ...]], set[tuple[str, ...]]]]:
        found = []
        for city in facts.all_of("City"):
            seen = scene(view, city)
            nodes = [node.id for node in seen.nodes]
            found.append(
                (
                    flat(atlas(view, nodes, seen.claims).arcs),
                    second_reading(facts, list(seen.claims), set(nodes)),
                )
            )
        return found

    compared = store.read(drawn, seconds=120)
    assert all(product == naive for product, naive in compared)
    assert any(product for product, _ in compared)


@pytest.fixture
def five(store: GraphStore) -> GraphStore:
    """A store with the five articles."""
    for path in RECORDS:
        record = read_record(path)
        store.write(record.claims, replaces=record.source.id)
    return store


def around(store: GraphStore, center: str, filters: Filters | None = None) -> AtlasAnswer:
    """The map of what is around a node."""

    def drawn(view: View) -> AtlasAnswer:
        seen = scene(view, center, filters=filters)
        return atlas(view, [node.id for node in seen.nodes], seen.claims)

    return store.read(drawn, seconds=120)


def test_a_mission_is_a_line_from_who_sent_it_to_where_it_went(five: GraphStore) -> None:
    found = around(five, SUWON)
    kinds = {arc.kind for arc in found.arcs if {arc.start, arc.end} == {SUWON, BANDUNG}}
    assert {"SISTER_CITY", "VISITED"} <= kinds
    visited = [arc for arc in found.arcs if arc.kind == "VISITED"]
    assert {arc.start for arc in visited} == {SUWON}


def test_filters_of_the_scene_govern_the_map(five: GraphStore) -> None:
    found = around(five, SUWON, Filters(without=frozenset({"VISITED"})))
    assert "VISITED" not in {arc.kind for arc in found.arcs}


def test_what_no_source_places_is_told(five: GraphStore) -> None:
    for center in (SUWON, BANDUNG, JINJU):
        found = around(five, center)
        there = {one for place in found.places for one in place.holds}
        assert not there & {ref.id for ref in found.unplaced}
        assert {end for arc in found.arcs for end in (arc.start, arc.end)} <= {
            place.city.id for place in found.places
        }


def test_the_world_has_each_pair_of_tied_places_once(store: GraphStore) -> None:
    facts = filled(store, 1)
    ties = [tie for tie in facts.of(Tie) if tie.from_ != tie.to]
    pairs = {(tie.from_, tie.to) for tie in ties}
    drawn = {
        pair for pair in pairs if all(kind_of(end) == "City" and placed(facts, end) for end in pair)
    }
    found = store.read(lambda view: world(view, Filters()), seconds=60)
    assert len(found.ties) == len(drawn)
    assert found.unplaced == len(pairs) - len(drawn)
    left = store.read(lambda view: world(view, Filters(hidden=frozenset({"City"}))), seconds=60)
    assert left.ties == ()
