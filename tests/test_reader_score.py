"""The score by hand: what matches, what is not told apart, what is counted as a miss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import RecordsInvalid
from ingest.reader.score import Articles, Score, read_articles, score


def deal(amount: int | None, stage: str, *firms: str, **more: Any) -> tuple[str, dict[str, Any]]:
    currency = "USD" if amount is not None else None
    return "deal", {"amount": amount, "currency": currency, "stage": stage, "firms": firms, **more}


def tie(kind: str, *names: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return "agreement", {"kind": kind, "parties": [{"name": name} for name in names], **more}


def mission(*places: str) -> tuple[str, dict[str, Any]]:
    return "mission", {"places": [{"name": name, "country": "VN"} for name in places]}


def firm(name: str) -> tuple[str, dict[str, Any]]:
    return "participation", {"firm": name}


def measured(gold: Articles, told: Articles) -> dict[str, tuple[int, int, int]]:
    return {m.name: (m.matched, m.predicted, m.gold) for m in score(gold, told).measures}


def test_a_deal_matches_by_sum_then_stage_then_firms() -> None:
    gold = {"a": [deal(10, "contract", "가"), deal(20, "mou"), deal(30, "contract", "나", "다")]}
    told = {"a": [deal(10, "contract", "가"), deal(20, "contract"), deal(30, "contract", "나")]}
    got = measured(gold, told)
    assert got["deal_amount"] == (3, 3, 3)
    assert got["deal_stage"] == (2, 3, 3)
    assert got["deal_triple"] == (1, 3, 3)


def test_values_are_compared_one_to_one() -> None:
    gold = {"a": [deal(10, "contract"), deal(10, "contract")]}
    got = measured(gold, {"a": [deal(10, "contract")] * 3})
    assert got["deal_amount"] == (2, 3, 2)


def test_some_stages_and_kinds_are_not_told_apart() -> None:
    gold = {"a": [deal(1, "shipment"), deal(2, "inquiry"), tie("moa", "가", "나")]}
    told = {"a": [deal(1, "export_result"), deal(2, "consultation"), tie("agreement", "나", "가")]}
    got = measured(gold, told)
    assert got["deal_stage"] == (2, 2, 2)
    assert got["agreement_kind"] == (1, 1, 1)
    assert measured({"a": [tie("loi", "가", "나")]}, told)["agreement_kind"] == (0, 1, 1)


def test_deals_that_only_count_match_on_count_and_stage() -> None:
    gold = {"a": [deal(None, "mou", count=3), deal(None, "mou", count=4)]}
    told = {"a": [deal(None, "mou", count=3), deal(None, "contract", count=4)]}
    assert measured(gold, told)["deal_amount"] == (1, 2, 2)


def test_missions_match_by_half_their_places() -> None:
    gold = {"a": [mission("다낭", "하노이"), mission("방콕", "양곤", "파리")]}
    told = {"a": [mission("방콕"), mission("다낭")]}
    assert measured(gold, told)["mission"] == (1, 2, 2)


def test_an_article_that_was_not_read_lacks_everything() -> None:
    got = measured({"a": [firm("가")], "b": [firm("나")]}, {"b": [firm("나")], "c": [firm("다")]})
    assert got["participation"] == (1, 1, 2)


def test_figures_intervals_and_misses() -> None:
    gold: Articles = {f"a{n}": [firm("가"), firm("나")] for n in range(20)}
    told: Articles = {f"a{n}": [firm("가")] if n % 2 else gold[f"a{n}"] for n in range(20)}
    one = next(m for m in score(gold, told).measures if m.name == "participation")
    assert (one.precision, one.recall) == (1.0, 0.75)
    assert one.f1 == pytest.approx(2 * 30 / 70)
    assert one.low < one.f1 < one.high
    assert score(gold, told) == score(gold, told)
    misses = score(gold, told).misses
    assert len(misses) == 10
    assert {(m.measure, m.side, m.value) for m in misses} == {("participation", "gold", "나")}


def test_slots_are_scored_on_matched_facts() -> None:
    gold = {
        "a": [
            deal(1, "mou", count=3),
            deal(2, "mou", count=4),
            tie("mou", "가", "나", status="dormant"),
        ]
    }
    told = {
        "a": [
            deal(1, "mou", count=3),
            deal(9, "mou", count=4),
            tie("mou", "가", "나", status="ended"),
        ]
    }
    slots = {slot.name: (slot.right, slot.of) for slot in score(gold, told).slots}
    assert slots == {"deal.count": (1, 1), "agreement.status": (1, 1)}


def test_nothing_against_nothing_is_perfect() -> None:
    told: Score = score({"a": []}, {})
    assert told.macro == 1.0
    assert all((m.f1, m.low, m.high) == (1.0, 1.0, 1.0) for m in told.measures)


def test_a_file_of_lines_is_read_and_a_bad_line_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    line = {"file": "a.txt", "proposals": [{"type": "participation", "value": {"firm": "가"}}]}
    path.write_text(json.dumps(line) + "\n\n", "utf-8")
    assert read_articles(path) == {"a.txt": [("participation", {"firm": "가"})]}
    path.write_text(json.dumps(line) + "\n{}\n", "utf-8")
    with pytest.raises(RecordsInvalid) as caught:
        read_articles(path)
    assert "2" in str(caught.value)
