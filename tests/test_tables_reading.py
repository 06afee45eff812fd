"""Tables: what an officer types in a cell, and who then says what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from graph.claims import Agreement, Describes, Sent, describes_id
from graph.nodes import City, Firm, Mission
from ingest.ids import city_id, seated_id
from ingest.tables import read_tables, write_template
from ingest.tables_dates import date as read_date
from ingest.tables_values import Unread, amount, count, country, texts
from tests.table_folders import BASE, claim_of, deal, lay, node, read, said

# ---------------------------------------------------------------- cells

AMOUNTS = {
    "5700000": "5700000", "5,700,000": "5700000", "０.5": "0.5", "570만": "5700000",
    "1억 2천만": "120000000", "2천4백만": "24000000", "1.5억": "150000000", "3백25만": "3250000",
    "570만 5천": "5705000", "2,400만": "24000000", "1조": "1000000000000", "천": "1000",
    "1,234.50": "1234.50",
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), AMOUNTS.items())
def test_an_amount_is_read(text: str, value: str) -> None:
    assert amount(text) == Decimal(value)


DATES = {
    "2008-05-26": "2008-05-26", "2008.5.26": "2008-05-26", "2008. 5. 26.": "2008-05-26",
    "2008/5/26": "2008-05-26", "20080526": "2008-05-26", "2008년 5월 26일": "2008-05-26",
    "2008년5월": "2008-05", "2008-05": "2008-05", "2008.5": "2008-05", "2008/05": "2008-05",
    "2008": "2008", "2008년": "2008", "2008-05-26 0:00": "2008-05-26",
    "2008-05-26 00:00:00": "2008-05-26", "2008.5.26~31": "2008-05-26/2008-05-31",
    "2008. 5. 26. ~ 6. 2.": "2008-05-26/2008-06-02",
    "2008.5.26 – 2008.6.2": "2008-05-26/2008-06-02",
    "2008-05-26/2008-05-31": "2008-05-26/2008-05-31", "2008/2009": "2008/2009",
    "2008년 5월 26일～31일": "2008-05-26/2008-05-31",
    "2008/5/26~2008/5/31": "2008-05-26/2008-05-31",
    "2008.5~7": "2008-05/2008-07", "２００８．５．２６": "2008-05-26",
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), DATES.items())
def test_a_date_is_read(text: str, value: str) -> None:
    assert str(read_date(text)) == value


@pytest.mark.parametrize("text", ["48", "48건", "48 개사", "48명", "4만8천", "48.0"])
def test_a_count_is_read(text: str) -> None:
    assert count(text) in {48, 48_000}


@pytest.mark.parametrize("text", ["KR", "kr", "대한민국", "한국", "South Korea", "country:KR"])
def test_a_country_is_read(text: str) -> None:
    assert country(text) == "KR"


def test_a_list_is_split_at_semicolons_and_breaks() -> None:
    assert texts("가; 나\n다;;가") == ("가", "나", "다")
    with pytest.raises(Unread):
        texts(";")


HEADERS = ["기업명", "업체명", "회사명", "firm", "Company", "NAME", " 기업 명 ", "firm_name",
           "[기업명]", "기업명 (name)", "Company Name", "기업명(국문)"]  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_may_be_written_in_many_ways(header: str, tmp_path: Path) -> None:
    records = read(tmp_path, 기업=f"출처,{header}\na,정\n")
    assert isinstance(node(records["source:a"], "정"), Firm)


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "BOM": lambda text: text.encode("utf-8-sig"),
    "CP949": lambda text: text.encode("cp949"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "Excel's hint": lambda text: b"sep=;\r\n" + text.replace(",", ";").encode(),
    "trailing columns": lambda text: text.replace("\n", ",,,\n").encode(),
    "empty rows": lambda text: ("\n,,\n" + text.replace("\n", "\n \n,,,\n")).encode(),
    "quoted": lambda text: re.sub(r"[^,\n]+", r'"\g<0>"', text).encode(),
    "no last break": lambda text: text.rstrip().encode(),
    "upper case": lambda text: text.replace("source", "SOURCE").encode(),
}


@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS)
def test_every_way_to_save_gives_the_same_records(
    encode: Callable[[str], bytes], tmp_path: Path
) -> None:
    expected = read_tables(lay(tmp_path, dict(BASE)))
    lay(tmp_path, {name: encode(text) for name, text in BASE.items()})
    assert read_tables(tmp_path) == expected


def test_marks_of_spreadsheets_are_understood(tmp_path: Path) -> None:
    records = read(
        tmp_path,
        firms='source,locator,name,registry,note,city\na,"=""12""",갑,="0012",'
        "'=1+1,가시\na,3행,을,,=1+1,나시\na,,'정,,\"여러\n줄\",\n",
    )
    told = records["source:a"]
    firm = node(told, "갑")
    assert firm.identifiers == {"registry": "0012"}
    assert firm.note == "=1+1"
    assert node(told, "을").note == "=1+1"
    assert node(told, "'정").note == "여러 줄"
    locators = {c.locator for c in told.claims if isinstance(c, Describes) and c.to == firm.id}
    assert locators == {12}


def test_names_go_by_language(tmp_path: Path) -> None:
    records = read(
        tmp_path,
        기업="source,name,영문명,일본어명 (name_ja),name_zh\na,정,Jeong,鄭,郑\na,Acme Co,,,\n",
    )
    told = records["source:a"]
    assert node(told, "정").names == {"en": "Jeong", "ja": "鄭", "ko": "정", "zh": "郑"}
    assert node(told, "Acme Co").names == {"en": "Acme Co"}


# ---------------------------------------------------------------- what names what


@pytest.mark.parametrize(
    "name", ["나시", "Na", "ＮＡ", "나 시", "city:나시", "도시: 나시", "나시 (인도네시아)"]
)
def test_a_thing_is_named_in_many_ways(name: str, tmp_path: Path) -> None:
    records = read(tmp_path, legs=f"source,mission,visited\na,사절단,{name}\n")
    visited = claim_of(records["source:a"], "VISITED")
    assert visited.to == node(records["source:a"], "나시").id


@pytest.mark.parametrize("name", ["Q1", "wikidata:Q1", "city:Q1"])
def test_a_thing_is_named_by_its_identifier(name: str, tmp_path: Path) -> None:
    records = read(tmp_path, legs=f"source,mission,visited\na,사절단,{name}\n")
    assert claim_of(records["source:a"], "VISITED").to == "city:Q1"


def test_a_thing_is_named_by_the_id_that_was_made_for_it(tmp_path: Path) -> None:
    firm = node(read(tmp_path)["source:a"], "갑").id
    records = read(tmp_path, participants=f"source,participant,joined\na,{firm},사절단\n")
    assert claim_of(records["source:a"], "PARTICIPATED_IN").from_ == firm


@pytest.mark.parametrize("name", ["인도네시아", "Indonesia", "country:ID", "국가:인도네시아"])
def test_a_country_is_named(name: str, tmp_path: Path) -> None:
    records = read(tmp_path, legs=f"source,mission,visited\na,사절단,{name}\n")
    assert claim_of(records["source:a"], "VISITED").to == "country:ID"


def test_a_district_is_named_with_its_city(tmp_path: Path) -> None:
    records = read(
        tmp_path,
        도시="source,name,part_of,country\na,북구,가시,KR\na,북구,다시,KR\n",
        기업="source,name,city\na,병,가시 북구\na,정,북구 (다시)\n",
    )
    seats = dict(said(records["source:a"], "LOCATED_IN"))
    outer = dict(said(records["source:a"], "PART_OF"))
    firms = [node(records["source:a"], name).id for name in ("병", "정")]
    assert outer[seats[firms[0]]] == "city:Q1"
    assert outer[seats[firms[1]]] != "city:Q1"


def test_of_namesakes_a_source_means_its_own(tmp_path: Path) -> None:
    records = read(
        tmp_path,
        도시="source,name,country\na,라시,KR\nb,라시,JP\n",
        ties="source,from,to,kind,status\na,가시,라시,교류,추진\nb,다시,라시,교류,추진\n",
    )
    for source, code in (("source:a", "kr"), ("source:b", "jp")):
        claim = claim_of(records[source], "EXCHANGE_CITY")
        assert f".{code}" in claim.from_ + claim.to


# ---------------------------------------------------------------- who says what


def test_a_source_describes_what_it_only_names_as_others_identify_it(tmp_path: Path) -> None:
    records = read(
        tmp_path,
        participants="source,locator,participant,joined\nb,7,갑,사절단\n",
    )
    own, other = records["source:a"], records["source:b"]
    for name in ("갑", "사절단"):
        assert node(own, name).id == node(other, name).id
    assert node(other, "사절단").span[0] == node(own, "사절단").span[0]
    assert set(said(other, "LOCATED_IN")) < set(said(own, "LOCATED_IN"))
    borrowed = claim_of(other, "LOCATED_IN")
    assert (borrowed.locator, borrowed.note) == (7, "Identified as in source:a.")
    city = node(other, "가시")
    assert isinstance(city, City)
    assert city.identifiers == {"wikidata": "Q1"}
    mission = node(other, "사절단")
    assert isinstance(mission, Mission)
    assert mission.end is None
    assert said(other, "SENT") == []


def test_what_another_source_leaves_blank_does_not_make_another_thing(tmp_path: Path) -> None:
    records = read(tmp_path, 기업="source,name,country\nb,갑,\n", 도시="source,name\nb,가시\n")
    for name in ("갑", "가시"):
        assert node(records["source:a"], name).id == node(records["source:b"], name).id


def test_ids_do_not_depend_on_the_order_of_rows_or_files(tmp_path: Path) -> None:
    records = read(tmp_path, 기업="source,name,country\nb,갑,KR\n")
    lay(tmp_path, {n: _reversed(t) for n, t in BASE.items()})
    again = {record.source.id: record for record in read_tables(tmp_path)}
    for source, record in records.items():
        assert {claim.id for claim in record.claims} == {c.id for c in again[source].claims}


def _reversed(text: str) -> str:
    head, *rows = text.splitlines()
    return "\n".join([head, *reversed(rows)])


def test_ids_are_those_that_a_record_file_gives(tmp_path: Path) -> None:
    told = read(tmp_path)["source:a"]
    home = city_id("가시", None, "KR", {"wikidata": "Q1"})
    assert node(told, "가시").id == home == "city:Q1"
    assert node(told, "갑").id == seated_id("Firm", "갑", "KR", home, {})
    assert node(told, "사절단").id.endswith(".Q1.2024-05-01")
    assert deal(told, "d1").id == "deal:a.d1"


@pytest.mark.parametrize("key", ["a/d1", "source:a/D1", "deal:a.d1", "실적: a/d1"])
def test_a_deal_may_be_the_same_as_one_of_another_source(key: str, tmp_path: Path) -> None:
    records = read(tmp_path, 실적=f"source,key,stage,same_as\nb,1,상담,{key}\n")
    assert said(records["source:b"], "SAME_DEAL_AS") == [("deal:a.d1", "deal:b.1")]
    assert deal(records["source:b"], "d1").amount is None


def test_a_tie_may_be_told_by_the_word_mou_alone(tmp_path: Path) -> None:
    records = read(
        tmp_path,
        ties="source,from,to,kind,status,signed_on\na,가시,병회,MOU,체결,2024.5.2\n",
    )
    claim = claim_of(records["source:a"], "AGREEMENT")
    assert isinstance(claim, Agreement)
    assert (claim.form, claim.status, str(claim.signed_on)) == ("mou", "signed", "2024-05-02")


def test_a_deal_carries_all_that_its_row_says(tmp_path: Path) -> None:
    records = read(
        tmp_path,
        실적="source,locator,key,stage,stage_word,amount,currency,count,approximate,scope,seller,"
        "buyer,made_at,places,part_of,date,advance_amount,advance_currency\n"
        "a,4,x,가계약,약정계약,570만,달러,3건,약,기업,갑,을; 병회,사절단;박람회,나시;인도네시아,d1,"
        "2024.5.2,3000,usd\n",
    )
    told = records["source:a"]
    one = deal(told, "x")
    assert (one.stage, one.stage_word, one.scope) == ("provisional", "약정계약", "firm")
    assert (one.amount, one.currency, one.count) == (Decimal(5_700_000), "USD", 3)
    assert (one.advance_amount, one.advance_currency) == (Decimal(3000), "USD")
    assert one.approximate
    assert one.date is not None
    assert one.date.first == date(2024, 5, 2)
    kinds = [c.kind for c in told.claims if one.id in (c.from_, c.to) and c.kind != "DESCRIBES"]
    assert sorted(kinds) == [
        "BOUGHT", "BOUGHT", "IN_PLACE", "IN_PLACE", "MADE_AT", "MADE_AT", "PART_OF_DEAL", "SOLD",
    ]  # fmt: skip


def test_every_end_is_described_by_its_own_source(tmp_path: Path) -> None:
    write_template(tmp_path)
    for record in read_tables(tmp_path):
        known = {claim.id for claim in record.claims if claim.kind == "DESCRIBES"}
        for claim in record.claims:
            assert claim.source == record.source.id
            ends: Iterable[str] = (claim.source, *claim.stated_ends)
            assert {describes_id(claim.source, end) for end in ends} <= known


def test_the_leader_stands_on_the_claim_of_the_sender(tmp_path: Path) -> None:
    records = read(tmp_path, 사절단="source,name,sent_by,leader\na,촉진단,가시;다시,시장\n")
    sent = [c for c in records["source:a"].claims if isinstance(c, Sent) and c.leader]
    assert {claim.leader for claim in sent} == {"시장"}
    assert len(sent) == 2
