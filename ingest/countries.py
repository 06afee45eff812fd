"""The countries of ISO 3166-1 with their English and Korean names, and other usual ones."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from graph.nodes import Country
from ingest.ids import country_id

_FILE = Path(__file__).parent / "data" / "countries.csv"


@cache
def countries() -> dict[str, Country]:
    """Every country by its two letters."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _country(row["code"], row) for row in csv.DictReader(file)}


def _country(code: str, row: dict[str, str]) -> Country:
    names = {"en": row["en"], "ko": row["ko"]}
    spellings = tuple(filter(None, row["spellings"].split(";")))
    return Country(id=country_id(code), names=names, spellings=spellings, identifiers={"iso": code})
