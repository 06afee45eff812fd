"""A scene: what openings bring, what filters leave out, what is left, and its address."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from urllib.parse import parse_qs, urlsplit

import pytest

from graph.errors import BadRequest, NotFound
from graph.questions.scene import STEP, Filters, Opening, scene
from graph.questions.scene_answer import SceneAnswer
from graph.questions.scene_reading import MOST
from graph.store import GraphStore
from tests import example_answers as example
from tests.scene_contents import FAR, FIRMS, HOME, MISSION, SISTERS, YEARS, claims
from tests.store_contents import city, sisters, told
from visualize.explorer import look
from visualize.growth import grow
from visualize.labels import shortened
from visualize.layout import ROOM
from visualize.scene import Scene
from visualize.wording import Words


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    store.write(claims())
    return store


def asked(
    store: GraphStore, *opened: Opening, goal: str | None = None, **filters: object
) -> SceneAnswer:
    return store.read(lambda view: scene(view, HOME, opened, Filters(**filters), goal), seconds=60)  # type: ignore[arg-type]


def ids(answer: SceneAnswer, kind: str) -> list[str]:
    return [node.id for node in answer.nodes if node.kind == kind]


# ---------------------------------------------------------------- what is opened


def test_a_scene_opens_a_step_of_each_kind_and_says_what_is_left(filled: GraphStore) -> None:
    answer = asked(filled)
    assert len(ids(answer, "City")) == 1 + STEP
    assert ids(answer, "Mission") == [MISSION]
    assert ids(answer, "Firm") == FIRMS
    home = answer.nodes[0]
    assert (home.id, home.neighbours, home.left) == (HOME, 36, {"City": 18})
    assert not answer.cut
    assert not answer.crowded


def test_one_step_more_brings_just_so_many_and_closing_takes_just_those(
    filled: GraphStore,
) -> None:
    usual = asked(filled)
    more = asked(filled, Opening(HOME, "City", 2 * STEP))
    assert ids(more, "City")[: 1 + STEP] == ids(usual, "City")
    assert len(ids(more, "City")) == 1 + 2 * STEP
    assert more.nodes[0].left == {"City": 6}
    shut = asked(filled, Opening(HOME, "City", 0))
    assert ids(shut, "City") == [HOME]
    assert {node.id for node in shut.nodes} == {HOME, MISSION, *FIRMS}


def test_an_opening_further_out_goes_with_what_it_hangs_on(filled: GraphStore) -> None:
    last = SISTERS[-1]
    wide = (Opening(HOME, "City", 30), Opening(last, "City", STEP))
    assert FAR in ids(asked(filled, *wide), "City")
    assert FAR not in ids(asked(filled, Opening(HOME, "City", 0), wide[1]), "City")


def test_what_is_left_counts_each_neighbour_once_under_the_filters(filled: GraphStore) -> None:
    mission = {node.id: node for node in asked(filled).nodes}[MISSION]
    assert mission.left == ({} if SISTERS[0] in ids(asked(filled), "City") else {"City": 1})
    hidden = asked(filled, hidden=frozenset({"Firm"}))
    assert hidden.nodes[0].neighbours == 31
    assert all("Firm" not in node.left for node in hidden.nodes)


def test_no_more_than_the_most_are_ever_shown(store: GraphStore) -> None:
    hub, others = city("home"), [city(f"x{n}") for n in range(MOST + 50)]
    by = claims()[0].node  # type: ignore[attr-defined] # the first describes the source
    store.write([*told(by, hub, *others), *(sisters(by, hub, one) for one in others)])
    answer = asked(store, Opening(HOME, "City", 999))
    assert len(answer.nodes) == MOST
    assert answer.cut
    assert answer.crowded
    assert answer.nodes[0].left == {"City": 51}


def test_an_unknown_centre_or_goal_is_not_found(filled: GraphStore) -> None:
    with pytest.raises(NotFound):
        filled.read(lambda view: scene(view, "city:nowhere"))
    with pytest.raises(NotFound):
        asked(filled, goal="city:nowhere")


# ---------------------------------------------------------------- filters


def test_years_govern_nodes_claims_and_what_is_left_alike(filled: GraphStore) -> None:
    answer = asked(filled, since=1995, until=1999, undated=False)
    within = {one for one, year in YEARS.items() if 1995 <= year <= 1999}
    assert set(ids(answer, "City")) == {HOME, *within}
    assert ids(answer, "Mission") == []
    assert answer.nodes[0].neighbours == len(within)
    assert answer.nodes[0].left == {}
    assert {answer.years[claim.id][0] for claim in answer.claims} == set(range(1995, 2000))


def test_claims_without_a_year_stay_unless_switched_off(filled: GraphStore) -> None:
    answer = asked(filled, since=2300)
    assert set(ids(answer, "City")) <= {HOME, *SISTERS[20:]}
    assert len(ids(answer, "City")) == 11
    assert ids(answer, "Firm") == FIRMS
    none = asked(filled, since=2300, undated=False)
    assert [node.id for node in none.nodes] == [HOME]


def test_the_histogram_does_not_change_with_the_years(filled: GraphStore) -> None:
    wide = asked(filled, Opening(HOME, "City", 30))
    narrow = asked(filled, Opening(HOME, "City", 30), since=2000, until=2001)
    assert wide.histogram == {**dict.fromkeys(YEARS.values(), 1), 2001: 2, 2008: 8}
    assert {year: n for year, n in narrow.histogram.items() if year != 2001} == {
        year: n for year, n in wide.histogram.items() if year != 2001
    }


def test_a_mission_is_dated_by_its_days(filled: GraphStore) -> None:
    answer = asked(filled)
    dated = [claim.kind for claim in answer.claims if answer.years.get(claim.id) == (2008, 2008)]
    assert {"SENT", "PARTICIPATED_IN"} <= set(dated)


def test_kinds_relations_and_dismissals_leave_out_what_they_name(filled: GraphStore) -> None:
    assert ids(asked(filled, hidden=frozenset({"Firm"})), "Firm") == []
    kept = asked(filled, without=frozenset({"SISTER_CITY"}))
    assert not {claim.kind for claim in kept.claims} & {"SISTER_CITY"}
    assert ids(kept, "City") == [HOME]
    met = asked(filled, Opening(MISSION, "Firm", STEP), without=frozenset({"LOCATED_IN"}))
    assert ids(met, "Firm") == FIRMS
    assert {claim.kind for claim in met.claims if claim.from_ in FIRMS} == {"PARTICIPATED_IN"}
    gone = asked(filled, dismissed=frozenset({FIRMS[0]}))
    assert FIRMS[0] not in ids(gone, "Firm")


def test_dismissing_takes_just_that_one_and_brings_no_other_in_its_place(
    filled: GraphStore,
) -> None:
    usual = ids(asked(filled), "City")
    gone = asked(filled, dismissed=frozenset(usual[2:4]))
    assert ids(gone, "City") == [one for one in usual if one not in usual[2:4]]
    assert gone.nodes[0].left == {"City": 18}
    more = asked(filled, Opening(HOME, "City", 2 * STEP), dismissed=frozenset(usual[2:4]))
    assert len(ids(more, "City")) == 1 + 2 * STEP - 2


def test_a_path_is_in_the_scene_hop_by_hop(filled: GraphStore) -> None:
    answer = asked(filled, Opening(HOME, "City", 0), goal=FAR)
    assert answer.route == (HOME, SISTERS[-1], FAR)
    sight = look(answer, Scene(HOME, path=FAR))
    assert [(hop.near.id, hop.far.id) for hop in sight.path] == [
        (HOME, SISTERS[-1]),
        (SISTERS[-1], FAR),
    ]
    assert all(hop.told[0].statements[0].cited for hop in sight.path)


# ---------------------------------------------------------------- places


def places(answer: SceneAnswer) -> dict[str, tuple[float, float]]:
    net = look(answer, Scene(HOME)).net
    return {node["id"]: (node["x"], node["y"]) for node in net.nodes}


def test_what_stands_keeps_its_place_whatever_is_opened_or_filtered(filled: GraphStore) -> None:
    before = places(asked(filled))
    for answer in (
        asked(filled, Opening(HOME, "City", 2 * STEP), Opening(SISTERS[0], "Mission", STEP)),
        asked(filled, since=1995, until=2001),
        asked(filled, hidden=frozenset({"Firm"})),
    ):
        after = places(answer)
        assert before.keys() & after.keys()
        assert all(after[one] == before[one] for one in before.keys() & after.keys())


def test_newcomers_stand_outward_and_apart() -> None:
    first = [f"city:c{n}" for n in range(8)]
    fresh = [f"firm:n{n}" for n in range(STEP)]
    sectors = dict.fromkeys(["city:m", *first], 0) | dict.fromkeys(fresh, 5)
    stands = grow([("city:m", first), (first[2], fresh)], sectors, "city:m")
    parent = stands[first[2]]
    for one in fresh:
        assert math.dist((0, 0), stands[one]) > math.dist((0, 0), parent)
    for here, there in combinations(stands.values(), 2):
        assert math.dist(here, there) > ROOM / 2
    assert stands == grow([("city:m", first), (first[2], fresh)], sectors, "city:m")


def test_a_mission_is_called_by_where_it_went_and_when() -> None:
    answer = example.scene()
    assert shortened(answer, Words("ko")) == {example.MISSION: "수원 2008"}
    from_home = answer.model_copy(update={"center": example.SUWON})
    assert shortened(from_home, Words("ko")) == {example.MISSION: "쿠알라룸푸르 외 2곳 2008"}
    assert shortened(from_home, Words("en")) == {example.MISSION: "Kuala Lumpur and 2 more 2008"}
    assert shortened(answer.model_copy(update={"years": {}}), Words("ko")) == {}


# ---------------------------------------------------------------- the address

SCENES = [
    Scene("city:Q1"),
    Scene("city:Q1", lang="en", view="table", selected="firm:a.b-c_d"),
    Scene("city:Q1", (Opening("city:Q1", "City", 24), Opening("city:Q2", "Firm", 12))),
    Scene("city:Q1", path="city:Q9", filters=Filters(dismissed=frozenset({"city:Q2", "city:Q3"}))),
    Scene(
        "city:Q1",
        filters=Filters(
            frozenset({"Firm", "City"}), frozenset({"TWINNED", "SENT"}), 1990, 2010, undated=False
        ),
        view="map",
    ),
    Scene("city:Q1", filters=Filters(apart=True), selected="city:Q2", far=True, size="USD"),
]


def read(address: str) -> Scene:
    query = parse_qs(urlsplit(address).query, keep_blank_values=True)
    return Scene.parse(query, "en" if query.get("lang") == ["en"] else "ko")


@pytest.mark.parametrize("given", SCENES)
def test_an_address_gives_the_scene_again(given: Scene) -> None:
    assert read(given.address) == given
    assert read(given.address).address == given.address


def test_steps_and_their_ways_back_give_the_same_address() -> None:
    start = SCENES[2]
    for there, back in (
        (start.toggling_kind("Firm"), lambda one: one.toggling_kind("Firm")),
        (start.toggling_relation("SENT"), lambda one: one.toggling_relation("SENT")),
        (start.opening("city:Q5", "Deal", 12), lambda one: one.closed("city:Q5")),
        (start.dismissing("city:Q7"), Scene.recalling),
        (start.with_path("city:Q8"), lambda one: one.with_path(None)),
        (start.only_kind("Firm"), Scene.without_filters),
        (start.only_relation("SENT"), Scene.without_filters),
        (start.toggling_deals(), Scene.toggling_deals),
        (start.sized_by("USD"), lambda one: one.sized_by(None)),
        (start.looking(far=True), lambda one: one.looking(far=False)),
    ):
        assert there.address != start.address
        assert back(there).address == start.address
    assert start.closed("city:Q1").count("city:Q1", "City") == 0
    assert start.more("city:Q2", "Firm").count("city:Q2", "Firm") == 24
    assert replace(start, selected="city:Q7").dismissing("city:Q7").selected is None


@pytest.mark.parametrize(
    "query",
    [
        {"open": ["city:Q1~City"]},
        {"open": ["city:Q1~Source~12"]},
        {"open": ["<b>~City~12"]},
        {"open": ["city:Q1~City~-1"]},
        {"open": ["city:Q1~City~12"] * 201},
        {"hide": ["Ghost"]},
        {"without": ["DESCRIBES"]},
        {"from": ["199"]},
        {"to": ["20x0"]},
        {"as": ["poster"]},
        {"sel": ["javascript:alert(1)"]},
        {"off": ["__proto__"]},
        {"size": ["usd"]},
    ],
)
def test_what_cannot_be_read_is_refused_by_name(query: dict[str, list[str]]) -> None:
    with pytest.raises(BadRequest) as refused:
        Scene.parse({"center": ["city:Q1"]} | query)
    assert refused.value.param == next(iter(query))
