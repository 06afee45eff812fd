"""Which city is meant: the only code that decides it.

A sighting is a name in any script with what is known beside it; a verdict is one place
with the reason, or none with the reason and the candidates. Never a silent guess: where
several places remain, a person decides (`ingest.decisions`). Only the shipped gazetteer
is asked, never a store, so that the order of loading changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from ingest.places_choice import Beside, Choice, Reason, choose
from ingest.places_countries import Label, agree, is_country, read_country
from ingest.places_index import PlaceIndex
from ingest.places_names import Spoken, spoken, stated_id
from ingest.places_rulings import NO_RULINGS
from ingest.places_table import Place
from ingest.places_words import AREAS, NO_CITY

if TYPE_CHECKING:
    from ingest.places_rulings import Rulings

__all__ = ["Gazetteer", "Place", "Reason", "Sighting", "Verdict"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place as a list names it; `country` is any label, `container` what it lies in.

    `looked_up` if the list's maker found the point by the name, so that it may be another's.
    """

    name: str
    country: str | None = None
    container: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    looked_up: bool = False

    @property
    def id(self) -> str:
        """The id that this way of naming the place has by itself, known or not."""
        return stated_id(self.name, self.country, self.container, self.identifiers)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One place and why, or no place, why, and which it might be."""

    place: Place | None
    reason: Reason
    candidates: tuple[Place, ...] = ()


class Gazetteer:
    """Decides which place a sighting means."""

    def __init__(self, index: PlaceIndex) -> None:
        self.index = index

    @classmethod
    @cache
    def shipped(cls) -> Gazetteer:
        """The gazetteer of the shipped tables; read once."""
        return cls(PlaceIndex.shipped())

    def resolve(self, sighting: Sighting, rulings: Rulings = NO_RULINGS) -> Verdict:
        """The place that is meant: by a person's decision, by identifier, else by name."""
        stated = sighting.id
        if decided := rulings.place_of(stated):
            place = self.index.by_id.get(decided) or Place(decided, {})
            return Verdict(place, Reason.DECISION, (place,))
        choice = self._by_identifier(sighting) or self._by_name(sighting)
        if choice.place and rulings.apart(stated, choice.place.id):
            return Verdict(None, Reason.DIFFERENT_BY_DECISION, (choice.place,))
        return Verdict(choice.place, choice.reason, choice.candidates)

    def _by_identifier(self, sighting: Sighting) -> Choice | None:
        for scheme in ("wikidata", "geonames"):
            value = sighting.identifiers.get(scheme)
            if value and (place := self.index.by_identifier.get((scheme, value))):
                return Choice(place, Reason.IDENTIFIER, (place,))
        return None

    def _by_name(self, sighting: Sighting) -> Choice:
        told = spoken(sighting.name)
        beside = _beside(sighting, told)
        whole = self.index.find(sighting.name, beside.country)
        if whole.here and told.containers:
            # a comma or bracket that belongs to the name, as in Halle (Saale)
            plain = _beside(sighting, replace(told, containers=()))
            choice = choose(whole, plain, self.index)
            if choice.place:
                return choice
        choice = choose(self.index.find(told.name, beside.country, told.kind), beside, self.index)
        if told.alias:
            choice = _agreed(choice, self._by_name(replace(sighting, name=told.alias)))
        if choice.reason is Reason.UNKNOWN and _no_city(told.name, beside.country):
            return Choice(None, Reason.NOT_A_CITY)
        return choice


def _beside(sighting: Sighting, told: Spoken) -> Beside:
    label = _label(sighting, told)
    point = None
    if sighting.latitude is not None and sighting.longitude is not None:
        point = sighting.latitude, sighting.longitude
    chain = [*_outer(sighting), *told.within(label), label.region]
    containers = tuple(dict.fromkeys(part for part in chain if part))
    return Beside(label.code, containers, point, sighting.looked_up, sighting.identifiers)


def _outer(sighting: Sighting) -> tuple[str, ...]:
    """The container that stands beside the name, taken apart like a name."""
    if not sighting.container:
        return ()
    told = spoken(sighting.container)
    return (told.name, *told.containers)


def _label(sighting: Sighting, told: Spoken) -> Label:
    if sighting.country and (label := read_country(sighting.country)).known:
        return label
    return told.country or Label(None, known=False)


def _agreed(choice: Choice, other: Choice) -> Choice:
    """The verdict on a name that stands there twice, in two scripts."""
    both = tuple({place.id: place for place in (*choice.candidates, *other.candidates)}.values())
    if choice.place and other.place:
        if choice.place.id == other.place.id:
            return Choice(choice.place, Reason.BRACKET, (choice.place,))
        return Choice(None, Reason.AMBIGUOUS, both)
    place = choice.place or other.place
    silent = other if choice.place else choice
    if place and (not silent.candidates or place.id in {p.id for p in silent.candidates}):
        return Choice(place, Reason.BRACKET, (place,))
    return Choice(None, choice.reason if not both else Reason.AMBIGUOUS, both)


def _no_city(name: str, country: str | None) -> bool:
    """Whether a name is that of a country, a part of the world, or a body."""
    itself = is_country(name) and agree(read_country(name).code, country)
    return itself or name.casefold() in AREAS or NO_CITY.search(name) is not None
