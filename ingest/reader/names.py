"""The names of places that are looked for in a text: countries, cities and regions abroad, Korea's.

Read once from the tables of `ingest/data`; the Korean name of the gazetteer is the standard one,
whatever form is printed.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from ingest.countries import countries
from ingest.places_table import shipped_places
from ingest.reader.korean_names import KIND, Korean, add_korean
from ingest.reader.words import FOLDER, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.places_table import Place

_HANGUL = re.compile(r"[가-힣]{2,12}")
Level = Literal["country", "area", "city", "region"]


@dataclass(frozen=True, slots=True)
class Name:
    """One place under one name: its standard name, country, level and how many live there.

    `weak` if the name is also a word, or so short that more must speak for the place.
    """

    standard: str
    country: str | None
    level: Level
    people: int
    weak: bool


@dataclass(frozen=True, slots=True)
class Names:
    """Every name that is looked for, the length of the longest, and how they begin."""

    abroad: dict[str, tuple[Name, ...]]
    korean: dict[str, tuple[Korean, ...]]
    longest: int
    openings: frozenset[str]


SIGNS = {
    "中": "CN",
    "日": "JP",
    "美": "US",
    "英": "GB",
    "佛": "FR",
    "獨": "DE",
    "露": "RU",
    "印": "IN",
    "泰": "TH",
    "越": "VN",
    "濠": "AU",
    "臺": "TW",
}
_AREAS = [
    "동남아시아",
    "동남아",
    "서남아",
    "동북아",
    "중앙아시아",
    "중동",
    "유럽",
    "서유럽",
    "동유럽",
    "북유럽",
    "중남미",
    "남미",
    "북미",
    "미주",
    "아프리카",
    "북아프리카",
    "오세아니아",
    "대양주",
    "아세안",
    "신남방",
    "신북방",
    "걸프",
    "발칸",
    "중화권",
    "CIS",
    "북중미",
    "서남아시아",
    "동아프리카",
    "인도차이나",
    "코카서스",
]
_CITY_STATES = {"SG": "싱가포르", "HK": "홍콩", "MO": "마카오"}


@cache
def names() -> Names:
    """All names, read once."""
    abroad: dict[str, list[Name]] = defaultdict(list)
    for name, code in _country_names():
        abroad[name].append(Name(name, code, "country", 10**10, _is_weak_country(name)))
    for name in _AREAS:
        abroad[name].append(Name(name, None, "area", 0, weak=False))
    korean: dict[str, list[Korean]] = defaultdict(list)
    places = list(shipped_places())
    by_id = {place.id: place for place in places}
    for place in places:
        if place.country == "KR":
            add_korean(korean, place, by_id)
    bare = {one.bare for many in korean.values() for one in many}
    common = _common() | bare
    known = {name for place in places for name in place.all_names}
    for place in places:
        if place.country not in {"KR", None}:
            _add_abroad(abroad, place, common, known)
    _add_sighted(abroad, common)
    ordered = {key: tuple(sorted(set(many), key=_order)) for key, many in abroad.items()}
    longest = max(map(len, ordered))
    openings = frozenset(key[:2] for key in (*ordered, *korean))
    return Names(ordered, {key: tuple(many) for key, many in korean.items()}, longest, openings)


def _order(name: Name) -> tuple[bool, bool, int, str]:
    return name.level != "country", name.level != "city", -name.people, name.standard


def country_of(word: str) -> str | None:
    """The code of the country that a word names."""
    found = names().abroad.get(word, ())
    return next((one.country for one in found if one.level == "country"), None)


def city_state(code: str | None) -> str | None:
    """The city that is its own country, by the code."""
    return _CITY_STATES.get(code or "")


def _country_names() -> Iterator[tuple[str, str]]:
    for code, country in countries().items():
        if code == "KR":
            continue
        for name in (country.names.get("ko", ""), *country.spellings):
            told = name.replace(" ", "")
            if _HANGUL.fullmatch(told) and code != "KP":
                yield told, code
    yield from ((row["name"], row["country"]) for row in _everyday() if not row["standard"])


@cache
def _everyday() -> tuple[dict[str, str], ...]:
    """Everyday names that the tables lack: of countries, and of cities with their standard name."""
    with (FOLDER / "everyday.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _is_weak_country(name: str) -> bool:
    return name in _common() or name in {"이란", "가나", "차드", "통가"}


@cache
def _common() -> frozenset[str]:
    return words("common")


def _add_abroad(
    found: dict[str, list[Name]], place: Place, common: frozenset[str], known: set[str]
) -> None:
    told = place.names.get("ko")
    if not told:
        return
    region = place.level in {"province", "region"} and place.identifiers is None
    level: Level = "region" if place.level in {"province", "region"} or region else "city"
    people = place.population or 0
    standard = told if level == "region" else _bare(told, known)
    for key in {told, standard, *place.spellings, *(_bare(key, known) for key in place.spellings)}:
        joined = key.replace(" ", "")
        if _HANGUL.fullmatch(joined):
            own = key in {told, standard}
            weak = is_weak(joined, people, common, own=own)
            found[joined].append(
                Name(standard.replace(" ", ""), place.country, level, people, weak)
            )


def _stripped(name: str) -> str:
    bare = KIND.sub("", name)
    return bare if len(bare) >= 2 else name


def _bare(name: str, known: set[str]) -> str:
    """The name without the word for its kind, unless that is a part of the name as in 트빌리시."""
    bare = _stripped(name)
    return bare if not name.endswith("시") or bare in known else name


def is_weak(name: str, people: int, common: frozenset[str], *, own: bool = True) -> bool:
    """Whether a name needs more than itself to be read as a place."""
    if name in common or len(name) < 2:
        return True
    return len(name) == 2 and not (own and people >= 400_000)


def _add_sighted(found: dict[str, list[Name]], common: frozenset[str]) -> None:
    for row in _everyday():
        if row["standard"]:
            name, usual, weak = row["name"], row["standard"], row["name"] in common
            found[name].insert(0, Name(usual, row["country"], "city", 10**9, weak))
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {
        (key, one.country) for key, many in found.items() for one in many if one.level == "city"
    }
    standard = _standards(rows)
    for row in rows:
        key = row["name"].replace(" ", "")
        bare = key if key.endswith("시") else _stripped(key)
        people = int(row["population"])
        for told in {key, bare}:
            if _HANGUL.fullmatch(told) and (told, row["country"]) not in known:
                name = standard.get(row["geonames"], bare)
                weak = is_weak(told, people, common) or told in _common()
                found[told].append(Name(name, row["country"], "city", people, weak))


def _standards(rows: list[dict[str, str]]) -> dict[str, str]:
    """The standard name of a city of the second table by its GeoNames id."""
    told: dict[str, str] = {}
    for place in shipped_places():
        number = (place.identifiers or {}).get("geonames")
        if number and place.names.get("ko"):
            told[number] = place.names["ko"].replace(" ", "")
    for row in sorted(rows, key=lambda row: (len(row["name"]), row["name"])):
        told.setdefault(row["geonames"], row["name"].replace(" ", ""))
    return told
