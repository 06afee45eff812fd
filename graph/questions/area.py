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
    countries = {one for one in places if kind_of(one) == "Country"}
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
