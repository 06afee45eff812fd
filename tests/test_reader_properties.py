"""What holds for every text: spans lie in it, sums re-read from their spans, nothing breaks."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.reader import Deal, read
from ingest.reader.clean import clean
from ingest.reader.numbers import amounts
from ingest.reader.sentences import sentences

TOLD = """
가람시는 /다낭과 /이포시와 /무역사절단을 보내 /지난 6~11일 /상담 48건 /920만 달러
315만5천 달러의 /21만 달러(약 2억3천만 원) /㈜해오름바이오/(김), /누리봄식품은
/ 등 7개 업체가 /계약했다. /체결키로 /자매결연을 /우호도시인 /의향서에 서명했다.
"/'/(/)/[/▲/·/,/~/각각 /이 회사는 /2018년 5월 8일 /오는 3일 /<p>/<script>/&amp;/&#44032;
총 /이 중 /바이어와 /MOU를 /é/😀/中 /1,/999999999999999999999999
"""
PIECES = st.sampled_from(
    [*TOLD.replace("\n", "/").split("/"), "\n", "\u00a0", "\u1112\u1161\u11ab"]
)
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=60).map("".join),
)


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(TEXTS, st.sampled_from([None, "2018-05-14"]), st.sampled_from([None, "가람시", "대전 동구"]))
@example("\ud800 3만 달러 계약", "2018-05-14", None)
def test_every_reading_is_sound(text: str, published: str | None, home: str | None) -> None:
    told = read(text, published=published, home=home)
    assert told == read(text, published=published, home=home)
    assert [one.id for one in told] == [f"p{n}" for n in range(1, len(told) + 1)]
    for one in told:
        spans = [one.span, *(span for many in one.fields.values() for span in many)]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert one.reasons
        if isinstance(one.value, Deal) and one.value.amount is not None:
            read_again = set()
            for start, end in one.fields["amount"]:
                piece = clean(text[start:end]).text
                read_again |= {(a.value, a.currency) for a in amounts(piece, 0, len(piece))}
            assert (one.value.amount, one.value.currency) in read_again


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXTS)
def test_each_character_leads_back_to_the_raw_text(text: str) -> None:
    told = clean(text)
    assert len(told.text) == len(told.starts) == len(told.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(told.starts, told.ends, strict=True))
    assert list(told.starts) == sorted(told.starts)
    for one in sentences(told):
        assert 0 <= one.start < one.end <= len(told.text)


LONG = """
1/1,/1만/1만 /(/()/▲/가나식품, /가나식품과 /"/가/을 /<div>/<script>/</&/&amp;/시 /1일부터
3만 달러, /자매도시 /㈜가나다, /다낭·/다낭(a/등 3개 업체 /다낭에서 3만 달러를 계약했다.
가람시는 다낭시와 우호도시 협약을 체결했다
"""
HOSTILE = [*LONG.strip().replace("\n", "/").split("/"), "가\u0301", "\u1100"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_long_text_of_one_thing_is_read_to_its_end(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    for one in read(text, published="2018-05-14", home="가람시"):
        assert 0 <= one.span[0] < one.span[1] <= len(text)
