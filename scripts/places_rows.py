"""The rows of cities.csv before GeoNames is asked: the extract's cities and South Korea's."""

from __future__ import annotations

import csv
import math
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from ingest.ids import city_id  # noqa: E402 - the project need not be installed
from ingest.places_countries import read_country  # noqa: E402
from ingest.places_keys import exact_key, folded_key  # noqa: E402
from ingest.places_names import spoken, stripped  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED = ROOT / "ingest" / "data" / "places"
CURATED = ROOT / "scripts" / "places"
_GEXF = "{http://www.gexf.net/1.2draft}"
_LEVEL_WORDS = (
    (r"\b(Prefecture|Province|Oblast|Voivodeship)$", "province"),
    (r"^(Canton|Emirate|Metropolitan City) of", "province"),
    (r"\bRegion$", "region"),
    (r"\b[Mm]unicipality$", "municipality"),
    (r"\b(County|County Borough)$|^County ", "county"),
    (r"-ku$|^(London|Royal) Borough|^Prague \d|Budapest District|\bDistrict$", "district"),
    (r"\bdistrict$", "county"),
)


@dataclass
class Row:
    """One line of cities.csv, with the spellings that go beside it.

    `point` is where it really lies, if the extract errs.
    """

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
    point: tuple[float, float] | None = None

    @property
    def id(self) -> str:
        """The id that a record would give this place."""
        told = {"wikidata": self.qid, "geonames": self.geonames}
        given = {scheme: value for scheme, value in told.items() if value}
        return city_id(self.name_ko or self.name_en, self.container or None, self.country, given)

    @property
    def spot(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.point or (float(self.lat), float(self.lon))

    @property
    def keys(self) -> set[str]:
        """The folded keys by which it is found, with and without the word for its kind."""
        names = [self.name_en, spoken(self.name_en).name, self.name_ko, *self.spellings]
        parts = [part for name in names if name for part in (name, stripped(name).name)]
        return {folded_key(part) for part in parts}


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a hand-made table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance on the globe."""
    (a, b), (c, d) = ((math.radians(x) for x in point) for point in (one, other))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12_742 * math.asin(min(1.0, math.sqrt(h)))


def all_rows(gexf: Path) -> list[Row]:
    """The extract's cities by item, then what it lacks of South Korea.

    The containers of Korean rows are still names, not ids.
    """
    rows = sorted(_extract(gexf), key=lambda row: int(row.qid[1:]))
    _amend(rows)
    known = {exact_key(stripped(r.name_en).name): r for r in rows if r.country == "KR"}
    korean = [_korean(told, known) for told in table(CURATED / "korea.csv")]
    _yield_to_namesakes(rows)
    return [*rows, *(row for row in korean if not row.qid)]


def korean_order(rows: list[Row]) -> list[Row]:
    """The Korean rows, each after the one that contains it."""
    by_name = {(row.container, row.name_ko): row for row in rows if row.country == "KR"}
    told = table(CURATED / "korea.csv")
    return [by_name[line["container"], line["name_ko"]] for line in told]


def _extract(path: Path) -> Iterator[Row]:
    for node in ET.parse(path).iter(f"{_GEXF}node"):  # noqa: S314 - a file of our own choice
        told = {v.get("for"): v.get("value", "") for v in node.iter(f"{_GEXF}attvalue")}
        label = unicodedata.normalize("NFC", node.get("label", ""))
        row = Row(node.get("id", ""), label, country=read_country(told["4"]).code or "")
        row.lat, row.lon = (f"{float(told[key]):.6f}".rstrip("0").rstrip(".") for key in "21")
        row.population = str(int(float(told["3"])))
        row.level = next((lv for word, lv in _LEVEL_WORDS if re.search(word, label)), row.level)
        yield row


def _amend(rows: list[Row]) -> None:
    """Apply the hand-made tables on levels, namesakes and points."""
    levels = {told["qid"]: told["level"] for told in table(CURATED / "levels.csv")}
    yields = {told["qid"]: told["to"] for told in table(CURATED / "yields.csv")}
    points = {told["qid"]: told for told in table(SHIPPED / "corrections.csv")}
    for row in rows:
        row.level = levels.get(row.qid, row.level)
        row.yields_to = yields.get(row.qid, "")
        if told := points.get(row.qid):
            row.point = float(told["lat"]), float(told["lon"])


def _korean(told: dict[str, str], known: dict[str, Row]) -> Row:
    """A province, city, county or district of South Korea; the extract's row if it has one."""
    row = Row(name_en=told["name_en"], country="KR", lat=told["lat"], lon=told["lon"])
    row.level = told["level"]
    key = exact_key(stripped(told["name_en"]).name)
    twin = known.get(key) if told["name_ko"] != "광주시" else None
    if twin and twin.level == row.level:
        row = twin
    row.name_ko, row.container = told["name_ko"], told["container"]
    row.spellings = [part for part in told["spellings"].split("|") if part]
    if row.name_ko.endswith(("특별시", "광역시", "특별자치시")):
        row.spellings.append(row.name_ko[:2] + "시")
    return row


def _yield_to_namesakes(rows: list[Row]) -> None:
    """Leave a bare name to the city where a county, province or municipality bears it too."""
    towns = [row for row in rows if row.level == "municipality" and row.country != "KR"]
    cities = {(row.country, folded_key(row.name_en)): row for row in towns}
    for row in rows:
        bare = stripped(row.name_en).name
        city = cities.get((row.country, folded_key(bare)))
        if city and city is not row and bare != row.name_en and city.yields_to != row.qid:
            row.yields_to = row.yields_to or city.qid
