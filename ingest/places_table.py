"""The places of the shipped gazetteer, read from ingest/data/places/."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.nodes import City
from ingest.ids import city_id, slug_of
from ingest.places_keys import folded_key
from ingest.places_names import stripped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parent / "data" / "places"


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the gazetteer knows, by the id that a record with its identifiers gives it.

    `container` is the id of the place it lies in, `region` the key of a region that is no
    place here, as `CN-05`. Where `yields_to` is set, the bare name belongs to that place,
    and this one is found by its identifier or by the word for its kind. A `namesake` is only
    here because it shares a name with another.
    """

    id: str
    names: Mapping[str, str]
    spellings: tuple[str, ...] = ()
    identifiers: Mapping[str, str] | None = None
    country: str | None = None
    container: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    level: str = "municipality"
    region: str | None = None
    yields_to: str | None = None
    namesake: bool = False

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name and spelling."""
        return (*self.names.values(), *self.spellings)

    def node(self) -> City:
        """The city as a source that passes the gazetteer on would describe it."""
        return City.model_validate(
            {
                "id": self.id,
                "names": self.names,
                "spellings": self.spellings,
                "identifiers": self.identifiers or {},
                "level": self.level,
                "latitude": self.latitude,
                "longitude": self.longitude,
                "population": self.population,
            }
        )


def shipped_places() -> Iterator[Place]:
    """The cities of the extract, those of South Korea, their namesakes, and regions."""
    spellings: dict[str, list[str]] = {}
    for row in _rows("spellings.csv"):
        spellings.setdefault(row["place"], []).append(row["spelling"])
    for row in _rows("readings.csv"):
        told = spellings.setdefault(row["qid"], [])
        told.extend(part for part in row["spellings"].split("|") if part)
    right = {row["qid"]: row for row in _rows("corrections.csv")}
    known = set()
    for row in _rows("cities.csv"):
        yield _city(row | right[row["qid"]] if row["qid"] in right else row, spellings)
        if row["level"] == "province":
            known.add(row["region"])
    for row in _rows("namesakes.csv"):
        yield _namesake(row)
    for row in _rows("regions.csv"):
        if row["place_en"] and row["region"] not in known:
            yield _region(row)


def _city(row: dict[str, str], spellings: Mapping[str, list[str]]) -> Place:
    told = {"wikidata": row["qid"], "geonames": row["geonames"]}
    identifiers = {scheme: value for scheme, value in told.items() if value}
    name = row["name_ko"] or row["name_en"]
    place = city_id(name, row["container"] or None, row["country"] or None, identifiers)
    return Place(
        id=place,
        names=_names(row),
        spellings=tuple(spellings.get(slug_of(place), ())),
        identifiers=identifiers,
        country=row["country"] or None,
        container=row["container"] or None,
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        population=int(row["population"]) if row["population"] else None,
        level=row["level"],
        region=row["region"] or None,
        yields_to=_item(row["yields_to"]),
    )


def _namesake(row: dict[str, str]) -> Place:
    identifiers = {"geonames": row["geonames"]}
    return Place(
        id=city_id(row["name_en"], None, row["country"], identifiers),
        names=_names(row),
        identifiers=identifiers,
        country=row["country"],
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        population=int(row["population"]),
        region=row["region"] or None,
        namesake=True,
    )


def _region(row: dict[str, str]) -> Place:
    """A province, prefecture or state that the extract does not hold; its point is rough."""
    return Place(
        id=city_id(row["place_en"], None, row["country"], {}),
        names={"en": row["place_en"], "ko": row["name_ko"]},
        spellings=tuple(part for part in row["spellings"].split("|") if part),
        country=row["country"],
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        level="province",
        region=row["region"],
        yields_to=_item(row["yields_to"]),
    )


def _item(qid: str) -> str | None:
    return city_id("", None, None, {"wikidata": qid}) if qid else None


def _names(row: Mapping[str, str]) -> dict[str, str]:
    told = {"en": row["name_en"], "ko": row["name_ko"]}
    return {language: name for language, name in told.items() if name}


def region_names() -> dict[str, frozenset[str]]:
    """The folded keys of each region's names, with and without the word for its kind."""
    found = {}
    for row in _rows("regions.csv"):
        names = [row["name_en"], row["name_ko"], *row["spellings"].split("|")]
        keys = {folded_key(part) for name in names for part in (name, stripped(name).name) if part}
        found[row["region"]] = frozenset(keys)
    return found


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        head = next(lines)
        for line in lines:
            yield dict(zip(head, line, strict=True))
