"""Places as a list names them, found among the known cities, never by a silent guess.

A place keeps the id that its row alone gives. Where the gazetteer is sure, the source
says SAME_AS with the reason, which a decision can take back; where it is not, the place
stays for itself and the report lists the candidates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from graph.nodes import City
from ingest.places import Sighting
from ingest.sources.facts import Reading, SourceReport, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.errors import Problem
    from ingest.places import Gazetteer
    from ingest.places import Place as Known
    from ingest.sources.pairs import Pairs
    from ingest.sources.telling import Telling


@dataclass(slots=True)
class Place:
    """A place as rows name it: the id from its name, and all they say beside it.

    `sighted` is the name as the gazetteer is asked for it, `note` the cell where it says more.
    `looked_up` if its point was found by its name.
    """

    id: str
    row: int
    names: dict[str, str]
    sighted: str
    country: str | None = None
    container: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    note: str | None = None
    looked_up: bool = False
    spellings: list[str] = field(default_factory=list)

    def node(self) -> City:
        """The city that the source describes."""
        others = dict.fromkeys(one for one in self.spellings if one not in self.names.values())
        return City(
            id=self.id,
            names=self.names,
            spellings=tuple(others),
            latitude=self.latitude,
            longitude=self.longitude,
            note=self.note,
        )

    def sighting(self) -> Sighting:
        """What the gazetteer is asked."""
        return Sighting(
            self.sighted,
            self.country,
            self.container,
            self.latitude,
            self.longitude,
            looked_up=self.looked_up,
        )


@dataclass(slots=True)
class Settled:
    """What became of the places of one source."""

    places: int = 0
    resolved: int = 0
    unknown: int = 0
    without_country: int = 0
    undecided: list[Undecided] = field(default_factory=list)


class ListReader(Protocol):
    """What was read of a list: its claims so far, and how its rows fared."""

    telling: Telling
    pairs: Pairs
    problems: list[Problem]
    rows: int
    used: int


def reading_of(read: ListReader, places: Iterable[Place], gazetteer: Gazetteer) -> Reading:
    """The record of a list, its places settled and its ties told, and the report on it."""
    settled = settle(read.telling, places, gazetteer)
    report = SourceReport(
        source=read.telling.source.id,
        rows=read.rows,
        used=read.used,
        repeated=read.pairs.repeated,
        ties=read.pairs.tell(),
        places=settled.places,
        resolved=settled.resolved,
        unknown=settled.unknown,
        without_country=settled.without_country,
        undecided=tuple(settled.undecided),
        problems=tuple(sorted(read.problems)),
    )
    return Reading(read.telling.record(), report)


def settle(telling: Telling, places: Iterable[Place], gazetteer: Gazetteer) -> Settled:
    """Describe every place and say of each whether it is a known city.

    Only what the rows say decides, no decision of a person: those are a source of their own.
    """
    settled = Settled()
    for place in places:
        settled.places += 1
        settled.without_country += place.country is None
        telling.describe(place.node(), place.row)
        if place.country:
            telling.in_country(place.id, place.country, place.row)
        _find(telling, place, gazetteer, settled)
    return settled


def _find(telling: Telling, place: Place, gazetteer: Gazetteer, settled: Settled) -> None:
    verdict = gazetteer.resolve(place.sighting())
    if verdict.place is not None:
        settled.resolved += 1
        telling.describe(_city(verdict.place))
        telling.same(place.id, verdict.place.id, verdict.reason.value)
    elif verdict.candidates:
        settled.undecided.append(
            Undecided(
                id=place.id,
                name=place.sighted,
                country=place.country,
                row=place.row,
                reason=verdict.reason.value,
                candidates=tuple(known.id for known in verdict.candidates),
            )
        )
    else:
        settled.unknown += 1


def _city(known: Known) -> City:
    """The known city as this source points at it: by its identifiers and names."""
    return City.model_validate(
        {
            "id": known.id,
            "names": known.names,
            "identifiers": known.identifiers or {},
        }
    )
