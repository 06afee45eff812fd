"""Places by name: the exact spelling first, then without diacritics, then without its suffix."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.places_countries import agree, is_part
from ingest.places_keys import exact_key, folded_key
from ingest.places_names import Stripped, spoken, stripped
from ingest.places_table import Place, region_names, shipped_places
from ingest.places_words import CITY_IN_NAME, COUNTY, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class _Entry:
    """A place under one key: how it is really spelled, and whether that name alone means it."""

    place: Place
    exact: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The places of a name in the country that is asked for, and those elsewhere.

    Elsewhere only the very spelling counts. `less` are places that are rarely called so, as a
    prefecture by the name of its city, or of another kind than the name says.
    """

    here: tuple[Place, ...] = ()
    elsewhere: tuple[Place, ...] = ()
    less: tuple[Place, ...] = ()


class PlaceIndex:
    """Finds places by identifier and name; made once of all places."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_id: dict[str, Place] = {}
        self.by_identifier: dict[tuple[str, str], Place] = {}
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._regions = region_names()
        for place in places:
            self.by_id[place.id] = place
            for scheme, value in (place.identifiers or {}).items():
                self.by_identifier[scheme, value] = place
        for place in self.by_id.values():
            owner = self.by_id.get(place.yields_to or "")
            for key, entry in _entries(place, owner):
                self._entries[key].append(entry)

    @classmethod
    def shipped(cls) -> PlaceIndex:
        """The index of the shipped places."""
        return cls(shipped_places())

    def find(self, name: str, country: str | None, kind: str | None = None) -> Found:
        """The places of this name; `country` of None means any, `kind` is a bracket's word."""
        bare, levels = stripped_in(name, country)
        levels = KINDS.get(kind, levels) if kind else levels
        entries = self._entries.get(folded_key(name), [])
        if not kind:
            found = _split(entries, exact_key(name), country)
            if levels is None or found.here:
                return found
        entries = self._entries.get(folded_key(bare), [])
        fit = [
            replace(entry, alone=True)
            for entry in entries
            if levels is None or entry.place.level in levels
        ]
        found = _split(fit, exact_key(bare), country)
        if found.here:
            return found
        rest = _split(entries, exact_key(bare), country)
        return Found((), found.elsewhere, (*rest.here, *rest.less))

    def named(self, name: str, country: str | None) -> list[Place]:
        """Every place of this name that may be meant as a container, of any level."""
        keys = {folded_key(name), folded_key(stripped(name).name)}
        entries = [entry for key in keys for entry in self._entries.get(key, ())]
        return _unique(e.place for e in entries if agree(e.place.country, country))

    def region_named(self, region: str | None, name: str) -> bool:
        """Whether a region bears this name."""
        keys = self._regions.get(region or "", frozenset())
        return folded_key(name) in keys or folded_key(stripped(name).name) in keys

    def is_region(self, name: str, country: str | None) -> bool:
        """Whether any region of a country bears this name."""
        keys = {folded_key(name), folded_key(stripped(name).name)}
        return any(
            not keys.isdisjoint(names)
            for region, names in self._regions.items()
            if region[:2] == country or country is None
        )

    def within(self, place: Place) -> Iterator[Place]:
        """The places that a place lies in, the nearest first."""
        while place.container and (outer := self.by_id.get(place.container)):
            yield outer
            place = outer


def _entries(place: Place, owner: Place | None) -> Iterator[tuple[str, _Entry]]:
    """The keys of a place; `owner` is whom its bare name belongs to."""
    taken = {exact_key(name) for name in owner.all_names} if owner else set()
    seen = set()
    usual = owner is None and _is_called_bare(place)
    for name in place.all_names:
        told = spoken(name).name
        bare = stripped_in(told, place.country).name
        for text, alone in ((name, True), (told, True), (bare, usual)):
            exact = exact_key(text)
            if exact and exact not in seen:
                seen.add(exact)
                key = exact if exact.isascii() else folded_key(text)
                yield key, _Entry(place, exact, alone and exact not in taken)


def _is_called_bare(place: Place) -> bool:
    """Whether people leave out the word for its kind: cities, districts, Jilin, California."""
    if place.level in {"municipality", "district"} or place.country == "KR":
        return True
    return place.level == "province" and place.country in {"CN", "US"}


def stripped_in(name: str, country: str | None) -> Stripped:
    """The name without the word for its kind, where that is no part of it."""
    if country in CITY_IN_NAME and name.casefold().endswith(" city"):
        return Stripped(name, None)
    told = stripped(name)
    if country == "LV" and name.endswith("unicipality"):
        return Stripped(told.name, COUNTY)  # the land around the city of that name
    return told


def _split(entries: list[_Entry], exact: str, country: str | None) -> Found:
    """Those in the country, spelled just so if any are, else all; and those elsewhere."""
    here = [entry for entry in entries if agree(entry.place.country, country)]
    if country is not None and is_part(country):
        here = [entry for entry in here if entry.place.country == country] or here
    alone = [entry for entry in here if entry.alone]
    alone = [entry for entry in alone if entry.exact == exact] or alone
    there = (e.place for e in entries if e.exact == exact and not agree(e.place.country, country))
    less = (entry.place for entry in here if not entry.alone)
    found = (_unique(entry.place for entry in alone), _unique(there), _unique(less))
    return Found(*(tuple(places) for places in found))


def _unique(places: Iterable[Place]) -> list[Place]:
    return list({place.id: place for place in places}.values())
