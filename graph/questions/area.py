"""Which cities a set of places means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.claims import PLACES
from graph.errors import BadRequest
from graph.nodes import kind_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.questions.ground import Ground

MAX_PLACES = 50
"""Places that one question may name."""


def cities_in(ground: Ground, places: Collection[str]) -> set[str]:
    """These cities and those in these countries, all with their parts."""
    countries = _countries(places)
    inside = {claim.from_ for claim in ground.into(countries, "IN_COUNTRY")}
    named = set(places) - countries
    return ground.parts(named | {one for one in inside if kind_of(one) == "City"})


def check_places(
    ground: Ground, param: str, places: Collection[str], kinds: Collection[str] = PLACES
) -> None:
    """NotFound if one of these is unknown; BadRequest if it is of no such kind, or too many."""
    if len(places) > MAX_PLACES:
        raise BadRequest(param, f"at most {MAX_PLACES} can be named at once")
    ground.nodes(places)
    for place in places:
        ground.require(param, place, kinds)


def is_abroad(ground: Ground, one: str, other: str) -> bool:
    """Whether no source puts the two in one country."""
    return not ground.countries(one) & ground.countries(other)


def firms_of(ground: Ground, places: Collection[str]) -> set[str]:
    """These firms, and those seated in these cities and countries or on missions they sent."""
    cities = cities_in(ground, [one for one in places if kind_of(one) != "Firm"])
    missions = {claim.to for claim in ground.out(cities, "SENT")}
    found = {claim.from_ for claim in ground.into(cities, "LOCATED_IN")}
    found |= {claim.from_ for claim in ground.into(missions, "PARTICIPATED_IN")}
    found |= {claim.from_ for claim in ground.into(_countries(places), "IN_COUNTRY")}
    return {one for one in (*found, *places) if kind_of(one) == "Firm"}


def partners_in(ground: Ground, places: Collection[str]) -> set[str]:
    """These bodies and cities with their parts; of a country all its cities and bodies."""
    bodies = {one for one in places if kind_of(one) == "Organization"}
    countries = _countries(places)
    inside = cities_in(ground, countries)
    found = {claim.from_ for claim in ground.into(countries, "IN_COUNTRY")}
    found |= {claim.from_ for claim in ground.into(inside, "LOCATED_IN")}
    bodies |= {one for one in found if kind_of(one) == "Organization"}
    return bodies | cities_in(ground, set(places) - bodies)


def _countries(places: Collection[str]) -> set[str]:
    return {one for one in places if kind_of(one) == "Country"}
