"""Table files with one fault each: name -> (file, bytes, code, line, column) to be told.

Each is laid into a folder beside `tests.table_folders.BASE`, which is sound.
"""

from __future__ import annotations

from typing import NamedTuple


class Malformed(NamedTuple):
    """A file to add or to put in another's place, and the code and place of its problem."""

    file: str
    data: bytes
    code: str
    line: int
    column: int


def _case(file: str, text: str, code: str, line: int, column: int) -> Malformed:
    return Malformed(file, text.encode(), code, line, column)


def _leg(cells: str, code: str, column: int, line: int = 2) -> Malformed:
    text = f"source,mission,visited,first_day,last_day\n{cells}\n"
    return _case("legs.csv", text, code, line, column)


def _deal(more: str, cells: str, code: str, column: int) -> Malformed:
    return _case("실적.csv", f"source,key,stage,{more}\na,x,상담,{cells}\n", code, 2, column)


def _day(text: str) -> Malformed:
    return _deal("date", text, "date", 8)


def _amount(text: str) -> Malformed:
    return _deal("currency,amount", f'USD,"{text}"', "number", 12)


def _tie(cells: str, code: str, column: int) -> Malformed:
    return _case("ties.csv", f"source,from,to,kind,form,status\n{cells}\n", code, 2, column)


def _city(more: str, cells: str, code: str, column: int) -> Malformed:
    return _case("도시.csv", f"source,name,{more}\na,라시,{cells}\n", code, 2, column)


def _firm(more: str, rows: str, code: str, line: int, column: int) -> Malformed:
    return _case("기업.csv", f"source,name,{more}\n{rows}\n", code, line, column)


_LEGS = "source,mission,visited\n"
_FILES = {
    "empty": _case("legs.csv", "", "no-header", 1, 1),
    "only a BOM": _case("legs.csv", "\ufeff", "no-header", 1, 1),
    "only blank rows": _case("legs.csv", "\n,,\r\n;;\n\n", "no-header", 3, 1),
    "a cut character": Malformed("legs.csv", "출처,방문지".encode()[:-1], "encoding", 1, 6),
    "a bad byte": Malformed("legs.csv", "출처,방문지\r\n수원".encode() + b"\xff", "encoding", 2, 3),
    "neither UTF-8 nor CP949": Malformed("legs.csv", b"source\ncaf\xe9,x\n", "encoding", 2, 4),
    "half of UTF-16": Malformed("legs.csv", "source".encode("utf-16")[:-1], "encoding", 1, 6),
    "NUL": _case("legs.csv", f"{_LEGS}a,\0,b", "control", 2, 3),
    "a workbook's bytes": Malformed("legs.csv", b"PK\x03\x04\x14\0", "control", 1, 3),
    "an escape sequence": _case("legs.csv", f"{_LEGS}\x1b[31m", "control", 2, 1),
    "a line separator": _case("legs.csv", f"{_LEGS}a,b\u2028c", "control", 2, 4),
    "control in CP949": Malformed(
        "legs.csv", "출처,사절단,방문지\n수,\x07\n".encode("cp949"), "control", 2, 3
    ),
    "a quote never closed": _case("legs.csv", f'{_LEGS}a,"사절단,나시\n', "quote", 2, 3),
    "text behind a quote": _case("legs.csv", f'{_LEGS}a,"사"절단,나시\n', "quote", 2, 6),
    "no header": _case("legs.csv", "a,방문단,나시\n", "no-header", 1, 1),
    "an unknown header": _case("legs.csv", f"색깔,{_LEGS},a,사절단,나시\n", "unknown-column", 1, 1),
    "a misspelt header": _case(
        "legs.csv", "source,mission,visited,frist_day\na,사절단,나시,\n", "unknown-column", 1, 24
    ),
    "a header twice": _case(
        "legs.csv", "source,mission,visited,방문지\na,사절단,나시,\n", "duplicate-column", 1, 24
    ),
    "a header missing": _case("legs.csv", "source,mission\na,사절단\n", "missing-column", 1, 1),
    "a cell too many": _leg("a,사절단,나시,,,x", "no-header", 12),
    "a cell under no header": _case(
        "legs.csv", "source,,mission,visited\na,x,사절단,나시\n", "no-header", 2, 3
    ),
    "too many cells": _case("legs.csv", f"{_LEGS}a,사절단,나시{',' * 400}\n", "too-wide", 2, 307),
    "an unquoted comma": _case("partners.csv", "source,name\na,Ga Co, Ltd\n", "no-header", 2, 9),
    "an unknown table": _case("방문객.csv", f"{_LEGS}a,사절단,나시\n", "unknown-table", 1, 1),
    "a workbook": _case("legs.xlsx", "PK", "workbook", 1, 1),
    "a quoted break counts": _case(
        "legs.csv", f'\r\n{_LEGS}"a","사절\r\n단","나\n시"\na,사절단,다다\n', "unknown-name", 6, 7
    ),
}
_VALUES = {
    "no month 13": _day("2024-13"),
    "no 30 February": _day("2024.2.30"),
    "a year of two digits": _day("24.5.1"),
    "day first": _day("05/06/2024"),
    "a month in English": _day("May 2024"),
    "a serial number": _day("45413"),
    "a range backwards": _day("2024.5.31~2024.5.1"),
    "a short range backwards": _day("2024.5.31~1"),
    "three ends": _day("2024~2025~2026"),
    "no 40 May": _day("2024.5.1~40"),
    "year 0": _day("0000"),
    "end before start": _leg("a,사절단,나시,2024-05-03,2024-05-01", "date", 21),
    "wrong groups": _amount("1,00"),
    "points for commas": _amount("1.234.567"),
    "shortened by Excel": _amount("5.7E+06"),
    "about": _amount("약 570만"),
    "a currency within": _amount("570만 달러"),
    "negative": _amount("-5"),
    "units in no order": _amount("1만2억"),
    "a unit twice": _amount("3천2천"),
    "not a number": _amount("NaN"),
    "seven decimals": _deal("currency,amount", "USD,0.1234567", "value", 12),
    "31 digits": _deal("currency,amount", f"USD,{'9' * 31}", "value", 12),
    "half a case": _deal("count", "4.5", "number", 8),
    "many cases": _deal("count", "여러 건", "number", 8),
    "too many cases": _deal("count", "2조", "value", 8),
    "line 0": _deal("locator", "0", "value", 8),
    "line a": _deal("locator", "위", "number", 8),
    "two lines": _deal("locator", "3-4", "number", 8),
    "latitude 91": _city("latitude", "91", "number", 6),
    "latitude in words": _city("latitude", "북위 37", "number", 6),
    "no country": _city("country", "아틀란티스", "country", 6),
    "no country code": _city("country", "XX", "country", 6),
    "a number for Wikidata": _city("wikidata", "20714", "value", 6),
    "a code in letters": _city("adm", "ab", "value", 6),
    "a level unknown": _city("level", "마을", "word", 6),
    "a currency unknown": _deal("amount,currency", "5,달란트", "word", 10),
    "a currency that is none": _deal("amount,currency", "5,UDS", "value", 10),
    "a currency of two letters": _deal("amount,currency", "5,US", "word", 10),
    "a stage unknown": _case("실적.csv", "source,key,stage\na,x,대박\n", "word", 2, 5),
    "a scope unknown": _deal("scope", "우주", "word", 8),
    "neither yes nor no": _deal("approximate", "아마", "word", 8),
    "a key in Korean": _case("실적.csv", "source,key,stage\na,총액,상담\n", "value", 2, 3),
    "a tie unknown": _tie("a,가시,나시,사돈,,체결", "word", 9),
    "a status unknown": _tie("a,가시,나시,자매,,좋음", "word", 13),
    "a role unknown": _case(
        "hosts.csv", "source,host,hosted,role\na,가시,사절단,왕\n", "word", 2, 10
    ),
    "a kind of source unknown": _case("출처.csv", "source,kind,title\nc,소문,T\n", "word", 2, 3),
    "a source key in Korean": _case("출처.csv", "source,kind,title\n수원,기사,T\n", "value", 2, 1),
    "a path as a source": _leg("../a,사절단,나시", "value", 1),
    "a script as an address": _case(
        "출처.csv", "source,kind,title,url\nc,기사,T,javascript:alert(1)\n", "value", 2, 8
    ),
    "too long a name": _firm("sector", f"a,{'가' * 501},", "value", 2, 3),
    "nothing but separators": _firm("products", "a,정,;;", "value", 2, 5),
    "a letter lost in CP949": Malformed(
        "도시.csv", "source,name,name_en\na,라시,Wroc?aw\n".encode("cp949"), "lost-letter", 2, 6
    ),
}
_ROWS = {
    "no source": _leg(",사절단,나시", "missing", 1),
    "an unknown source": _leg("z,사절단,나시", "unknown-source", 1),
    "a source twice": _case("출처.csv", "source,kind,title\na,기사,T\n", "same-source", 2, 1),
    "no name": _firm("sector", "a,,제조", "missing", 2, 3),
    "a short row": _leg("a,사절단", "missing", 6),
    "an unknown name": _leg("a,사절단,마시", "unknown-name", 7),
    "an unknown id": _leg("a,사절단,city:Q999", "unknown-name", 7),
    "a firm for a mission": _leg("a,갑,나시", "wrong-end", 3),
    "a firm as a sister": _tie("a,가시,갑,자매,,체결", "wrong-end", 6),
    "a tie with itself": _tie("a,가시,Ga,자매,,체결", "wrong-end", 6),
    "an agreement without form": _tie("a,가시,병회,협약,,체결", "missing", 12),
    "a form of a sister city": _tie("a,가시,나시,자매,MOU,체결", "value", 12),
    "a tie without status": _tie("a,가시,나시,자매,,", "missing", 13),
    "an amount without currency": _deal("amount,currency", "5,", "missing", 10),
    "a currency without amount": _deal("amount,currency", ",USD", "missing", 8),
    "an advance without currency": _deal("advance_amount", "5", "missing", 1),
    "a deal part of itself": _deal("part_of", "X", "wrong-end", 8),
    "a deal of another source": _case(
        "실적.csv", "source,key,stage,part_of\nb,x,상담,d1\n", "unknown-name", 2, 8
    ),
    "a deal key twice": _case("실적.csv", "source,key,stage\na,D1,상담\n", "same-node", 2, 3),
    "a city in itself": _city("part_of", "라시", "circle", 6),
    "two cities in each other": _case(
        "도시.csv", "source,name,part_of\na,라시,마시\na,마시,라시\n", "circle", 3, 6
    ),
    "a name of two cities": _case(
        "도시.csv",
        "source,name,country,part_of\na,라시,KR,\na,라시,JP,\nb,바구,KR,라시\n",
        "ambiguous-name",
        4,
        9,
    ),
    "a row that fits two cities": _case(
        "도시.csv", "source,name,country\na,라시,KR\na,라시,JP\nb,라시,\n", "ambiguous", 4, 3
    ),
    "a city in a firm": _city("part_of", "갑", "wrong-end", 6),
    "a leader whom nobody sent": _case(
        "사절단.csv", "source,name,leader\na,촉진단,단장님\n", "missing", 2, 7
    ),
    "a firm twice": _firm("sector", "a,갑,", "same-node", 2, 3),
    "a claim twice": _leg("a,사절단,나시\na,사절단,Na", "same-claim", 1, 3),
    "namesakes with one id": _firm("registry", "a,정,1\na,정,2", "same-id", 3, 3),
    "one identifier, two countries": _case(
        "도시.csv", "source,name,country,wikidata\nb,가시,JP,Q1\n", "ambiguous", 2, 3
    ),
}
CASES = {**_FILES, **_VALUES, **_ROWS}
