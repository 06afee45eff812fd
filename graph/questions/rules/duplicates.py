"""Two nodes that may be one: two articles on one mission would double its totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from graph.nodes import City, Event, Firm, Mission, Organization
from graph.questions.rules.blocks import pairs
from graph.questions.rules.globe import km
from graph.questions.rules.likeness import (
    alike,
    bare,
    bare_firm,
    contradict,
    latin_names,
    qualified,
    skeleton,
)
from graph.questions.rules.places import states
from graph.questions.rules.rule import Match, Rule
from graph.search import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.nodes import Node, Period
    from graph.questions.rules.survey import Survey

N = TypeVar("N", bound="Node")
_SPELLING = 3.0
"""Kilometres between two spellings of one city: neighbours with like names lie farther."""
NEAR = 25.0
"""Kilometres between two descriptions of one city; a namesake in one country lies farther."""


# ---------------------------------------------------------------- cities


def _cities(survey: Survey) -> Iterator[Match]:
    """Cities of one country that may be one, as far as their names and places tell."""

    def keys(city: City) -> Iterator[tuple[str, str]]:
        names = {bare(one) for one in city.names.values()} - {""}
        names |= {f"~{skeleton(one)}" for one in latin_names(city)}
        for state in states(survey.countries[city.id]):
            yield from ((state, name) for name in names)

    def order(city: City) -> tuple[float, float, str]:
        return *survey.points.get(city.id, (-91.0, 0.0)), city.id

    for one, other in pairs(survey.in_time(survey.cities.values()), keys, order):
        if _one_level(one, other) and survey.may_be_one(one.id, other.id):
            apart = apart_km(survey, one.id, other.id)
            if _near_enough(one, other, apart):
                told = "?" if apart is None else f"{apart:,.0f}"
                yield Match(_sorted(one, other), (), {"km": told})


def _near_enough(one: City, other: City, apart: float | None) -> bool:
    """Namesakes of one country near each other or nowhere; others of like names at one place."""
    names = [{bare(name) for name in city.names.values()} - {""} for city in (one, other)]
    if not names[0].isdisjoint(names[1]):
        return apart is None or apart <= NEAR
    spelt = apart is not None and apart <= _SPELLING and not (qualified(one) or qualified(other))
    return spelt and any(alike(a, b) for a in latin_names(one) for b in latin_names(other))


def apart_km(survey: Survey, one: str, other: str) -> float | None:
    """The kilometres between two cities; None if either lies nowhere."""
    here, there = survey.points.get(one), survey.points.get(other)
    return km(here, there) if here and there else None


def _one_level(one: City, other: City) -> bool:
    return one.level == other.level or None in (one.level, other.level)


def _sorted(one: Node, other: Node) -> tuple[str, str]:
    return min(one.id, other.id), max(one.id, other.id)


# ---------------------------------------------------------------- firms and bodies


def _firms(survey: Survey) -> Iterator[Match]:
    yield from _namesakes(survey, list(survey.every(Firm)))


def _organizations(survey: Survey) -> Iterator[Match]:
    yield from _namesakes(survey, list(survey.every(Organization)))


def _namesakes(survey: Survey, nodes: list[N]) -> Iterator[Match]:
    """Those of one name, legal forms apart, whose seats and countries do not contradict."""
    survey.ground.out((node.id for node in nodes), "LOCATED_IN")

    def keys(node: N) -> Iterator[str]:
        yield from {bare_firm(name) for name in names_of(node)} - {""}

    for one, other in pairs(survey.in_time(nodes), keys, lambda node: node.id):
        apart = contradict(one, other) or not survey.may_be_one(one.id, other.id)
        if not apart and _may_sit_together(survey, one.id, other.id):
            yield Match(_sorted(one, other))


def _may_sit_together(survey: Survey, one: str, other: str) -> bool:
    """Whether the seats, containers included, or else the countries of two may be the same."""
    seats = [survey.ground.containers(survey.ground.seats((node,))) for node in (one, other)]
    if all(seats):
        return not seats[0].isdisjoint(seats[1])
    found = [
        states(survey.countries[node].union(*(survey.countries[seat] for seat in at)))
        for node, at in zip((one, other), seats, strict=True)
    ]
    return not all(found) or not found[0].isdisjoint(found[1])


# ---------------------------------------------------------------- missions and events


def _missions(survey: Survey) -> Iterator[Match]:
    """Missions of one sender whose days overlap and which visited a common place.

    A source that tells of both knows them to be two.
    """
    missions = [mission for mission in survey.every(Mission) if any(mission.span)]
    ids = [mission.id for mission in missions]
    survey.ground.out(ids, "VISITED")
    survey.ground.into(ids, "SENT", "DESCRIBES")

    def keys(mission: Mission) -> Iterator[str]:
        for claim in survey.ground.into((mission.id,), "SENT"):
            yield claim.from_

    for one, other in pairs(survey.in_time(missions), keys, _began):
        if _overlap(one, other) and _told_apart(survey, one, other):
            places = [_visited(survey, mission.id) for mission in (one, other)]
            if not all(places) or not places[0].isdisjoint(places[1]):
                yield _at_once(one, other)


def _events(survey: Survey) -> Iterator[Match]:
    """Events of one name whose days overlap and whose places do not contradict."""
    events = [event for event in survey.every(Event) if any(event.span)]
    survey.ground.out((event.id for event in events), "LOCATED_IN")

    def keys(event: Event) -> Iterator[str]:
        yield from {bare(name) for name in names_of(event)} - {""}

    for one, other in pairs(survey.in_time(events), keys, _began):
        at_once = _overlap(one, other) and _told_apart(survey, one, other)
        if at_once and _may_sit_together(survey, one.id, other.id):
            yield _at_once(one, other)


def _began(node: Period) -> tuple[str, str]:
    return str(node.start or node.end or ""), node.id


def _overlap(one: Period, other: Period) -> bool:
    """Whether two may have taken place at once; one without an end is taken for a day."""
    (start, end), (first, last) = one.span, other.span
    start, first = start or end, first or last
    end, last = end or start, last or first
    if start is None or end is None or first is None or last is None:
        return False
    return start.first <= last.last and first.first <= end.last


def _told_apart(survey: Survey, one: Node, other: Node) -> bool:
    """Whether two may be one: no source describes both, and no decision keeps them apart."""
    told = survey.describers((one.id, other.id))
    return told[one.id].isdisjoint(told[other.id]) and survey.may_be_one(one.id, other.id)


def _visited(survey: Survey, mission: str) -> set[str]:
    """Where a mission was: the cities it visited, or where what it met sits, else countries."""
    met = {claim.to for claim in survey.ground.out((mission,), "VISITED")}
    cities = survey.ground.containers(survey.ground.seats(met))
    return cities or {one for one in met if one.startswith("country:")}


def _at_once(one: Period, other: Period) -> Match:
    return Match(_sorted(one, other), (), {"one": _days(one), "other": _days(other)})


def _days(node: Period) -> str:
    return "/".join(dict.fromkeys(str(day) for day in node.span if day))


RULES = (
    Rule(
        "city_duplicate",
        "warning",
        "two cities of one country bear one name, or nearly so, {km} km apart",
        "say in the decisions file whether they are the same or different",
        _cities,
    ),
    Rule(
        "firm_duplicate",
        "warning",
        "two firms bear one name, and nothing tells them apart",
        "say in the decisions file whether they are the same or different",
        _firms,
    ),
    Rule(
        "organization_duplicate",
        "warning",
        "two bodies bear one name, and nothing tells them apart",
        "say in the decisions file whether they are the same or different",
        _organizations,
    ),
    Rule(
        "mission_duplicate",
        "warning",
        "two missions of one sender to a common place overlap ({one}; {other})",
        "if they are one mission, say `same` in the decisions file; its results may count twice",
        _missions,
    ),
    Rule(
        "event_duplicate",
        "warning",
        "two events of one name overlap ({one}; {other})",
        "if they are one event, say `same` in the decisions file",
        _events,
    ),
)
