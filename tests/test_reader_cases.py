"""What the reader makes of made-up articles and of the five given ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.reader import Deal, Mission, Participation, read
from ingest.reader.proposals import Agreement
from ingest.reader.score import score
from tests.reader_cases import Case, cases, gold_of, read_all

SEEDS = Path(os.environ.get("JAMAE_SEEDS", Path(__file__).parents[2] / "shared" / "seeds"))
WRITTEN_ON = list(cases(held_out=False))
HELD_OUT = list(cases(held_out=True))


@pytest.mark.parametrize("case", WRITTEN_ON, ids=lambda case: case.id)
def test_an_article_is_read_as_it_was_meant(case: Case) -> None:
    told = score(gold_of([case]), read_all([case]))
    assert [(miss.measure, miss.side, miss.value) for miss in told.misses] == []


def test_there_are_enough_articles_and_a_third_is_held_out() -> None:
    assert len(WRITTEN_ON) + len(HELD_OUT) >= 150
    assert len(HELD_OUT) * 3 >= len(WRITTEN_ON)
    assert len({case.id for case in WRITTEN_ON + HELD_OUT}) == len(WRITTEN_ON) + len(HELD_OUT)


def test_reading_is_repeatable() -> None:
    assert read_all(WRITTEN_ON[:20]) == read_all(WRITTEN_ON[:20])


def test_every_proposal_has_a_span_in_the_text_and_a_reason() -> None:
    for case in WRITTEN_ON + HELD_OUT:
        for one in read(case.text, published=case.published, home=case.home):
            assert 0 <= one.span[0] < one.span[1] <= len(case.text)
            assert one.reasons
            assert all(
                0 <= start < end <= len(case.text)
                for spans in one.fields.values()
                for start, end in spans
            )


# ---------------------------------------------------------------- the five given articles


def seed(name: str, published: str, home: str) -> list[object]:
    path = SEEDS / f"{name}.txt"
    if not path.is_file():
        pytest.skip("the five articles are not here")
    return [one.value for one in read(path.read_text("utf-8"), published=published, home=home)]


def deals(told: list[object]) -> set[tuple[str, int | None, tuple[str, ...]]]:
    return {(one.stage, one.amount, one.firms) for one in told if isinstance(one, Deal)}


def firms(told: list[object]) -> set[str]:
    return {one.firm for one in told if isinstance(one, Participation)}


def ties(told: list[object]) -> set[tuple[str, str, str | None]]:
    return {
        (one.kind, one.status, one.parties[1].name) for one in told if isinstance(one, Agreement)
    }


def test_suwon_2008() -> None:
    told = seed("suwon-2008", "2008-06-10", "수원시")
    assert {("consultation", 5_700_000, ()), ("expected", 2_000_000, ())} <= deals(told)
    assert ("consultation", 600_000, ("그린존",)) in deals(told)
    assert {"그린존", "거진산업", "델타아이오", "휴민텍", "건도하이텍"} == firms(told)
    assert ("sister_city", "in_force", "반둥시") in ties(told)
    missions = [one for one in told if isinstance(one, Mission)]
    assert [place.name for place in missions[0].places] == ["쿠알라룸푸르", "반둥", "자카르타"]
    assert (missions[0].start, missions[0].end) == ("2008-05-26", "2008-05-31")


def test_jinju_2019() -> None:
    told = seed("jinju-2019", "2019-11-03", "진주시")
    totals = {one.amount: one for one in told if isinstance(one, Deal)}
    assert set(totals) == {24_000_000, 5_600_000, 11_000_000, 3_000_000, 13_000_000, 2_600_000}
    whole = {one.part_of for one in totals.values()}
    assert len(whole) == 3  # the two totals, and none for themselves
    assert firms(told) == set()
    assert ties(told) == set()


def test_gwangju_bukgu_2024() -> None:
    told = seed("gwangju-bukgu-2024", "2024-04-07", "광주 북구")
    assert deals(told) == {
        ("provisional", 10_000_000, ()),
        ("contract", 3_250_000, ()),
        ("provisional", 6_750_000, ()),
        ("contract", 9_340_000, ()),
        ("mou", None, ()),
    }
    assert ("mou", "signed", "OKTA LA") in ties(told)
    assert {"피피아이", "엠피닉스", "피라포토닉스", "오토마린"} == firms(told)


def test_jinju_2025() -> None:
    told = seed("jinju-2025", "2025-11-14", "진주시")
    assert deals(told) == {("contract", 2_000_000, ("아라소프트",))}
    assert ties(told) == {("mou", "signed", "땅그랑시")}
    assert firms(told) == {"아라소프트"}


def test_cheongju_2023() -> None:
    told = seed("cheongju-2023", "2023-10-18", "청주시")
    assert deals(told) == {("contract", 5_900_000, ())}
    assert firms(told) == set()
    assert ties(told) == {
        ("sister_city", "signed", "돗토리시"),
        ("friendship_city", "signed", "브로츠와프시"),
        ("exchange_city", "proposed", "옌퐁현"),
        ("exchange_city", "proposed", "코칸드시"),
        ("exchange_city", "proposed", "파당시"),
    }
