"""The plain values: currencies in use, and texts that read as they are written."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from graph.currencies import CURRENCIES
from graph.errors import RecordsInvalid
from graph.nodes import Deal
from graph.values import clean
from ingest.records import read_record
from ingest.tables_values import Unread
from ingest.tables_words import currency

TURNING = [chr(n) for n in (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]


def test_the_currencies_are_those_in_use() -> None:
    assert all(re.fullmatch("[A-Z]{3}", code) for code in CURRENCIES)
    assert {"USD", "KRW", "EUR", "CNY", "JPY", "IDR", "VND", "UZS", "XCG", "ZWG"} <= CURRENCIES
    historic = {"DEM", "HRK", "BGN", "ANG", "ZWL", "CUC", "SLL", "VEF"}
    assert not CURRENCIES & (historic | {"XXX", "XTS", "XAU", "RMB", "USS"})


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("UDS", "'UDS' is no currency; did you mean USD?"),
        ("KWR", "did you mean KRW?"),
        ("WON", "did you mean KRW?"),
        ("RMB", "did you mean CNY?"),
        ("EUP", "did you mean EUR?"),
        ("ZZZ", "'ZZZ' is no currency"),
        ("BGN", "BGN is a currency that is no longer in use"),
    ],
)
def test_a_code_that_is_none_is_refused_with_the_nearest(code: str, said: str) -> None:
    for field in ({"amount": 5, "currency": code}, {"advance_amount": 5, "advance_currency": code}):
        with pytest.raises(ValidationError, match=re.escape(said)):
            Deal(id="deal:x.1", **field)


def test_a_record_and_a_table_tell_the_nearest_too(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "source: {id: 'source:a', source_kind: article, title: T}\n"
        "nodes:\n  - {key: d, kind: Deal, amount: 5, currency: UDS}\n",
        "utf-8",
    )
    with pytest.raises(RecordsInvalid, match=r"yaml:3:47: error\[value\]: .+ mean USD\?; wr"):
        read_record(tmp_path / "a.yaml")
    with pytest.raises(Unread, match="did you mean USD"):
        currency("uds")
    assert (currency("usd"), currency("rmb"), currency("달러")) == ("USD", "CNY", "USD")


@pytest.mark.parametrize("mark", TURNING, ids=lambda mark: f"U+{ord(mark):04X}")
def test_a_mark_that_turns_the_writing_is_refused(mark: str) -> None:
    with pytest.raises(ValueError, match=rf"direction of writing \(U\+{ord(mark):04X}\)"):
        clean(f"수원{mark}시")
    with pytest.raises(ValidationError):
        Deal(id="deal:x.1", amount=Decimal(5), currency="USD", product=f"a{mark}")


def test_writing_from_right_to_left_is_a_text() -> None:
    assert clean("دبي") == "دبي"
    assert clean("می‌خواهم") == "می‌خواهم"  # holds a joiner, which turns nothing
