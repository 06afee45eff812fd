"""Results as lines of a scene, sizes by contracts, and paths that honour the filters."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from graph.claims import Bought, Claim, InPlace, MadeAt, ParticipatedIn, PartOfDeal, Sold, Visited
from graph.nodes import Deal, Firm, Mission, Organization
from graph.questions.atlas import atlas
from graph.questions.scene import Filters, Opening, scene
from graph.questions.scene_answer import SceneAnswer
from graph.store import GraphStore
from graph.values import Stage
from tests.store_contents import city, sisters, source, told
from visualize.explorer import look
from visualize.lines import lines_of
from visualize.scene import Scene
from visualize.sheet import scene_sheet

LIST = source("list", source_kind="register", published="2020", title="A list")
PLACE, FIRM, OTHER, BUYER = "city:place", "firm:seller", "firm:other", "organization:buyer"
MISSION = "mission:m2008"
CONTRACT, SECOND, PART, LOOSE, MOU, SHIPPED = (
    f"deal:{one}" for one in ("a", "b", "part", "loose", "mou", "shipped")
)


def deal(key: str, amount: int, date: str | None = None, stage: Stage = Stage.CONTRACT) -> Deal:
    return Deal(id=key, stage=stage, amount=Decimal(amount), currency="USD", date=date)


def claims() -> list[Claim]:
    """Two firms with results in one place, one of them bought by a body; one result of nobody."""
    by = {"source": LIST.id, "locator": 2}
    nodes = [
        city("place", latitude=1.0, longitude=2.0), city("home"), city("way"),
        Firm(id=FIRM, names={"ko": "판매사"}), Firm(id=OTHER), Organization(id=BUYER),
        Mission(id=MISSION, start="2008"),
        deal(CONTRACT, 100, "2008"), deal(SECOND, 30, "2012"), deal(PART, 40, "2008"),
        deal(LOOSE, 7, "2008"), deal(MOU, 900, "2008", Stage.MOU),
        deal(SHIPPED, 999, "2008", Stage.SHIPMENT),
    ]  # fmt: skip
    home, way, place = nodes[1], nodes[2], nodes[0]
    sold = [Sold(from_=FIRM, to=one, **by) for one in (CONTRACT, SECOND, PART, MOU)]
    placed = [InPlace(from_=one, to=PLACE, **by) for one in (CONTRACT, SECOND, PART, LOOSE, MOU)]
    return [
        *told(LIST, *nodes),
        *sold,
        *placed,
        Sold(from_=OTHER, to=SECOND, **by),
        Bought(from_=BUYER, to=SECOND, **by),
        MadeAt(from_=CONTRACT, to=MISSION, **by),
        MadeAt(from_=SHIPPED, to=MISSION, **by),
        PartOfDeal(from_=PART, to=CONTRACT, **by),
        ParticipatedIn(from_=FIRM, to=MISSION, **by),
        Visited(from_=MISSION, to=PLACE, **by),
        sisters(LIST, home, way, signed_on="1990"),
        sisters(LIST, way, place, signed_on="1991"),
    ]


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    store.write(claims())
    return store


def asked(
    store: GraphStore,
    center: str = PLACE,
    *opened: Opening,
    goal: str | None = None,
    currency: str | None = None,
    **filters: Any,
) -> SceneAnswer:
    kept = Filters(**filters)
    return store.read(lambda view: scene(view, center, opened, kept, goal, currency), seconds=60)


def lines(answer: SceneAnswer) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(one.seller, one.other): one.deals for one in answer.folded}


def ids(answer: SceneAnswer) -> set[str]:
    return {node.id for node in answer.nodes}


def test_results_are_lines_from_seller_to_buyer_until_they_are_to_stand_apart(
    filled: GraphStore,
) -> None:
    folded = asked(filled)
    assert {FIRM, OTHER, MISSION, LOOSE} <= ids(folded)
    assert not {CONTRACT, SECOND, PART, MOU} & ids(folded)
    assert lines(folded)[FIRM, PLACE] == (CONTRACT, SECOND, MOU, PART)
    assert lines(folded)[OTHER, PLACE] == (SECOND,)
    drawn = {(one.start, one.end): one for one in lines_of(folded) if one.deals}
    assert drawn[FIRM, PLACE].count == 4
    apart = asked(filled, apart=True)
    assert {CONTRACT, SECOND, PART, MOU, LOOSE} <= ids(apart)
    assert apart.folded == ()


def test_a_line_leads_to_the_buyer_where_the_buyer_is_in_the_scene(filled: GraphStore) -> None:
    answer = asked(filled, BUYER)
    assert ids(answer) == {BUYER, FIRM, OTHER}
    assert lines(answer) == {(FIRM, BUYER): (SECOND,), (OTHER, BUYER): (SECOND,)}
    wide = asked(filled, BUYER, Opening(FIRM, "City", 12))
    assert lines(wide)[FIRM, PLACE] == (CONTRACT, MOU, PART)
    assert lines(wide)[FIRM, BUYER] == (SECOND,)


def test_what_is_folded_is_filtered_and_counted_as_what_is_not(filled: GraphStore) -> None:
    assert lines(asked(filled, hidden=frozenset({"Deal"}))) == {}
    assert lines(asked(filled, without=frozenset({"SOLD"}))) == {}
    late = asked(filled, since=2012)
    assert lines(late) == {(FIRM, PLACE): (SECOND,), (OTHER, PLACE): (SECOND,)}
    shut = asked(filled, PLACE, Opening(PLACE, "Firm", 0))
    assert {node.id: node.left for node in shut.nodes}[PLACE] == {"Firm": 2}


def test_the_results_of_a_line_are_told_with_their_citations_everywhere(
    filled: GraphStore,
) -> None:
    answer = asked(filled)
    named = filled.read(lambda view: view.get({CONTRACT, SECOND, PART, MOU, LOOSE})).values()
    sight = look(answer, Scene(PLACE), list(named))
    row = next(row for row in sight.rows if row.id == f"SOLD~{FIRM}~{PLACE}")
    assert (row.told.first.start.id, row.told.first.end.id) == (FIRM, PLACE)
    assert len(row.told.statements) == 8
    assert all(one.cited and "USD" in one.facts[0] for one in row.told.statements)
    assert scene_sheet(answer, lang="ko", nodes=list(named)).count("판매사") >= 8
    told = [*answer.claims, *(claim for one in answer.folded for claim in one.claims)]
    assert {claim.id for claim in told if claim.kind == "IN_PLACE"} == {
        claim.id for claim in asked(filled, apart=True).claims if claim.kind == "IN_PLACE"
    }
    assert filled.read(lambda view: atlas(view, list(ids(answer)), told)).places


def test_marks_are_sized_by_contracts_that_are_counted_once(filled: GraphStore) -> None:
    answer = asked(filled, currency="USD")
    assert answer.currencies == ("USD",)
    assert answer.values == {
        PLACE: Decimal(137), FIRM: Decimal(130), OTHER: Decimal(30), MISSION: Decimal(100),
        LOOSE: Decimal(7),
    }  # fmt: skip
    sizes = {node["id"]: node["size"] for node in look(answer, Scene(PLACE, size="USD")).net.nodes}
    assert sizes[PLACE] == 28.0
    assert sizes[PLACE] > sizes[FIRM] > sizes[MISSION] > sizes[OTHER] > sizes[LOOSE] > 8
    assert asked(filled, currency="EUR").values == {}


def test_a_path_goes_by_what_the_filters_let_through(filled: GraphStore) -> None:
    def route(**filters: Any) -> tuple[tuple[str, ...], bool]:
        answer = asked(filled, FIRM, Opening(FIRM, "City", 0), goal=PLACE, **filters)
        return answer.route, answer.route_hidden

    assert route() == ((FIRM, CONTRACT, PLACE), False)
    assert route(hidden=frozenset({"Deal"})) == ((FIRM, MISSION, PLACE), False)
    assert route(hidden=frozenset({"Deal", "Mission"})) == ((), True)
    assert route(since=2012) == ((FIRM, SECOND, PLACE), False)
    assert route(since=2013, undated=False) == ((), True)
    assert route(without=frozenset({"SOLD", "PARTICIPATED_IN"})) == ((), True)
    lone = asked(filled, OTHER, goal="city:home", without=frozenset({"SISTER_CITY"}))
    assert (lone.route, lone.route_hidden) == ((), True)
