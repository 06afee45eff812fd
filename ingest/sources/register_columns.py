"""The headers of registers: which column means what, and which row holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.tables_values import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ingest.sources.register_sheets import Line

_SEARCHED = 30
_WORDS = {
    "country": (
        "국가,국가명,나라,나라명,상대국,상대국가,대상국가,대상국,결연국가,교류국가,자매국가,"
        "NATIONNAME,NATION_NM,NATION,NATN_NM,NAT_NM,COUNTRY,COUNTRY_NM,COUNTRYNAME"
    ),
    "province": (
        "성·주,주·성,성(주),주(성),성/주/현,주/성/현,성급,광역지역,주명,성명(省名),상위지역,"
        "PROVINCE,STATE,STATENAME"
    ),
    "city": (
        "도시,도시명,상대도시,상대도시명,결연도시,결연도시명,교류도시,교류도시명,자매도시,"
        "자매도시명,우호도시,우호도시명,자매우호도시,자매우호도시명,자매결연도시,"
        "자매결연도시명,해외도시,해외도시명,결연지역,결연단체,결연자치단체,교류단체,외국도시,"
        "외국지자체,CITYNAME,CITY_NM,CITY,PARTNER,PARTNER_CITY"
    ),
    "english": (
        "영문,영문명,도시명(영문),도시명(영어),영문도시명,도시영문명,CITYNAME_EN,CITY_ENG,"
        "CITY_NM_EN,CITY_ENG_NM,ENG_NM"
    ),
    "signed": (
        "결연일,결연일자,결연년월일,결연연월일,결연연도,결연년도,결연시기,결연월일,체결일,"
        "체결일자,체결년도,체결연도,체결시기,협정일,협정체결일,협약일,협약체결일,자매결연일,"
        "자매결연일자,자매결연체결일,결연체결일,결연체결일자,교류시작일,교류개시일,AGREE_DATE,"
        "AGREEDATE,AGRE_DE,AGREE_DE,AGREE_YMD,SIGNED,SIGNED_ON,DATE"
    ),
    "kind": (
        "구분,결연구분,교류구분,유형,교류유형,결연유형,종류,결연종류,형태,교류형태,결연형태,"
        "관계,결연관계,KIND,TYPE,GUBUN,DIVISION,SE_NM,SE"
    ),
    "home": (
        "지자체,지자체명,자치단체,자치단체명,기초자치단체,시군구,시군구명,시군,시군명,우리시,"
        "우리도시,국내도시,국내도시명,국내지자체,기관,기관명,SIGUN_NM,SIGUNGU,SIGNGU_NM,HOME,"
        "LOCAL_GOV"
    ),
    "home_province": "시도,시도명,광역,광역자치단체,광역지자체,SIDO,SIDO_NM,CTPRVN_NM",
    "status": "상태,교류상태,결연상태,교류여부,STATUS",
    "ended": "해지일,해지일자,종료일,종료일자,결연해지일,ENDED,ENDED_ON",
    "fields": "교류분야,분야,협력분야,주요교류분야,FIELDS",
    "note": "비고,특이사항,기타,참고,참고사항,REMARK,REMARKS,NOTE,ETC",
    "": (
        "연번,순번,번호,순,일련번호,NO,SN,대륙,대륙별,권역,지역,인구,인구수,면적,면적(㎢),"
        "인구(명),인구(만명),단체장,시장,시장명,홈페이지,홈페이지주소,URL,담당부서,부서,담당자,"
        "전화,전화번호,연락처,위도,경도,LAT,LNG,기준일,데이터기준일,데이터기준일자,기준일자,"
        "주요산업,특징,도시특징,도시현황,교류실적,교류내용,주요교류내용,주요교류실적,"
        "제공기관코드,제공기관명"
    ),
}
"""The columns by name, with all headers that mean them; those of "" are passed over."""
_MEANING = {word(one): name for name, words in _WORDS.items() for one in words.split(",")}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headers stand, and which column of the sheet means what."""

    line: int
    columns: Mapping[str, int]
    headers: tuple[str, ...]
    unused: tuple[str, ...]

    def of(self, line: Line) -> dict[str, str]:
        """The filled cells of a row by column."""
        return {
            name: line.cells[at]
            for name, at in self.columns.items()
            if at < len(line.cells) and line.cells[at]
        }

    def stray(self, line: Line) -> list[str]:
        """The filled cells of a row that stand under no header."""
        return [
            cell
            for at, cell in enumerate(line.cells)
            if cell and (at >= len(self.headers) or not self.headers[at])
        ]


def meaning(header: str) -> str | None:
    """The column that a header means, "" if it is passed over, None if it is unknown."""
    before, bracket, _ = header.partition("(")
    found = _MEANING.get(word(header))
    return found if found is not None or not bracket else _MEANING.get(word(before))


def layout(lines: Sequence[Line]) -> Layout | None:
    """The layout by the row, among the first, with most known headers; None without a city."""
    best = max(lines[:_SEARCHED], key=_known, default=None)
    if best is None or _known(best) < 2:
        return None
    columns: dict[str, int] = {}
    unused = []
    for at, header in enumerate(best.cells):
        name = meaning(header) if header else ""
        if name is None or name in columns:
            unused.append(header)
        elif name:
            columns[name] = at
    if "city" not in columns:
        return None
    return Layout(best.number, columns, best.cells, tuple(unused))


def is_header(line: Line) -> bool:
    """Whether a row is headers once more, as at the top of each printed page."""
    return len(line.filled) > 1 and all(meaning(cell) is not None for cell in line.filled)


def _known(line: Line) -> int:
    return sum(bool(meaning(cell)) for cell in line.filled)
