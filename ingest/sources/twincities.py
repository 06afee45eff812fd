"""Wikipedia's lists of twin towns as Hekman/twincities collected them: read from a given path.

The list is share-alike and never ships. It names places by English labels of places and
countries, with coordinates that were looked up by label, and tells neither kind nor date.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter, ValidationError

from graph.claims import Twinned
from graph.dates import PartialDate
from graph.errors import Problem, RecordsInvalid
from graph.values import Status, Text
from ingest.files import read_bytes, shown
from ingest.places import Gazetteer
from ingest.places_countries import is_country, read_country
from ingest.places_names import spoken, stated_id
from ingest.sources.facts import Bounds, Reading, SourceFacts, check_counts
from ingest.sources.pairs import Pairs
from ingest.sources.settling import Place, reading_of
from ingest.sources.telling import Telling
from ingest.tables_files import decode_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FACTS = SourceFacts(
    name="twincities",
    id="source:twincities-2026",
    title="Twin towns and sister cities in Wikipedia's lists, collected by Hekman/twincities",
    publisher="Wikipedia contributors; OpenStreetMap contributors for a part of the coordinates",
    licence="CC-BY-SA-4.0 AND ODbL-1.0",
    url="https://github.com/Hekman/twincities",
    lineage="wikimedia",
    published=PartialDate.parse("2026-02-08"),
    ties=Bounds(least=20_000, most=40_000),
    places=Bounds(least=14_000, most=30_000),
    given="the path of twin_cities.csv",
    note="Share-alike: keep what is made of it apart, and name Wikipedia contributors and "
    "OpenStreetMap contributors. Coordinates were looked up by label and may be a namesake's.",
)
_ENDS = (("city1", "country1", "lat1", "lng1"), ("city2", "country2", "lat2", "lng2"))
_NEEDED = frozenset({"city1", "country1", "city2", "country2"})
_HEADERS = frozenset(header for end in _ENDS for header in end)
_SIZE_LIMIT = 50_000_000
_TEXT: TypeAdapter[str] = TypeAdapter(Text)


def read(
    path: Path,
    gazetteer: Gazetteer | None = None,
    *,
    ties: Bounds = FACTS.ties,
    places: Bounds = FACTS.places,
) -> Reading:
    """The list in a file.

    Every row that cannot be used, and every value that was left out, is a problem of the
    report with file, row and reason. RecordsInvalid if the file is no such list, or holds
    fewer or more than the bounds.
    """
    reader = _Reader(str(path))
    for row, values in _rows(path):
        reader.take(row, values)
    reading = reading_of(reader, reader.places.values(), gazetteer or Gazetteer.shipped())
    check_counts(reading.report, ties, places, str(path))
    return reading


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str] | None]]:
    """Line and cells by header of each row, None for cells that do not fit the headers."""
    text, _ = decode_table(read_bytes(path, _SIZE_LIMIT), str(path))
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        header = next(lines, [])
        _check_header(header, str(path))
        for row in lines:
            if any(row):
                fits = len(row) == len(header)
                yield lines.line_num, dict(zip(header, row, strict=True)) if fits else None
    except csv.Error as error:
        fix = "save it as CSV with commas and quotation marks"
        raise RecordsInvalid(
            [Problem(str(path), lines.line_num, 1, "csv", f"no CSV: {error}", fix)]
        ) from error


def _check_header(header: Sequence[str], file: str) -> None:
    """RecordsInvalid unless these are the columns that we know, each once."""
    found = set(header)
    if _NEEDED <= found <= _HEADERS and len(found) == len(header):
        return
    message = f"the columns are {shown(', '.join(header))}"
    fix = f"name a file with the columns {', '.join(sum(_ENDS, ()))}"
    raise RecordsInvalid([Problem(file, 1, 1, "columns", message, fix)])


class _Identified(NamedTuple):
    """What a name and a country label say: id, country, part of the country, what is wrong."""

    id: str
    code: str | None
    region: str | None
    fault: str | None


def _identified(name: str, label: str) -> _Identified:
    read, fault = read_country(label), None
    if not label:
        read = read_country(name) if is_country(name) else spoken(name).country or read
        taken = f"{read.code} is taken from the name" if read.code else "none is known"
        fault = f"{shown(name)} has no country; {taken}"
    elif not read.known:
        fault = f"{shown(label)} is no country; none is taken"
    return _Identified(stated_id(name, label or read.code, None, {}), read.code, read.region, fault)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.telling = Telling(FACTS.source())
        self.pairs = Pairs(self.telling)
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []
        self.rows = self.used = 0
        self.labels: dict[tuple[str, str], _Identified] = {}

    def take(self, row: int, values: Mapping[str, str] | None) -> None:
        """Take a row, or say why it is left out."""
        self.rows += 1
        if values is None:
            self._say(row, 1, "shape", "the row has more or fewer cells than the header")
            return
        names = [self._name(row, values[end[0]], end[0]) for end in _ENDS]
        if names[0] is None or names[1] is None:
            return
        one, other = (
            self._place(row, name, values, end)
            for name, end in zip(names, _ENDS, strict=True)
            if name
        )
        self.used += 1
        self.pairs.add(Twinned, one, other, row, status=Status.IN_FORCE)

    def _name(self, row: int, cell: str, header: str) -> str | None:
        try:
            return _TEXT.validate_python(" ".join(cell.split()))
        except ValidationError:
            what = f"{header} holds no name" if cell.strip() else f"{header} is empty"
            self._say(row, 1, "name", f"{what}; the row is left out")
            return None

    def _place(self, row: int, name: str, values: Mapping[str, str], end: Sequence[str]) -> str:
        """The id of the place at one end of a row; the place is noted."""
        label = " ".join(values[end[1]].split())
        if (name, label) not in self.labels:
            self.labels[name, label] = _identified(name, label)
        node_id, code, region, fault = self.labels[name, label]
        if fault:
            self._say(row, 1, "country", fault)
        place = self.places.get(node_id)
        if place is None:
            place = Place(node_id, row, {"en": name}, name, code, region, looked_up=True)
            self.places[node_id] = place
        elif name != place.sighted:
            place.spellings.append(name)
        if place.latitude is None and (point := self._point(row, values, end)):
            place.latitude, place.longitude = point
        return node_id

    def _point(
        self, row: int, values: Mapping[str, str], end: Sequence[str]
    ) -> tuple[float, float] | None:
        cells = [values.get(header, "").strip() for header in end[2:]]
        if not any(cells):
            return None
        try:
            latitude, longitude = map(float, cells)
        except ValueError:
            latitude = longitude = float("nan")
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return latitude, longitude
        listed = ", ".join(cells)
        self._say(row, 1, "coordinates", f"{shown(listed)} are no coordinates; they are left out")
        return None

    def _say(self, row: int, column: int, code: str, message: str) -> None:
        fix = "mend the row, or leave it"
        self.problems.append(Problem(self.file, row, column, code, message, fix))
