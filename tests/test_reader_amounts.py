"""Figures, counts, days and stage words as the press writes them: a row for each form."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.reader.dates import days, nights
from ingest.reader.numbers import amounts, counts
from ingest.reader.stages import stage_words

SUMS = [
    ("2천40만 달러", 20_400_000, "USD", ()),
    ("615만3천불", 6_153_000, "USD", ()),
    ("27만 6000달러", 276_000, "USD", ()),
    ("850천불", 850_000, "USD", ()),
    ("13백만 달러", 13_000_000, "USD", ()),
    ("2.6억 달러", 260_000_000, "USD", ()),
    ("70만弗", 700_000, "USD", ()),
    ("3백40억 원", 34_000_000_000, "KRW", ()),
    ("5억2천만 엔", 520_000_000, "JPY", ()),
    ("2억 3천 달러", 230_000_000, "USD", ("elided_unit",)),
    ("50여만 달러", 500_000, "USD", ("approx",)),
    ("약 50만 달러", 500_000, "USD", ("approx",)),
    ("50만 달러 이상", 500_000, "USD", ("min",)),
    ("1,245만3천 달러", 12_453_000, "USD", ()),
    ("3611만1557달러", 36_111_557, "USD", ()),
    ("US$ 45만", 450_000, "USD", ()),
    ("1조2천억원", 1_200_000_000_000, "KRW", ()),
    ("120만딸라", 1_200_000, "USD", ()),
    ("실계약 325만 달러", 3_250_000, "USD", ()),
    ("11.3백만불", 11_300_000, "USD", ()),
]


@pytest.mark.parametrize(("text", "value", "currency", "flags"), SUMS)
def test_a_sum_has_its_value(text: str, value: int, currency: str, flags: tuple[str, ...]) -> None:
    told = amounts(text, 0, len(text))
    assert [(one.value, one.currency, one.flags) for one in told] == [(value, currency, flags)]


@pytest.mark.parametrize("text", ["2018년", "3개사", "100여 명", "불과 3년", "5월 원산", "1" * 40])
def test_what_is_no_sum_is_none(text: str) -> None:
    assert amounts(text, 0, len(text)) == []


def test_won_in_brackets_belong_to_the_dollars() -> None:
    for text in (
        "21만 달러(약 2억3천만 원)",
        "2억3천만 원(21만 달러)",
        "21만 달러, 한화로 2억3천만 원",
    ):
        (one,) = amounts(text, 0, len(text))
        assert (one.value, one.currency, one.krw) == (210_000, "USD", 230_000_000)


DAYS = [
    ("지난 8일", "2018-05-08", "2018-05-08"),
    ("지난 26일", "2018-04-26", "2018-04-26"),
    ("지난달 8일", "2018-04-08", "2018-04-08"),
    ("오는 3일", "2018-06-03", "2018-06-03"),
    ("내달 3일", "2018-06-03", "2018-06-03"),
    ("22일까지 6일간", "2018-04-17", "2018-04-22"),
    ("3일부터 5박 7일", "2018-05-03", "2018-05-09"),
    ("지난 4일 5박6일간의 일정", "2018-05-04", "2018-05-09"),
    ("6~11일", "2018-05-06", "2018-05-11"),
    ("4.11~15", "2018-04-11", "2018-04-15"),
    ("지난달 30일부터 3일까지", "2018-04-30", "2018-05-03"),
    ("12월 28일부터 1월 2일까지", "2017-12-28", "2018-01-02"),
    ("2018.5.8", "2018-05-08", "2018-05-08"),
    ("지난해 9월", "2017-09", "2017-09"),
    ("다음 달", "2018-06", "2018-06"),
    ("87년", "1987", "1987"),
    ("작년", "2017", "2017"),
]


@pytest.mark.parametrize(("text", "first", "last"), DAYS)
def test_a_day_is_seen_from_the_day_of_publication(text: str, first: str, last: str) -> None:
    told = days(text, 0, len(text), date(2018, 5, 14))
    assert [(one.first, one.last, one.told) for one in told] == [(first, last, False)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("5월 8일", "XXXX-05-08"),
        ("지난 8일", "XXXX-XX-08"),
        ("2018년", "2018"),
        ("2018년 5월", "2018-05"),
    ],
)
def test_without_publication_unknown_parts_stay_open(text: str, first: str) -> None:
    assert [one.first for one in days(text, 0, len(text), None)] == [first]


@pytest.mark.parametrize(
    "text", ["8일 밝혔다", "14일 시에 따르면", "시는 14일 사절단이 계약을 맺었다고 밝혔다"]
)
def test_the_day_of_the_report_is_no_event(text: str) -> None:
    assert all(one.told for one in days(text, 0, len(text), date(2018, 5, 14)))


def test_a_journey_lasts_as_many_days_as_are_printed() -> None:
    assert nights("5박 7일 일정", 0, 8) == 7
    assert nights("6일간 이어졌다", 0, 8) == 6
    assert nights("다녀왔다", 0, 4) is None


STAGES = [
    ("수출상담", "consultation"),
    ("계약추진액", "expected"),
    ("계약을 눈앞에", "expected"),
    ("수출계약(예정)", "expected"),
    ("수출 업무협약(MOU)", "mou"),
    ("MOU 계약", "mou"),
    ("가계약", "provisional"),
    ("약정계약", "provisional"),
    ("실계약", "contract"),
    ("현장계약", "contract"),
    ("선적", "shipment"),
    ("출고", "shipment"),
    ("수출실적", "export_result"),
    ("인콰이어리", "inquiry"),
]


@pytest.mark.parametrize(("text", "stage"), STAGES)
def test_a_word_says_its_stage(text: str, stage: str) -> None:
    assert [one.stage for one in stage_words(text, 0, len(text))] == [stage]


def test_a_place_to_meet_is_no_stage() -> None:
    text = "수출상담회 상담장 상담원"
    assert stage_words(text, 0, len(text)) == []


def test_counts_tell_what_they_count() -> None:
    text = "48건의 상담에 관내 중소기업 7개사와 65개국 598개 업체, 바이어 3명이 참가"
    told = [(one.value, one.of) for one in counts(text, 0, len(text))]
    assert told == [(48, "deals"), (7, "firms"), (3, "people")]
