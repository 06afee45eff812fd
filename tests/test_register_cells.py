"""The cells and headers of registers: dates, kinds of tie, cities, countries."""

import pytest

from ingest.sources.register_columns import meaning
from ingest.sources.register_values import (
    heading,
    read_city,
    read_country_cell,
    read_date,
    read_kind,
    read_status,
)
from ingest.tables_values import Unread

KINDS = {
    "S": "SISTER_CITY",
    "F": "FRIENDSHIP_CITY",
    "E": "EXCHANGE_CITY",
    "T": "TWINNED",
    "A": "AGREEMENT",
}


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("1993-10-27", "1993-10-27"),
        ("19931027", "1993-10-27"),
        ("1993.10.27", "1993-10-27"),
        ("1993. 10. 27.", "1993-10-27"),
        ("1993년 10월 27일", "1993-10-27"),
        ("1993/10/27", "1993-10-27"),
        ("１９９３．１０", "1993-10"),
        ("1993.10.27(체결)", "1993-10-27"),
        ("(1993.10)", "1993-10"),
        ("1993", "1993"),
        ("84년", "1984"),
        ("84", "1984"),
        ("'84", "1984"),
        ("84.5.12", "1984-05-12"),
        ("84년 5월", "1984-05"),
        ("840512", "1984-05-12"),
        ("05년", "2005"),
        ("23년", "2023"),
        ("24년", "1924"),
        ("199005", "1990-05"),
        ("34269", "1993-10-27"),
        ("-", ""),
        ("미상", ""),
        ("0000-00-00", ""),
    ],
)
def test_dates_as_registers_write_them(cell: str, date: str) -> None:
    assert str(read_date(cell, 2023).date or "") == date


@pytest.mark.parametrize(
    "cell", ["봄", "1993.13.01", "200512", "27.08.1997", "1993.2.30", "1990 1995", "12345678901"]
)
def test_what_is_no_date_is_told_with_the_cell_itself(cell: str) -> None:
    with pytest.raises(Unread, match=f"'{cell}' is no date"):
        read_date(cell, 2023)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("자매결연", "S"), ("자매 결연", "S"), ("자매도시", "S"), ("자매", "S"),
        ("자매결연도시", "S"), ("우호교류", "F"), ("우호협력도시", "F"), ("우호", "F"),
        ("우호결연", "F"), ("친선도시", "F"), ("교류", "E"), ("교류도시", "E"),
        ("실무교류", "E"), ("결연", "T"), ("MOU", "A"), ("협약", "A"),
    ],
)  # fmt: skip
def test_words_for_kinds_of_tie(cell: str, kind: str) -> None:
    found = read_kind(cell)
    assert found is not None
    assert found.cls.model_fields["kind"].default == KINDS[kind]


@pytest.mark.parametrize("cell", ["자매·우호", "자매도시 및 우호도시", "무슨구분", "중국"])
def test_no_kind_is_guessed(cell: str) -> None:
    with pytest.raises(Unread):
        read_kind(cell)


def test_a_heading_of_two_kinds_tells_none_and_a_remark_is_no_heading() -> None:
    found = heading("□ 우호도시 (5개 도시)")
    assert found
    assert found.kind == read_kind("우호도시")
    for both in ("1. 자매도시 및 우호도시", "자매·우호도시 현황", "가. 자매도시와 우호도시"):
        unclear = heading(both)
        assert unclear
        assert unclear.kind is None
    assert heading("※ 자매결연 순") is None
    assert heading("창춘시") is None


@pytest.mark.parametrize(
    ("cell", "names", "spellings"),
    [
        ("창춘시", {"ko": "창춘시"}, ()),
        ("창춘(長春)", {"ko": "창춘"}, ("長春",)),
        ("창춘（長春）", {"ko": "창춘"}, ("長春",)),
        ("중국 지린성 창춘시", {"ko": "창춘시"}, ()),
        ("창춘 시", {"ko": "창춘시"}, ()),
        ("Changchun(창춘)", {"en": "Changchun", "ko": "창춘"}, ()),
    ],
)
def test_cities_as_registers_write_them(
    cell: str, names: dict[str, str], spellings: tuple[str, ...]
) -> None:
    found = read_city(cell)
    assert (found.names, found.spellings) == (names, spellings)


@pytest.mark.parametrize("cell", ["창춘시, 지린시", "창춘시·선양시", "123", "-"])
def test_what_names_no_one_city_is_refused(cell: str) -> None:
    with pytest.raises(Unread):
        read_city(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("중 국", ("CN", None, True)),
        ("중국(China)", ("CN", None, True)),
        ("미국 캘리포니아주", ("US", "캘리포니아주", True)),
        ("미국(캘리포니아)", ("US", "캘리포니아", True)),
        ("인도네시야", (None, None, False)),
        ("#REF!", (None, None, False)),
    ],
)
def test_countries_as_registers_write_them(
    cell: str, expected: tuple[str | None, str | None, bool]
) -> None:
    assert read_country_cell(cell) == expected


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("국가", "country"), ("국 가", "country"), ("국가명", "country"), ("NATIONNAME", "country"),
        ("도시", "city"), ("도시명", "city"), ("도 시 명", "city"), ("CITYNAME", "city"),
        ("결연일", "signed"), ("결연일자", "signed"), ("AGREE_DATE", "signed"), ("구분", "kind"),
        ("지자체", "home"), ("시·군·구", "home"),
        ("도시명(영문)", "english"), ("결연일(체결일)", "signed"),
        ("연번", ""), ("담당 과장", None),
    ],
)  # fmt: skip
def test_headers_mean_one_column(header: str, column: str | None) -> None:
    assert meaning(header) == column


def test_a_status_is_read_only_where_a_cell_says_nothing_else() -> None:
    assert str(read_status("휴면")) == "dormant"
    assert read_status("실무 교류 중단 여부 확인") is None
    assert read_status(None) is None
