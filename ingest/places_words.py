"""The words around the names of places: what says city, county, district or province."""

from __future__ import annotations

import re

MUNICIPALITY = frozenset({"municipality"})
COUNTY = frozenset({"county"})
DISTRICT = frozenset({"district"})
PROVINCE = frozenset({"province", "region"})
PART = COUNTY | DISTRICT
OTHER: frozenset[str] = frozenset()
"""A kind of place that the gazetteer holds none of."""

_Rows = tuple[tuple[str, frozenset[str]], ...]

_HANGUL: _Rows = (
    ("특별자치시", MUNICIPALITY),
    ("특별자치도", PROVINCE),
    ("특별시", MUNICIPALITY),
    ("광역시", MUNICIPALITY),
    ("직할시", MUNICIPALITY),
    ("자치구", PROVINCE),
    ("시", MUNICIPALITY),
    ("군", COUNTY),
    ("구", DISTRICT),
    ("도", PROVINCE),
    ("성", PROVINCE),
    ("부", PROVINCE),
    ("현", PROVINCE | COUNTY),
    ("주", PROVINCE),
    ("카운티", COUNTY),
)
_HAN: _Rows = (
    ("特別市", MUNICIPALITY),
    ("廣域市", MUNICIPALITY),
    ("市", MUNICIPALITY),
    ("区", DISTRICT),
    ("區", DISTRICT),
    ("県", PROVINCE),
    ("縣", PART | PROVINCE),
    ("县", COUNTY),
    ("郡", COUNTY),
    ("都", PROVINCE),
    ("府", PROVINCE),
    ("道", PROVINCE),
    ("省", PROVINCE),
    ("州", PROVINCE),
)
_LATIN: _Rows = (
    ("-si", MUNICIPALITY),
    ("-shi", MUNICIPALITY),
    ("-gun", COUNTY),
    ("-gu", DISTRICT),
    ("-ku", DISTRICT),
    ("-do", PROVINCE),
    ("-ken", PROVINCE),
    (" metropolitan city", MUNICIPALITY),
    (" city municipality", MUNICIPALITY),
    (" local municipality", MUNICIPALITY),
    (" rural municipality", MUNICIPALITY),
    (" district municipality", COUNTY),
    (" municipality", MUNICIPALITY),
    (" city", MUNICIPALITY),
    (" special city", MUNICIPALITY),
    (" county borough", COUNTY),
    (" county", COUNTY),
    (" regency", COUNTY),
    (" district", PART),
    (" ward", DISTRICT),
    (" prefecture", PROVINCE),
    (" province", PROVINCE),
    (" oblast", PROVINCE),
    (" voivodeship", PROVINCE),
    (" governorate", PROVINCE),
    (" state", PROVINCE),
    (" region", PROVINCE),
    (" island", PROVINCE),
    (" parish", OTHER),
)
_BEFORE: _Rows = (
    ("metropolitan city of ", PROVINCE),
    ("royal borough of ", DISTRICT),
    ("london borough of ", DISTRICT),
    ("municipality of ", MUNICIPALITY),
    ("city of ", MUNICIPALITY),
    ("town of ", MUNICIPALITY),
    ("province of ", PROVINCE),
    ("emirate of ", PROVINCE),
    ("community of ", PROVINCE),
    ("canton of ", PROVINCE),
    ("county of ", COUNTY),
    ("county ", COUNTY),
    ("state of ", PROVINCE),
    ("landkreis ", COUNTY),
    ("kabupaten ", COUNTY),
    ("kota ", MUNICIPALITY),
    ("gmina ", OTHER),
)
SUFFIXES: dict[str, _Rows] = {"hangul": _HANGUL, "han": _HAN, "other": _LATIN}
PREFIXES = _BEFORE

CITY_IN_NAME = frozenset(
    ["US", "CA", "AU", "GB", "NZ", "IE", "MX", "GT", "PA", "BZ", "PH", "KW", "ZA"]
)
"""Where `City` at the end is part of the name, as in Kansas City and Quezon City."""

KINDS: dict[str, frozenset[str]] = {
    "city": MUNICIPALITY,
    "town": MUNICIPALITY,
    "municipality": MUNICIPALITY,
    "district": PART,
    "county": COUNTY,
    "regency": COUNTY,
    "province": PROVINCE,
    "prefecture": PROVINCE,
    "region": PROVINCE,
    "state": PROVINCE,
    "canton": PROVINCE,
    "oblast": PROVINCE,
    "island": PROVINCE,
    "amt": OTHER,
    "gmina": OTHER,
    "urban gmina": OTHER,
    "rural gmina": OTHER,
    "rural district": OTHER,
    "communauté": OTHER,
    "village": OTHER,
    "parish": OTHER,
    "시": MUNICIPALITY,
    "군": COUNTY,
    "구": DISTRICT,
}
"""What a bracket says of the kind of place, as in `Starnberg (district)`."""

PROVINCES = frozenset(
    [
        "서울",
        "부산",
        "대구",
        "인천",
        "광주",
        "대전",
        "울산",
        "세종",
        "경기",
        "강원",
        "충북",
        "충남",
        "전북",
        "전남",
        "경북",
        "경남",
        "제주",
    ]
)
"""The short names of the provinces and metropolises of South Korea."""

_BODIES = (
    "university|chamber|association|company|institute|ministry|embassy|consulate|airport|"
    "hospital|museum|inc|ltd|llc|gmbh|committee|okta"
)
NO_CITY = re.compile(
    rf"\b(?:{_BODIES})\b|대학교?$|학교$|협회$|연합회$|상공회의소|공사$|공단$|주식회사|\(주\)|㈜|공항$|"
    "병원$|박물관$|위원회$|대사관|영사관|무역관$|연구원$|항만$",
    re.IGNORECASE,
)
"""Names of bodies, which are no places."""

AREAS = frozenset(
    [
        "동남아",
        "동남아시아",
        "동북아",
        "중동",
        "유럽",
        "아시아",
        "아프리카",
        "남미",
        "북미",
        "중남미",
        "오세아니아",
        "중앙아시아",
        "전국",
        "국내",
        "해외",
        "europe",
        "asia",
        "africa",
        "oceania",
    ]
) | {"southeast asia", "middle east", "north america", "south america", "latin america"}
"""Parts of the world, which are no places of this graph."""
