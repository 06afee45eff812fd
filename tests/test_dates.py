"""Partial dates: what they hold, how they compare, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from graph.dates import PartialDate
from graph.questions.stretch import Stretch

parse = PartialDate.parse
ADAPTER: TypeAdapter[PartialDate] = TypeAdapter(PartialDate)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-11-13", date(2025, 11, 13), date(2025, 11, 13)),
        ("2023-04", date(2023, 4, 1), date(2023, 4, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("1990", date(1990, 1, 1), date(1990, 12, 31)),
        ("2008-05-26/2008-05-31", date(2008, 5, 26), date(2008, 5, 31)),
        ("2008/2009-03", date(2008, 1, 1), date(2009, 3, 31)),
    ],
)
def test_a_date_holds_its_days(text: str, first: date, last: date) -> None:
    day = parse(text)
    assert (day.first, day.last, str(day)) == (first, last, text)


@pytest.mark.parametrize(
    "text",
    ["", "0000", "2025-13", "2025-00-01", "2025-02-30", "20251113", "2025-1-1", "13.11.2025",
     "2025-11-13/", "/2025", "2009/2008", "2025-11-13T00:00", "２０２５", "10000", "-2025"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(text)


@pytest.mark.parametrize("value", [True, 1.5, None, ["1990"], 10**30])
def test_other_values_are_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(value)


def test_numbers_and_dates_of_a_yaml_file_are_read() -> None:
    assert ADAPTER.validate_python(1990) == parse("1990")
    assert ADAPTER.validate_python(date(2025, 11, 13)) == parse("2025-11-13")


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("2025-11-12", "2025-11-13", True),
        ("2025-11-13", "2025-11-13", False),
        ("2025-11-14", "2025-11-13", False),
        ("2025-11", "2025-11-13", None),
        ("2025", "2026-01-01", True),
        ("2025", "2025", None),
        ("2024-03-24/2024-03-30", "2024-03-26", None),
    ],
)
def test_before_says_unknown_where_precision_does_not_tell(
    one: str, other: str, answer: bool | None
) -> None:
    assert parse(one).before(parse(other)) is answer


def test_within_needs_certainty() -> None:
    start, end = parse("2025-11-10"), parse("2025-11-13")
    assert parse("2025-11-12").within(start, end)
    assert not parse("2025-11").within(start, end)
    assert not parse("2025-11-12").within(parse("2025-11"), end)
    assert parse("2025-11-10").within(start, None)
    assert not parse("2025-11-11").within(start, None)


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, DAYS)
def test_whole_days_compare_as_days_do(one: date, other: date) -> None:
    assert parse(one.isoformat()).before(parse(other.isoformat())) is (one < other)


@given(DAYS, DAYS, DAYS)
def test_bounds_agree_with_days(day: date, since: date, until: date) -> None:
    bounds = parse(since.isoformat()), parse(until.isoformat())
    one = parse(day.isoformat())
    assert Stretch(day, day).inside(*bounds) is (since <= day <= until)
    assert Stretch(day, day).outside(*bounds) is (not since <= day <= until)
    assert one.outside(*bounds) is (not since <= day <= until)
