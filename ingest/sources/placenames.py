"""Korean names, spellings and GeoNames ids of the cities in the shipped list: no ties.

They are a source of their own, since their licence and their author are others than the
list's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.dates import PartialDate
from graph.nodes import City
from ingest.places_table import shipped_places
from ingest.sources import wikidata
from ingest.sources.facts import Bounds, Reading, SourceFacts, SourceReport, check_counts
from ingest.sources.telling import Telling

if TYPE_CHECKING:
    from ingest.places_table import Place

FACTS = SourceFacts(
    name="places",
    id="source:place-names",
    title="Names of cities in Korean, spellings and GeoNames ids",
    publisher="GeoNames; the jamae contributors for readings and corrections",
    licence="CC-BY-4.0",
    url="https://www.geonames.org",
    lineage="geonames",
    published=PartialDate.parse("2026-07"),
    ties=Bounds(least=0, most=0),
    places=Bounds(least=3_000, most=4_566),
    licence_file="places/LICENSE",
)


def read() -> Reading:
    """What the shipped tables of places add to the cities of the Wikidata extract."""
    telling = Telling(FACTS.source())
    listed = wikidata.items()
    for place in shipped_places():
        identifiers = place.identifiers or {}
        if identifiers.get("wikidata") in listed and ("ko" in place.names or len(identifiers) > 1):
            telling.describe(_city(place))
    places = len(telling.described) - 1
    report = SourceReport(
        source=FACTS.id, rows=places, used=places, repeated=0, ties=0, places=places, given=places
    )
    check_counts(report, FACTS.ties, FACTS.places, FACTS.name)
    return Reading(telling.record(), report)


def _city(place: Place) -> City:
    return City.model_validate(
        {
            "id": place.id,
            "names": {language: name for language, name in place.names.items() if language != "en"},
            "spellings": place.spellings,
            "identifiers": place.identifiers,
            "level": place.level,
        }
    )
