"""One place out of those that a name found, by container and distance, or none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ingest.places_index import Found, PlaceIndex
    from ingest.places_table import Place


class Reason(StrEnum):
    """Why a verdict is as it is; the second group names no place."""

    DECISION = "decision"
    IDENTIFIER = "identifier"
    BRACKET = "bracket"
    CONTAINER = "container"
    NAME_COUNTRY_NEAR = "name_country_near"
    NAME_COUNTRY_ROUGH = "name_country_rough"
    NAME_COUNTRY = "name_country"
    MOST_PEOPLE = "most_people"
    NAME_NEAR = "name_near"
    NAME_ONLY = "name_only"

    AMBIGUOUS = "ambiguous"
    COUNTRY_CONTRADICTS = "country_contradicts"
    IDENTIFIER_CONTRADICTS = "identifier_contradicts"
    CONTAINER_CONTRADICTS = "container_contradicts"
    CONTAINER_UNKNOWN = "container_unknown"
    FAR_AWAY = "far_away"
    OTHER_LEVEL = "other_level"
    DIFFERENT_BY_DECISION = "different_by_decision"
    NOT_A_CITY = "not_a_city"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Choice:
    """One place, or the candidates that were left."""

    place: Place | None
    reason: Reason
    candidates: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside a name; a point may itself have been looked up by the name."""

    country: str | None = None
    containers: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    looked_up: bool = False
    identifiers: Mapping[str, str] | None = None


_NEAR = {"municipality": 25.0, "district": 25.0, "county": 60.0, "province": 250.0, "region": 300.0}
"""How far, in km, from a place's point its name may still be seen, by level."""
_NEAR_SMALL, _LARGE = 15.0, 1_000_000
"""The same for cities with fewer people than this."""
_STANDS_ON = 10.0
"""Nearer than this a place is stood on, if every namesake is much farther."""
_ROUGH = 100.0
"""How far off a point that was looked up by the name may lie: it may be a region's so named."""
_AROUND = 60.0
"""How near a place must lie to what is said to contain it, where nothing better is known."""
_TIMES, _PEOPLE = 10, 100_000
"""How many times the people of each namesake, and how many at least, make a name a city's."""


def choose(found: Found, beside: Beside, index: PlaceIndex) -> Choice:
    """The one place that all that is known allows; no place is nearer to being guessed."""
    if beside.containers and (inside := _inside(found, beside, index)):
        return inside
    if not found.here:
        return _not_here(found, beside)
    places = [place for place in found.here if not _another(place, beside.identifiers)]
    if not places:
        return Choice(None, Reason.IDENTIFIER_CONTRADICTS, found.here)
    if beside.containers:
        # not known to lie in what is said to contain it, a place must be stood on
        places = [place for place in places if _stands_in(place, beside, index)]
        if not places:
            return Choice(None, Reason.FAR_AWAY, found.here)
    if beside.point and beside.looked_up:
        choice = _nearest(places, beside)
        return choice if choice.place else _roughly(places, beside, choice)
    if beside.point:
        return _doubted(_nearest(places, beside), found.less, beside.point)
    return _without_point(places, beside)


def _not_here(found: Found, beside: Beside) -> Choice:
    if found.less:
        return Choice(None, Reason.OTHER_LEVEL, found.less)
    if found.elsewhere and beside.country:
        return Choice(None, Reason.COUNTRY_CONTRADICTS, found.elsewhere)
    return Choice(None, Reason.UNKNOWN)


def _another(place: Place, identifiers: Mapping[str, str] | None) -> bool:
    """Whether an identifier that both carry tells them apart."""
    told, known = identifiers or {}, place.identifiers or {}
    return any(known[scheme] != told[scheme] for scheme in told.keys() & known.keys())


def _inside(found: Found, beside: Beside, index: PlaceIndex) -> Choice | None:
    """The verdict by container; None where that leaves it to the point."""
    places = [p for p in (*found.here, *found.less) if not _another(p, beside.identifiers)]
    told = {place.id: _lies_in(place, beside.containers, index) for place in places}
    sure = [place for place in places if told[place.id]]
    sure = [place for place in sure if place in found.here] or sure
    if sure:
        near = [p for p in sure if not beside.point or _off(p, beside.point) < 3 * _reach(p)]
        if not near:
            return Choice(None, Reason.FAR_AWAY, tuple(sure))
        if len(near) > 1 and beside.point:
            return _nearest(near, beside)
        place = near[0] if len(near) == 1 else None
        return Choice(place, Reason.CONTAINER if place else Reason.AMBIGUOUS, tuple(near))
    if places and None not in told.values():
        return Choice(None, Reason.CONTAINER_CONTRADICTS, tuple(places))
    open_ = tuple(place for place in found.here if told.get(place.id, False) is None)
    if not open_ or beside.point:
        return None
    return Choice(None, Reason.CONTAINER_UNKNOWN, open_)


def _stands_in(place: Place, beside: Beside, index: PlaceIndex) -> bool:
    """Whether a place is at the point and nothing speaks against the containers."""
    near = beside.point is not None and _off(place, beside.point) <= _STANDS_ON
    return near and _lies_in(place, beside.containers, index) is None


def _lies_in(place: Place, containers: Iterable[str], index: PlaceIndex) -> bool | None:
    """Whether a place lies in all of these; None if that is not known."""
    told = [_lies_in_one(place, name, index) for name in containers]
    if False in told:
        return False
    return True if True in told else None


def _lies_in_one(place: Place, name: str, index: PlaceIndex) -> bool | None:
    named = index.named(name, place.country)
    outer = [place, *index.within(place)]
    if any(one in outer for one in named) or index.region_named(place.region, name):
        return True
    if place.container:
        return False if named or index.is_region(name, place.country) else None
    around = (one for one in named if one.latitude is not None and one.longitude is not None)
    if any(_off(place, (one.latitude or 0, one.longitude or 0)) < _AROUND for one in around):
        return True
    known = index.is_region(name, place.country) if place.region else False
    return False if known or named else None


def _nearest(places: Sequence[Place], beside: Beside) -> Choice:
    """The place at the point, if one alone lies there."""
    point = beside.point or (0.0, 0.0)
    ordered = sorted(places, key=lambda place: (_off(place, point), place.id))
    near = [place for place in ordered if _off(place, point) <= _reach(place)]
    if not near:
        return Choice(None, Reason.FAR_AWAY, tuple(ordered))
    first = _off(near[0], point)
    alone = len(near) == 1 or (
        first <= _STANDS_ON and _off(near[1], point) >= 3 * first + _STANDS_ON
    )
    if not alone:
        return Choice(None, Reason.AMBIGUOUS, tuple(near))
    reason = Reason.NAME_COUNTRY_NEAR if beside.country else Reason.NAME_NEAR
    return Choice(near[0], reason, tuple(near))


def _roughly(places: Sequence[Place], beside: Beside, choice: Choice) -> Choice:
    """The one place of the extract in the wider surroundings of a point looked up by the name.

    A region is named with the word for its kind there, and the point may be the region's.
    """
    point = beside.point or (0.0, 0.0)
    near = tuple(place for place in places if _off(place, point) <= _ROUGH)
    if choice.reason is not Reason.FAR_AWAY or len(near) != 1 or not beside.country:
        return choice
    place, others = near[0], [one for one in places if one is not near[0]]
    known = not place.namesake and place.level == "municipality"
    sure = known and _outnumbers(place, others)
    return Choice(place, Reason.NAME_COUNTRY_ROUGH, near) if sure else choice


def _doubted(choice: Choice, less: Sequence[Place], point: tuple[float, float]) -> Choice:
    """The choice, unless the point lies off it and may be that of a region of the name."""
    place = choice.place
    others = tuple(o for o in less if _off(o, point) <= _reach(o))
    if place is None or not others or _off(place, point) <= _STANDS_ON:
        return choice
    return Choice(None, Reason.AMBIGUOUS, (place, *others))


def _without_point(places: Sequence[Place], beside: Beside) -> Choice:
    found = tuple(sorted(places, key=lambda place: (-(place.population or 0), place.id)))
    if len(found) == 1:
        return Choice(found[0], Reason.NAME_COUNTRY if beside.country else Reason.NAME_ONLY, found)
    large = (found[0].population or 0) >= _PEOPLE and found[0].level == "municipality"
    if beside.country and large and _outnumbers(found[0], found[1:]):
        return Choice(found[0], Reason.MOST_PEOPLE, found)
    return Choice(None, Reason.AMBIGUOUS, found)


def _outnumbers(place: Place, others: Sequence[Place]) -> bool:
    """Whether a place has so many more people than each namesake that its name is its own."""
    people = place.population or 0
    return all(o.population is not None and people >= _TIMES * o.population for o in others)


def _reach(place: Place) -> float:
    """How far from its point a place's name may be seen."""
    if place.namesake or (place.level == "municipality" and (place.population or 0) < _LARGE):
        return _NEAR_SMALL
    return _NEAR[place.level]


def _off(place: Place, point: tuple[float, float]) -> float:
    """The distance of a place from a point in km; without a point of its own, none is near."""
    if place.latitude is None or place.longitude is None:
        return math.inf
    a, b, c, d = (math.radians(x) for x in (place.latitude, place.longitude, *point))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12_742 * math.asin(min(1.0, math.sqrt(h)))
