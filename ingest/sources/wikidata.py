"""Wikidata's twinned administrative bodies as asked in January 2022: shipped, and read whole.

The list names cities by Wikidata item. It does not tell sister from friendship city,
which item states the tie, nor since when.
"""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING

from graph.claims import Twinned
from graph.dates import PartialDate
from graph.errors import Problem, RecordsInvalid
from graph.nodes import City
from graph.values import Status
from ingest.files import decode, read_bytes, shown
from ingest.ids import city_id
from ingest.sources.facts import (
    LICENCES,
    Bounds,
    Reading,
    SourceFacts,
    SourceReport,
    check_counts,
)
from ingest.sources.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FACTS = SourceFacts(
    name="wikidata",
    id="source:wikidata-p190-2022",
    title="Twinned administrative bodies in Wikidata (P190), extract of January 2022",
    publisher="Wikidata contributors",
    licence="CC0-1.0",
    url="https://github.com/albertoursino/graphs-comparison",
    lineage="wikimedia",
    published=PartialDate.parse("2022-01-09"),
    ties=Bounds(least=8_182, most=8_182),
    places=Bounds(least=4_566, most=4_566),
    licence_file="wikidata/LICENSE",
    note="Cities with more than 10,000 inhabitants on both sides; towns and districts are mostly "
    "missing. The direction of each statement, its dates and its references were not taken.",
)
TIES = LICENCES / "wikidata" / "ties.csv"
CITIES = LICENCES / "places" / "cities.csv"
CHECKSUM = "161d2e7247ab3bd25b963eadd7d94d4c7c1791f575ed8b0b261daaaf89667552"
"""The sha256 of the shipped `ties.csv`."""


def read(ties: Path = TIES, cities: Path = CITIES, checksum: str = CHECKSUM) -> Reading:
    """The shipped extract; RecordsInvalid if a file was altered or misses a city."""
    known = _cities(cities)
    telling = Telling(FACTS.source())
    rows = list(_rows(ties, checksum))
    for line, one, other in rows:
        for item in (one, other):
            if item not in known:
                message = f"{shown(item)} is not among the cities of {cities.name}"
                raise _altered(ties, line, "unknown-city", message)
            _city(telling, known[item], line)
        telling.join(Twinned, _id(one), _id(other), line, status=Status.IN_FORCE)
    report = _report(telling, len(rows))
    check_counts(report, FACTS.ties, FACTS.places, str(ties))
    return Reading(telling.record(), report)


def items() -> frozenset[str]:
    """The Wikidata items of all cities in the shipped list."""
    return frozenset(item for _, *pair in _rows(TIES, CHECKSUM) for item in pair)


def _report(telling: Telling, rows: int) -> SourceReport:
    ties = sum(claim.kind == "TWINNED" for claim in telling.claims.values())
    places = sum(node.kind == "City" for node in telling.described.values())
    settled = {c.from_ for c in telling.claims.values() if c.kind == "IN_COUNTRY"}
    return SourceReport(
        source=telling.source.id,
        rows=rows,
        used=rows,
        repeated=rows - ties,
        ties=ties,
        places=places,
        given=places,
        without_country=places - len(settled),
    )


def _rows(path: Path, checksum: str) -> Iterator[tuple[int, str, str]]:
    """Line and the two items of each tie."""
    data = read_bytes(path)
    if hashlib.sha256(data).hexdigest() != checksum:
        raise _altered(path, 1, "checksum", "is not the file that was shipped")
    lines = csv.reader(io.StringIO(decode(data, str(path))))
    next(lines, None)
    for row in lines:
        if len(row) != 2:
            raise _altered(path, lines.line_num, "shape", "a row is two items")
        yield lines.line_num, row[0], row[1]


def _altered(path: Path, line: int, code: str, message: str) -> RecordsInvalid:
    return RecordsInvalid([Problem(str(path), line, 1, code, message, "install the product again")])


def _cities(path: Path) -> Mapping[str, Mapping[str, str]]:
    """The shipped cities by item."""
    text = decode(read_bytes(path), str(path))
    return {row["qid"]: row for row in csv.DictReader(io.StringIO(text)) if row["qid"]}


def _id(item: str) -> str:
    return city_id(item, None, None, {"wikidata": item})


def _city(telling: Telling, row: Mapping[str, str], line: int) -> None:
    """Describe a city with what the extract itself says of it, the first time it is named."""
    node_id = _id(row["qid"])
    if node_id in telling.described:
        return
    city = City(
        id=node_id,
        names={"en": row["name_en"]},
        identifiers={"wikidata": row["qid"]},
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        population=int(row["population"]) if row["population"] else None,
    )
    telling.describe(city, line)
    if row["country"]:
        telling.in_country(node_id, row["country"], line)
