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
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ingest.countries import countries
from ingest.places_table import shipped_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ingest.places_table import Place

_FOLDER = Path(__file__).parent.parent / "data" / "reader"
_HANGUL = re.compile(r"[가-힣]{2,12}")
_KIND = re.compile(r"(?:특별자치시|특별자치도|특별시|광역시|직할시|자치구|[시군구현성주도부])$")
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
class Korean:
    """A government of South Korea in its common form, with the metropolis of a district."""

    name: str
    bare: str
    level: str
    outer: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """Every name that is looked for; `longest` is the length of the longest."""

    abroad: dict[str, tuple[Name, ...]]
    korean: dict[str, tuple[Korean, ...]]
    longest: int


_EVERYDAY: dict[str, str] = {
    "터키": "TR",
    "튀르키예": "TR",
    "인니": "ID",
    "UAE": "AE",
    "아랍에미리트": "AE",
    "아랍에미리트연합": "AE",
    "카자흐": "KZ",
    "우즈벡": "UZ",
    "우즈베크": "UZ",
    "키르기스": "KG",
    "키르기즈스탄": "KG",
    "키르기스스탄": "KG",
    "타이완": "TW",
    "대만": "TW",
    "홍콩": "HK",
    "마카오": "MO",
    "월남": "VN",
    "버마": "MM",
    "호주": "AU",
    "오스트레일리아": "AU",
    "사우디": "SA",
    "사우디아라비아": "SA",
    "남아공": "ZA",
    "체코": "CZ",
    "러시아": "RU",
    "말레이지아": "MY",
    "싱가폴": "SG",
    "필리핀": "PH",
    "캄보디아": "KH",
    "라오스": "LA",
    "미얀마": "MM",
    "벨라루스": "BY",
    "우크라이나": "UA",
    "폴란드": "PL",
    "헝가리": "HU",
    "독일": "DE",
    "영국": "GB",
    "미국": "US",
    "중국": "CN",
    "일본": "JP",
    "베트남": "VN",
    "태국": "TH",
    "몽골": "MN",
    "몽고": "MN",
    "이태리": "IT",
    "불란서": "FR",
    "네델란드": "NL",
    "뉴질랜드": "NZ",
    "조지아": "GE",
    "콩고": "CG",
    "콩고민주공화국": "CD",
    "이란": "IR",
    "오만": "OM",
    "수단": "SD",
    "에콰도르": "EC",
    "도미니카": "DO",
    "보스니아": "BA",
    "아제르바이잔": "AZ",
    "투르크메니스탄": "TM",
    "스위스": "CH",
    "브라질": "BR",
    "멕시코": "MX",
    "칠레": "CL",
    "인도": "IN",
    "인도네시아": "ID",
}
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
_AREAS = ["동남아시아", "동남아", "서남아", "동북아", "중앙아시아", "중동", "유럽", "서유럽", "동유럽", "북유럽", "중남미", "남미", "북미", "미주", "아프리카", "북아프리카", "오세아니아", "대양주", "아세안", "신남방", "신북방", "걸프", "발칸", "중화권", "CIS", "북중미", "서남아시아", "동아프리카", "인도차이나", "코카서스"]
_CITY_STATES = {"SG": "싱가포르", "HK": "홍콩", "MO": "마카오"}
_SIGHTED = {
    "LA": ("로스앤젤레스", "US"),
    "엘에이": ("로스앤젤레스", "US"),
    "로스앤젤리스": ("로스앤젤레스", "US"),
    "L.A": ("로스앤젤레스", "US"),
    "호치민": ("호찌민", "VN"),
    "호치민시": ("호찌민", "VN"),
    "쿠알라룸프르": ("쿠알라룸푸르", "MY"),
    "콸라룸푸르": ("쿠알라룸푸르", "MY"),
    "쿠알라룸프": ("쿠알라룸푸르", "MY"),
    "상트페테르부르크": ("상트페테르부르크", "RU"),
    "블라디보스톡": ("블라디보스토크", "RU"),
    "블라디보스토크": ("블라디보스토크", "RU"),
    "타쉬켄트": ("타슈켄트", "UZ"),
    "알마아타": ("알마티", "KZ"),
    "자카르타": ("자카르타", "ID"),
    "이포": ("이포", "MY"),
    "오사까": ("오사카", "JP"),
    "동경": ("도쿄", "JP"),
    "도꾜": ("도쿄", "JP"),
    "방콕": ("방콕", "TH"),
    "할리우드": ("할리우드", "US"),
    "실리콘밸리": ("실리콘밸리", "US"),
    "하바롭스크": ("하바롭스크", "RU"),
    "하바로프스크": ("하바롭스크", "RU"),
    "룽징": ("룽징", "CN"),
    "뉴저지": ("뉴저지", "US"),
    "연길": ("옌지", "CN"),
    "옌지": ("옌지", "CN"),
    "룡정": ("룽징", "CN"),
    "용정": ("룽징", "CN"),
    "도문": ("투먼", "CN"),
    "투먼": ("투먼", "CN"),
    "화룡": ("허룽", "CN"),
    "돈화": ("둔화", "CN"),
    "할빈": ("하얼빈", "CN"),
    "목단강": ("무단장", "CN"),
    "치치할": ("치치하얼", "CN"),
    "가목사": ("자무쓰", "CN"),
    "단동": ("단둥", "CN"),
    "훈춘": ("훈춘", "CN"),
    "프랑크프루트": ("프랑크푸르트", "DE"),
    "뒤셀도르프": ("뒤셀도르프", "DE"),
    "요하네스버그": ("요하네스버그", "ZA"),
}
"""Forms of names that the tables do not hold."""


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
            _add_korean(korean, place, by_id)
    bare = {one.bare for many in korean.values() for one in many}
    common = _common() | bare
    known = {name for place in places for name in place.all_names}
    for place in places:
        if place.country not in {"KR", None}:
            _add_abroad(abroad, place, common, known)
    _add_sighted(abroad, common)
    ordered = {key: tuple(sorted(set(many), key=_order)) for key, many in abroad.items()}
    longest = max(map(len, ordered))
    return Names(ordered, {key: tuple(many) for key, many in korean.items()}, longest)


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
    yield from _EVERYDAY.items()


def _is_weak_country(name: str) -> bool:
    return name in _common() or name in {"이란", "가나", "차드", "통가"}


@cache
def _common() -> frozenset[str]:
    return frozenset((_FOLDER / "common.txt").read_text("utf-8").split())


def _add_korean(found: dict[str, list[Korean]], place: Place, by_id: dict[str, Place]) -> None:
    name = common_form(place.names["ko"])
    outer = by_id.get(place.container or "")
    above = common_form(outer.names["ko"]) if outer else None
    one = Korean(name, _KIND.sub("", name) or name, place.level, above)
    for key in {place.names["ko"], name, *_short(place)}:
        found[key].append(one)


def _short(place: Place) -> Iterable[str]:
    """The bare name where people use it by itself: of cities and counties, not of districts."""
    name = place.names["ko"]
    bare = _KIND.sub("", name)
    if place.level == "province":
        return {_PROVINCES.get(name, bare)}
    return {bare} if place.level != "district" and len(bare) >= 2 else set()


_PROVINCES = {
    "경상남도": "경남",
    "경상북도": "경북",
    "전라남도": "전남",
    "전라북도": "전북",
    "충청남도": "충남",
    "충청북도": "충북",
    "경기도": "경기",
    "강원도": "강원",
    "강원특별자치도": "강원",
    "전북특별자치도": "전북",
    "제주특별자치도": "제주",
}


def common_form(name: str) -> str:
    """The form in which the press names a Korean government: 전남도, 부산시, 세종시."""
    if name in _PROVINCES:
        return f"{_PROVINCES[name]}도"
    return re.sub(r"(?:특별자치시|특별시|광역시)$", "시", name)


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
        key = key.replace(" ", "")
        if _HANGUL.fullmatch(key):
            own = key in {told, standard}
            weak = is_weak(key, people, common, own=own)
            found[key].append(Name(standard.replace(" ", ""), place.country, level, people, weak))


def _stripped(name: str) -> str:
    bare = _KIND.sub("", name)
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
    for key, (standard, country) in _SIGHTED.items():
        found[key].insert(0, Name(standard, country, "city", 10**9, key in common))
    with (_FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
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
