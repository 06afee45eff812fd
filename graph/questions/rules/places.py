"""Cities whose country, coordinates and containers do not fit each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx

from graph.nodes import City
from graph.questions.rules.globe import Globe, block, cell, km
from graph.questions.rules.likeness import latin_names
from graph.questions.rules.rule import Match, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graph.claims import Claim, Describes
    from graph.questions.rules.globe import Cell
    from graph.questions.rules.survey import Point, Survey

_SHARE = 0.25
"""A city of a country that has no more than this part of the cities around is a stranger."""
_LEAST = 3
"""Cities of another country around, without which nothing is said."""
_KNOWN = 10
"""Cities of a country on record, without which nobody can tell where it reaches."""
_FAR = 300.0
"""Kilometres to the nearest other city of its country, below which a city may be at a border."""
_SPOT = 0.5
"""Kilometres between namesakes of two countries that were given one point."""
_APART = 200.0
"""Kilometres between two descriptions of one place that no size of a province explains."""

_TERRITORIES = {
    "AU": "CC CX HM NF",
    "CN": "HK MO",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "AI BM FK GG GI IM IO JE KY MS PN SH TC VG",
    "NL": "AW BQ CW SX",
    "NO": "BV SJ",
    "NZ": "CK NU TK",
    "US": "AS GU MP PR UM VI",
}
"""Territories with a code of their own in ISO 3166-1, by the state that they belong to."""
_STATE = {f"country:{t}": f"country:{s}" for s, ts in _TERRITORIES.items() for t in ts.split()}


def states(countries: Iterable[str]) -> frozenset[str]:
    """These countries, territories read as the state that they belong to."""
    return frozenset(_STATE.get(one, one) for one in countries)


# ---------------------------------------------------------------- country and coordinates


def _in_other_country(survey: Survey) -> Iterator[Match]:
    """A stranger among the cities of another country: far from its own, or on a namesake's spot.

    The yardstick are the other cities on record; at home is also a stranger with a well-known
    id near others of its country: an exclave. Nothing is said where fewer than three lie
    around, of a country with few cities on record, and of a territory.
    """
    home = _home(survey)
    strangers = _strangers(survey, home)
    sound = _by_state(survey, home, strangers)
    globes = {state: Globe(points) for state, points in sound.items()}
    spots = _spots(survey, home)
    for city, other in survey.in_time(strangers.items()):
        state, point = home[city], survey.points[city]
        known = len(sound[state]) >= _KNOWN
        namesakes = _namesakes_at(survey, city, spots[_spot(point)], home)
        if namesakes or (known and not globes[state].has(point, _FAR, city)):
            told = {"country": state.partition(":")[2], "other": other.partition(":")[2]}
            values = {**told, "point": f"{point[0]:.2f}, {point[1]:.2f}"}
            claims = survey.ground.out((city,), "IN_COUNTRY")
            yield Match((city,), claims, values, tuple(namesakes))


def _home(survey: Survey) -> dict[str, str]:
    """The state of each city with coordinates of which just one is told; no territories."""
    told = {city: survey.countries[city] for city in survey.points}
    return {
        city: min(found)
        for city, found in told.items()
        if len(found) == 1 and not found & _STATE.keys()
    }


def _strangers(survey: Survey, home: Mapping[str, str]) -> dict[str, str]:
    """The cities whose country has few of the cities around, with the country that has most."""
    cells: dict[Cell, Counter[str]] = defaultdict(Counter)
    for city, state in home.items():
        cells[cell(survey.points[city])][state] += 1
    around: dict[Cell, Counter[str]] = {}
    for middle in survey.in_time(cells):
        around[middle] = sum((cells[at] for at in block(middle) if at in cells), Counter())
    found = {}
    for city, state in home.items():
        counts = around[cell(survey.points[city])]
        most, number = counts.most_common(1)[0]
        if number >= _LEAST and counts[state] <= _SHARE * counts.total():
            found[city] = most
    return found


def _by_state(
    survey: Survey, home: Mapping[str, str], strangers: Collection[str]
) -> dict[str, dict[str, Point]]:
    """The cities of each state that show where it lies: no strangers without a well-known id."""
    found: dict[str, dict[str, Point]] = defaultdict(dict)
    for city, state in home.items():
        if city not in strangers or survey.cities[city].identifiers:
            found[state][city] = survey.points[city]
    return found


def _spot(point: Point) -> tuple[float, float]:
    return round(point[0], 2), round(point[1], 2)


def _spots(survey: Survey, home: Mapping[str, str]) -> dict[tuple[float, float], list[str]]:
    """The cities at each spot of about a kilometre."""
    found: dict[tuple[float, float], list[str]] = defaultdict(list)
    for city in home:
        found[_spot(survey.points[city])].append(city)
    return found


def _namesakes_at(
    survey: Survey, city: str, here: Iterable[str], home: Mapping[str, str]
) -> list[str]:
    """The namesakes of other countries that were given the same point."""
    names = set(latin_names(survey.cities[city]))
    return [
        other
        for other in here
        if home[other] != home[city]
        and km(survey.points[other], survey.points[city]) <= _SPOT
        and not names.isdisjoint(latin_names(survey.cities[other]))
    ]


def _countries_differ(survey: Survey) -> Iterator[Match]:
    for city in survey.in_time(survey.cities):
        found = survey.countries[city]
        if len(found) > 1 and len(states(found)) > 1:
            listed = ", ".join(sorted(one.partition(":")[2] for one in found))
            claims = survey.ground.out((city,), "IN_COUNTRY")
            yield Match((city,), claims, {"countries": listed})


def _coordinates_differ(survey: Survey) -> Iterator[Match]:
    """Two sources put one city at places too far apart to be one."""
    told: dict[str, dict[Point, Describes]] = defaultdict(dict)
    for claim in survey.in_time(survey.described_often(survey.points)):
        node = claim.node
        if isinstance(node, City) and node.latitude is not None and node.longitude is not None:
            told[claim.to].setdefault((node.latitude, node.longitude), claim)
    for city, points in sorted(told.items()):
        pairs = survey.in_time(combinations(points, 2))
        far, ends = max(((km(*pair), pair) for pair in pairs), default=(0.0, ()))
        if far > _APART:
            yield Match((city,), [points[end] for end in ends], {"km": f"{far:,.0f}"})


# ---------------------------------------------------------------- containers


def _in_circle(survey: Survey) -> Iterator[Match]:
    inside: nx.DiGraph[str] = nx.DiGraph((claim.from_, claim.to) for claim in survey.insides)
    circle_of = {
        city: min(circle) for circle in nx.strongly_connected_components(inside) for city in circle
    }
    circles: dict[str, list[Claim]] = defaultdict(list)
    for claim in survey.insides:
        if circle_of[claim.from_] == circle_of[claim.to]:
            circles[circle_of[claim.from_]].append(claim)
    for _, claims in sorted(circles.items()):
        yield Match(tuple(sorted({claim.from_ for claim in claims})), claims)


def _part_abroad(survey: Survey) -> Iterator[Match]:
    for claim in survey.insides:
        inner, outer = (states(survey.countries[end]) for end in (claim.from_, claim.to))
        if inner and outer and not inner & outer:
            values = {
                "inner": ", ".join(sorted(one.partition(":")[2] for one in inner)),
                "outer": ", ".join(sorted(one.partition(":")[2] for one in outer)),
            }
            yield Match((claim.from_, claim.to), (claim,), values)


RULES = (
    Rule(
        "part_of_itself",
        "error",
        "places contain each other in a circle",
        "take the PART_OF out that is the wrong way round, or undo a merge",
        _in_circle,
    ),
    Rule(
        "part_in_other_country",
        "warning",
        "the part lies in {inner}, what contains it in {outer}",
        "look the place up: the wrong namesake contains it, or one country is wrong",
        _part_abroad,
    ),
    Rule(
        "city_in_other_country",
        "warning",
        "it is said to lie in {country}, and its coordinates ({point}) lie among cities of {other}",
        "look the place up: the coordinates or the country are those of a namesake",
        _in_other_country,
    ),
    Rule(
        "countries_differ",
        "warning",
        "sources put it in different countries: {countries}",
        "look the place up: two namesakes may be merged (decisions file: different)",
        _countries_differ,
    ),
    Rule(
        "coordinates_differ",
        "warning",
        "two sources put it {km} km apart",
        "look the place up: one source took a namesake's coordinates, or two places are merged",
        _coordinates_differ,
    ),
)
