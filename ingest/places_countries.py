"""Countries as lists write them: in any language, historical, with their parts, misspelled."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.countries import countries
from ingest.places_keys import folded_key

_FILE = Path(__file__).parent / "data" / "places" / "country_names.csv"
_REALMS = {
    "FR": "GF GP MQ RE YT NC PF PM WF BL MF TF",
    "DK": "FO GL",
    "US": "PR GU VI AS MP UM",
    "GB": "JE GG IM GI BM FK VG KY AI MS TC SH",
    "NL": "AW CW SX BQ",
    "NO": "SJ BV",
    "FI": "AX",
    "CN": "HK MO",
}
_PARTS = {
    folded_key(name): name
    for name in (
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
        "잉글랜드",
        "스코틀랜드",
        "웨일스",
    )
}
"""Labels that say more than a country."""
_REALM_OF = {code: home for home, codes in _REALMS.items() for code in codes.split()}


@dataclass(frozen=True, slots=True)
class Label:
    """What a country label says: the two letters, and a region that stands before it.

    `known` is False for a label that names no country we know. A country without two
    letters, as Kosovo, is known and has no code.
    """

    code: str | None
    region: str | None = None
    known: bool = True


@cache
def read_country(label: str) -> Label:
    """What `Republic of Korea`, `중국`, `England` or `Brandenburg, Germany` says."""
    names = _names()
    key = folded_key(label)
    if key in names:
        return Label(names[key] or None, _PARTS.get(key))
    if len(label) == 2 and label.upper() in countries():
        return Label(label.upper())
    region, comma, country = label.rpartition(",")
    if comma and (key := folded_key(country)) in names:
        return Label(names[key] or None, region.strip())
    return Label(None, known=False)


def is_country(name: str) -> bool:
    """Whether the whole text names a country, by a name or alias and not by its letters."""
    return folded_key(name) in _names()


def agree(one: str | None, other: str | None) -> bool:
    """Whether two codes may mean one country: alike, absent, or one a part of the other."""
    if one is None or other is None or one == other:
        return True
    return _REALM_OF.get(one, one) == _REALM_OF.get(other, other)


def is_part(code: str) -> bool:
    """Whether a code stands for an overseas part of another country, as Réunion's does."""
    return code in _REALM_OF


@cache
def _names() -> dict[str, str]:
    told = [
        (name, code) for code, country in countries().items() for name in country.names.values()
    ]
    with _FILE.open(encoding="utf-8", newline="") as file:
        told += [(row["name"], row["code"]) for row in csv.DictReader(file)]
    return {folded_key(name): code for name, code in told}
