"""The tables and their columns: what a folder of spreadsheets may say.

A header is `기업명 (name)`; either half does, so do the other words listed here, without
regard to case, blanks, `_` and brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.claims import (
    Bought,
    Credits,
    Hosted,
    InPlace,
    LocatedIn,
    MadeAt,
    ParticipatedIn,
    PartOf,
    PartOfDeal,
    Runs,
    SameDealAs,
    Sent,
    Sold,
    Visited,
)
from ingest import tables_dates as dates
from ingest import tables_values as values
from ingest import tables_words as words

if TYPE_CHECKING:
    from collections.abc import Callable

_LANGUAGES = {"일본어명": "ja", "중국어명": "zh", "러시아어명": "ru", "베트남어명": "vi"}
_LANGUAGE = re.compile(r"(?:name|이름)([a-z]{2,3})")


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `ends` are the kinds of node that its cells name, none for plain values."""

    name: str
    korean: str
    read: Callable[[str], Any] = values.text
    words: str = ""
    required: bool = False
    ends: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """The header in a template."""
        return f"{self.korean} ({self.name})"

    @property
    def keys(self) -> frozenset[str]:
        """All headers that mean this column, as `values.word` compares them."""
        listed = [self.name, self.korean, *(self.words.split(",") if self.words else ())]
        return frozenset(values.word(one) for one in listed)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `kind` is the kind of node that its rows describe, empty for claims."""

    name: str
    korean: str
    columns: tuple[Column, ...]
    kind: str = ""
    words: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """The file names, without ending, that mean this table."""
        listed = [self.name, self.korean, *(self.words.split(",") if self.words else ())]
        return frozenset(values.word(one) for one in listed)

    def column(self, header: str) -> Column | None:
        """The column that a header means; also names in further languages, as `name_ja`."""
        before, bracket, inside = header.strip().partition("(")
        told = [header, before, inside] if bracket else [header]
        for candidate in map(values.word, told):
            for column in self.columns:
                if candidate in column.keys:
                    return column
        for candidate in map(values.word, told):
            found = _LANGUAGE.fullmatch(candidate)
            language = _LANGUAGES.get(candidate) or (found[1] if found else None)
            if language and self.kind not in {"", "Source", "Deal"}:
                return Column(f"name_{language}", candidate)
        return None


def _one(name: str, korean: str, ends: frozenset[str], words: str = "") -> Column:
    return Column(name, korean, words=words, ends=ends)


def _ends(name: str, korean: str, ends: frozenset[str], words: str = "") -> Column:
    return Column(name, korean, values.texts, words, ends=ends)


def _must(column: Column) -> Column:
    return Column(
        column.name, column.korean, column.read, column.words, required=True, ends=column.ends
    )


_DATE = dates.date
_SOURCE = Column(
    "source", "출처", values.source, "출처번호,출처코드,source id,source key", required=True
)
_LOCATOR = Column(
    "locator", "근거 줄", values.locator, "근거행,근거줄번호,줄,행,행번호,line,row,line number"
)
_HEAD = (_SOURCE, _LOCATOR)
_NOTE = Column("note", "비고", values.long_text, "메모,주석,참고,notes,remark,remarks,comment")
_COUNTRY = Column("country", "국가", values.country, "나라,국가명,소재국,nation")
_WIKIDATA = Column(
    "wikidata", "위키데이터",
    values.matching(r"Q[1-9][0-9]{0,15}", "write Q and the number, as Q20714", link=True),
    "위키데이터번호,wikidata id,qid",
)  # fmt: skip
_REGISTRY = Column(
    "registry", "등록번호",
    values.matching(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "write letters, digits and hyphens"),
    "사업자등록번호,법인등록번호,registry id,registration number",
)  # fmt: skip
_SPELLINGS = Column(
    "spellings", "다른 표기", values.texts, "다른이름,별칭,이칭,other spellings,aliases,alias"
)


def _names(korean: str, words: str) -> tuple[Column, ...]:
    """The columns for what a node is called."""
    local = f"이름,명칭,국문명,한글명,name ko,korean name,{words}"
    return (
        _must(Column("name", korean, words=local)),
        Column("name_en", "영문명", words="영문이름,영문,영어명,english name,english,name english"),
        _SPELLINGS,
    )


def _span(first: str, last: str, words: tuple[str, str]) -> tuple[Column, ...]:
    """The columns for the two ends of a period."""
    return Column(first, words[0], _DATE), Column(last, words[1], _DATE)


_KEY = values.matching(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", "write letters, digits and hyphens")
_CITY = "소재 도시,소재도시,도시,시군구,located in,home city"
_ACTS = frozenset({"City", "Organization", "Firm"})

SOURCES = Table("sources", "출처", (
    _SOURCE,
    _must(Column("kind", "종류", words.source_kind, "출처 종류,구분,type,source kind")),
    _must(Column("title", "제목", words="기사 제목,headline")),
    Column("publisher", "발행처", words="언론사,매체,발행기관,media"),
    Column("published", "발행일", _DATE, "보도일,게시일,날짜,date,publication date"),
    Column("url", "주소", values.url, "링크,웹주소,link,web address"),
    Column("retrieved", "확인일", _DATE, "열람일,accessed"),
    Column("licence", "이용 조건", words="라이선스,license"),
    Column("lineage", "계통", words="원출처,original source"),
    _LOCATOR, _NOTE,
), "Source", "자료,기사,source")  # fmt: skip
CITIES = Table("cities", "도시", (
    *_HEAD, *_names("도시명", "도시,지역명,지자체,지자체명,city,city name"),
    Column("level", "구분", words.level, "행정단위,단위,종류,type"),
    _one("part_of", "상위 지역", PartOf.ends, "상위도시,상위지자체,소속,시도,within"),
    _COUNTRY, _WIKIDATA,
    Column("geonames", "지오네임스", values.matching("[0-9]{1,16}", "write its number"),
           "geonames id"),
    Column("adm", "행정구역 코드", values.matching("[0-9]{2,10}", "write 2 to 10 digits"),
           "행정코드,법정동코드,administrative code"),
    Column("latitude", "위도", values.degrees(90), "lat"),
    Column("longitude", "경도", values.degrees(180), "lon,lng"),
    Column("population", "인구", values.count, "인구수"),
    _NOTE,
), "City", "도시 목록,지역,city")  # fmt: skip
FIRMS = Table("firms", "기업", (
    *_HEAD, *_names("기업명", "기업,업체,업체명,회사,회사명,firm,firm name,company,company name"),
    _one("city", "소재지", LocatedIn.ends, _CITY),
    _COUNTRY,
    Column("products", "품목", values.texts, "제품,생산품,취급품목,product"),
    Column("sector", "업종", words="분야,industry"),
    _REGISTRY, _WIKIDATA, _NOTE,
), "Firm", "업체,회사,기업 목록,firm,companies")  # fmt: skip
PARTNERS = Table("partners", "기관", (
    *_HEAD,
    *_names("기관명", "기관,단체,단체명,파트너,협력기관,partner,organization,organisation"),
    Column("type", "종류", words="기관 종류,구분,유형,organization type"),
    _one("city", "소재지", LocatedIn.ends, _CITY),
    _COUNTRY, _REGISTRY, _WIKIDATA, _NOTE,
), "Organization", "단체,협력기관,파트너,partner,organizations,organisations")  # fmt: skip
TIES = Table("ties", "결연", (
    *_HEAD,
    _must(_one("from", "한쪽", _ACTS, "도시,우리 도시,국내 도시,갑,city,party")),
    _must(_one("to", "다른 쪽", _ACTS,
               "상대,상대 도시,상대 기관,해외 도시,을,partner,other party")),
    _must(Column("kind", "종류", words.tie, "결연 종류,관계,구분,type,tie")),
    Column("form", "협약 형식", words.form, "형식,문서,협약 종류"),
    _must(Column("status", "상태", words.tie_status, "현황,단계,state")),
    Column("signed_on", "체결일", _DATE, "결연일,협약일,서명일,signed,date signed"),
    Column("ended_on", "종료일", _DATE, "해지일,ended"),
    Column("fields", "교류 분야", values.texts, "분야,협력 분야,fields of exchange"),
    _NOTE,
), words="자매결연,자매도시,교류,협약,tie,agreements")  # fmt: skip
MISSIONS = Table("missions", "사절단", (
    *_HEAD, *_names("사절단명", "사절단,무역사절단,파견명,사업명,mission,mission name"),
    Column("kind", "종류", words="사절단 종류,구분,mission kind,type"),
    _ends("sent_by", "파견 도시", Sent.starts, "파견,파견기관,파견 지자체,sender,sent by city"),
    Column("leader", "단장", words="인솔,대표"),
    *_span("start", "end", ("시작일", "종료일")),
    Column("firms_count", "참가 기업 수", values.count, "기업 수,업체 수,참가업체 수,firms"),
    Column("people_count", "참가 인원", values.count, "인원,인원수,people"),
    Column("status", "상태", words.mission_status, "진행,state"),
    _NOTE,
), "Mission", "무역사절단,시장개척단,촉진단,mission")  # fmt: skip
LEGS = Table("legs", "방문", (
    *_HEAD,
    _must(_one("mission", "사절단", Visited.starts, "사절단명,무역사절단")),
    _must(_one("visited", "방문지", Visited.ends, "방문처,방문 도시,방문 기관,place,visit,to")),
    *_span("first_day", "last_day", ("방문 시작일", "방문 종료일")),
    _NOTE,
), words="방문지,일정,visits,mission legs,leg")  # fmt: skip
EVENTS = Table("events", "행사", (
    *_HEAD, *_names("행사명", "행사,전시회,전시회명,박람회,event,event name,fair"),
    Column("kind", "종류", words="행사 종류,구분,event kind,type"),
    *_span("start", "end", ("시작일", "종료일")),
    _one("city", "개최 도시", LocatedIn.ends, f"개최지,장소,{_CITY}"),
    _COUNTRY, _WIKIDATA, _NOTE,
), "Event", "전시회,박람회,event")  # fmt: skip
HOSTS = Table("hosts", "주최", (
    *_HEAD,
    _must(_one("host", "주최자", Hosted.starts, "기관,주최 기관,주최,주관")),
    _must(_one("hosted", "사절단·행사", Hosted.ends, "행사,사절단,행사명,사절단명,event,mission")),
    _must(Column("role", "역할", words.role, "구분,역할 구분")),
    _NOTE,
), words="주최자,주관,host")  # fmt: skip
PARTICIPANTS = Table("participants", "참가", (
    *_HEAD,
    _must(_one("participant", "참가자", ParticipatedIn.starts,
               "참가 기업,참가업체,기업명,업체명,firm")),
    _must(_one("joined", "사절단·행사·사업", ParticipatedIn.ends,
               "사절단·행사,행사,사절단,행사명,사절단명,사업명,지원사업,event,mission,programme")),
    Column("products", "품목", values.texts, "제품,전시품,product"),
    _NOTE,
), words="참가자,참가기업,참가업체,participant")  # fmt: skip
PROGRAMMES = Table("programmes", "지원사업", (
    *_HEAD, *_names("사업명", "지원사업,지원사업명,programme,program,programme name"),
    _ends("run_by", "운영 기관", Runs.starts, "운영,운영 도시,시행기관,run by,runner"),
    Column("year", "연도", _DATE, "사업 연도,년도"),
    Column("firms_count", "지원 기업 수", values.count, "기업 수,업체 수,firms"),
    _NOTE,
), "Programme", "사업,programs,programme")  # fmt: skip
DEALS = Table("deals", "실적", (
    *_HEAD,
    _must(Column("key", "번호", _KEY, "실적 번호,계약 번호,코드,deal,no,number,id")),
    _must(Column("stage", "단계", words.stage, "실적 단계,구분,종류")),
    Column("stage_word", "원문 표현", words="원문 단계,표현,printed word"),
    Column("amount", "금액", values.amount, "실적 금액,계약액,상담액,value"),
    Column("currency", "통화", words.currency, "화폐,화폐 단위,통화 단위"),
    Column("count", "건수", values.count, "건,cases"),
    Column("approximate", "어림값", values.truth, "약,대략,approx,about"),
    Column("scope", "범위", words.scope, "집계 범위"),
    _ends("seller", "판매 기업", Sold.starts, "판매자,수출 기업,기업명,업체명,sold by"),
    _ends("buyer", "구매자", Bought.starts, "바이어,구매 기업,수입 기업,bought by"),
    _ends("made_at", "사절단·행사·사업", MadeAt.ends,
          "사절단,행사,사업,계기,occasion,mission,event"),
    _ends("places", "장소", InPlace.ends, "지역,국가·도시,도시,국가,place,in place"),
    _ends("part_of", "전체 실적", PartOfDeal.ends, "전체 실적 번호,포함되는 실적,whole"),
    Column("parts_complete", "부분 전부", values.truth, "부분 완전,complete"),
    _ends("same_as", "같은 실적", SameDealAs.ends, "동일 실적,동일 실적 번호,same deal"),
    Column("date", "날짜", _DATE, "계약일,일자,일시"),
    Column("product", "품목", words="제품,products"),
    Column("advance_amount", "선금", values.amount, "선수금,계약금,advance"),
    Column("advance_currency", "선금 통화", words.currency, "선수금 통화"),
    Column("reach", "이용자 수", values.count, "도입 인원,users"),
    _NOTE,
), "Deal", "성과,계약,수출 실적,deal,results")  # fmt: skip
CREDITS = Table("credits", "기여", (
    *_HEAD,
    _must(_one("partner", "기여 기관", Credits.starts, "기관,도시,기여자,credited")),
    _must(_one("credited_with", "도움받은 대상", Credits.ends,
               "대상,기업·사절단·실적,기업명,사절단,실적,to")),
    _NOTE,
), words="기여 평가,credit")  # fmt: skip

TABLES = (
    SOURCES, CITIES, FIRMS, PARTNERS, TIES, MISSIONS, LEGS, EVENTS, HOSTS, PARTICIPANTS,
    PROGRAMMES, DEALS, CREDITS,
)  # fmt: skip


def table_named(stem: str) -> Table | None:
    """The table that a file name without its ending means."""
    key = values.word(stem)
    return next((table for table in TABLES if key in table.keys), None)
