"""What counts as trade on record between two cities that have a tie, case by case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.claims import (
    Agreement,
    Bought,
    Claim,
    Hosted,
    InCountry,
    InPlace,
    LocatedIn,
    MadeAt,
    ParticipatedIn,
    PartOf,
    Sent,
    Sold,
    Visited,
)
from graph.errors import BadRequest, NotFound
from graph.nodes import Country, Deal, Event, Firm, Mission, Organization
from graph.questions.gaps import gaps
from graph.questions.patterns import GapsAnswer
from graph.store import GraphStore
from tests.store_contents import city, sisters, source, told

LIST = source("list", source_kind="register", published="2020")
NEWS = source("news", source_kind="article", published="2024")
HOME, PART, ABROAD, OTHER = "city:home", "city:part", "city:abroad", "city:other"
FIRM, BUYER, BODY = "firm:firm", "firm:buyer", "organization:body"
MISSION, EVENT, DEAL = "mission:mission", "event:event", "deal:deal"
NODES = (
    *(city(name) for name in ("home", "part", "abroad", "other")),
    Country(id="country:KR"),
    Country(id="country:ID"),
    Firm(id=FIRM),
    Firm(id=BUYER),
    Organization(id=BODY),
    Event(id=EVENT),
    Deal(id=DEAL),
)
Said = tuple[Callable[..., Claim], str, str]
PLACED: tuple[Said, ...] = (
    (InCountry, HOME, "country:KR"),
    (PartOf, PART, HOME),
    (InCountry, ABROAD, "country:ID"),
    (InCountry, OTHER, "country:ID"),
    (LocatedIn, FIRM, PART),
    (LocatedIn, BUYER, ABROAD),
    (LocatedIn, BODY, ABROAD),
)
VISIT: list[Said] = [(Sent, HOME, MISSION), (Visited, MISSION, ABROAD)]
CASES: dict[str, tuple[list[Said], bool]] = {
    "nothing at all": ([], False),
    "a mission that visited it": (VISIT, True),
    "a mission that a part sent": ([(Sent, PART, MISSION), (Visited, MISSION, ABROAD)], True),
    "a mission that met a body there": ([(Sent, HOME, MISSION), (Visited, MISSION, BODY)], True),
    "a mission from there": ([(Sent, ABROAD, MISSION), (Visited, MISSION, HOME)], True),
    "a mission to elsewhere": ([(Sent, HOME, MISSION), (Visited, MISSION, OTHER)], False),
    "a mission of others that visited both": (
        [(Sent, OTHER, MISSION), (Visited, MISSION, HOME), (Visited, MISSION, ABROAD)],
        False,
    ),
    "a fair there in which a firm took part": (
        [(ParticipatedIn, FIRM, EVENT), (LocatedIn, EVENT, ABROAD)],
        True,
    ),
    "a fair elsewhere in which both took part": (
        [(ParticipatedIn, FIRM, EVENT), (ParticipatedIn, BUYER, EVENT), (LocatedIn, EVENT, OTHER)],
        False,
    ),
    "a deal with a buyer there": ([(Sold, FIRM, DEAL), (Bought, BUYER, DEAL)], True),
    "a deal made there": ([(Sold, FIRM, DEAL), (InPlace, DEAL, ABROAD)], True),
    "a deal made elsewhere": ([(Sold, FIRM, DEAL), (InPlace, DEAL, OTHER)], False),
    "a deal of nobody there, made at a mission to elsewhere": (
        [
            (Sent, HOME, MISSION),
            (Visited, MISSION, OTHER),
            (MadeAt, DEAL, MISSION),
            (InPlace, DEAL, ABROAD),
        ],
        True,
    ),
}


def filled(store: GraphStore, said: list[Said], *more: Claim, planned: bool = False) -> GraphStore:
    """A store with two tied cities, and what a source says of them."""
    mission = Mission(id=MISSION, status="planned" if planned else "completed")
    every: list[Said] = [*PLACED, *said]
    claims = [cls(from_=one, to=other, source=NEWS.id) for cls, one, other in every]
    tie = sisters(LIST, city("home"), city("abroad"))
    nodes = (*NODES, mission)
    store.write([*told(NEWS, *nodes), *told(LIST, *nodes), *claims, *more, tie])
    return store


def asked(store: GraphStore, *places: str) -> GapsAnswer:
    return store.read(lambda view: gaps(view, places or (HOME,)), seconds=60)


@pytest.mark.parametrize("case", CASES)
def test_what_is_trade_on_record(store: GraphStore, case: str) -> None:
    said, traded = CASES[case]
    for place in (HOME, ABROAD):
        answer = asked(filled(store, said), place)
        assert (answer.tied, answer.with_trade) == (1, int(traded)), place


def host(one: str, role: str, what: str = EVENT) -> Claim:
    return Hosted(from_=one, to=what, role=role, source=NEWS.id)


def agreement(status: str) -> Claim:
    return Agreement(from_=FIRM, to=BODY, status=status, form="mou", source=NEWS.id)


@pytest.mark.parametrize(
    ("claims", "traded"),
    [
        ([host(HOME, "host"), host(BODY, "co_host")], True),
        ([host(HOME, "host"), host(BODY, "sponsor")], False),
        ([host(HOME, "host", MISSION), host(BODY, "co_host", MISSION)], False),
        ([agreement("signed")], True),
        ([agreement("proposed")], False),
    ],
)
def test_hosts_and_agreements(store: GraphStore, claims: list[Claim], traded: bool) -> None:
    assert asked(filled(store, [], *claims)).with_trade == int(traded)


def test_a_planned_mission_is_none(store: GraphStore) -> None:
    assert asked(filled(store, VISIT, planned=True)).with_trade == 0


def test_each_gap_says_which_nothing_it_is(store: GraphStore) -> None:
    read = (Visited, MISSION, ABROAD)
    [gap] = asked(filled(store, [read])).gaps
    assert (gap.coverage.answer, gap.coverage.sources_read) == ("none_in_sources_read", 1)
    assert [one.source for one in gap.coverage.citations] == ["source:news"]
    assert [(one.kind, one.status) for one in gap.ties] == [("SISTER_CITY", "signed")]
    assert [one.source for one in gap.ties[0].citations] == ["source:list"]


def test_a_list_alone_is_nothing_read(store: GraphStore) -> None:
    [gap] = asked(filled(store, [])).gaps
    assert (gap.coverage.answer, gap.coverage.sources_read) == ("nothing_read", 0)


def test_the_city_asked_about_comes_first(store: GraphStore) -> None:
    filled(store, [])
    assert [(g.home.id, g.partner.id) for g in asked(store, "country:KR").gaps] == [(HOME, ABROAD)]
    assert [(g.home.id, g.partner.id) for g in asked(store, ABROAD).gaps] == [(ABROAD, HOME)]
    assert asked(store, PART).tied == 0


def test_ties_within_a_country_are_left_out(store: GraphStore) -> None:
    filled(store, [], sisters(NEWS, city("abroad"), city("other")))
    assert asked(store, ABROAD).tied == 1
    assert asked(store, OTHER).tied == 0


def test_what_cannot_be_asked(store: GraphStore) -> None:
    filled(store, [])
    with pytest.raises(BadRequest, match="ask about a City or Country"):
        asked(store, FIRM)
    with pytest.raises(NotFound):
        asked(store, "city:nowhere")
    with pytest.raises(BadRequest, match="at most 50"):
        asked(store, *(f"city:{n}" for n in range(51)))
