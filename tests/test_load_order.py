"""Records, lists and decisions in any order: one state; and what taking one back leaves."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.decisions import parse_decisions
from ingest.inputs import named
from ingest.load import gather
from ingest.records import SHIPPED, Record
from ingest.sources import twincities, wikidata
from ingest.sources.facts import Bounds
from tests.store_contents import contents

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph.store import GraphStore

DATA = Path(__file__).parent / "data" / "sources"
ANY = Bounds(least=0, most=100_000)
SHUFFLES = 20
DECISIONS = """\
source: {id: "source:decisions", source_kind: decision, title: Decisions}
decisions:
  - {different: [city:suwon.kr, city:Q20714], reason: "A test.", date: 2026}
  - {same: [city:furth.de, city:xn--frth-0ra.de], reason: "A test.", date: 2026}
  - {is: {name: Perth, country: Scotland}, id: city:Q203000, reason: "A test.", date: 2026}
"""


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Two articles, a part of the extract, a list, a register, and decisions on them."""
    small = twincities.read(DATA / "twincities.csv", ties=ANY, places=ANY).record
    near = {claim.to for claim in small.claims}
    extract = wikidata.read().record
    inside = {extract.source.id, *near}
    part = tuple(c for c in extract.claims if {c.from_, c.to} <= inside)
    articles = gather([SHIPPED / "suwon-2008.yaml", SHIPPED / "cheongju-2023.yaml"])
    register = gather(named("register", DATA / "registers" / "01-plain.csv"))
    assert not articles.problems + register.problems
    return [
        small,
        Record(extract.source, part),
        *(
            one.record
            for one in articles.loaded + register.loaded
            if isinstance(one.record, Record)
        ),
        parse_decisions(DECISIONS.encode(), "decisions.yaml").record,
    ]


def write(store: GraphStore, records: Sequence[Record], dice: random.Random) -> None:
    for record in dice.sample(records, len(records)):
        claims = dice.sample(record.claims, len(record.claims))
        store.write(claims, replaces=record.source.id)


def test_any_order_of_records_lists_and_decisions_gives_one_state(
    new_store: Callable[[], GraphStore], records: list[Record]
) -> None:
    states, whole = [], []
    for number in range(SHUFFLES):
        with new_store() as store:
            write(store, records, random.Random(number))  # noqa: S311
            states.append((store.version(), store.read(lambda view: view.counts())))
            if number in {0, SHUFFLES - 1}:
                whole.append(contents(store))
    assert len({state[0] for state in states}) == 1
    assert all(state[1] == states[0][1] for state in states)
    assert whole[0] == whole[1]


def test_taking_any_of_them_back_leaves_exactly_the_others(
    new_store: Callable[[], GraphStore], records: list[Record]
) -> None:
    dice = random.Random(4)  # noqa: S311
    for gone in records:
        rest = [record for record in records if record is not gone]
        with new_store() as store:
            write(store, rest, dice)
            expected = contents(store)
        with new_store() as store:
            write(store, records, dice)
            store.retract(gone.source.id)
            assert contents(store) == expected, gone.source.id


def test_decisions_settle_what_the_lists_leave_open_and_undo_what_they_merged(
    store: GraphStore, records: list[Record]
) -> None:
    *lists, decisions = records
    dice = random.Random(5)  # noqa: S311
    write(store, lists, dice)

    def found() -> list[str | None]:
        ids = ("city:suwon.kr", "city:furth.de", "city:perth.scotland.gb")
        return [store.read(lambda view, one=one: view.find(one)) for one in ids]  # type: ignore[misc]

    before = found()
    assert before == ["city:Q20714", "city:furth.de", "city:perth.scotland.gb"]
    store.write(decisions.claims, replaces=decisions.source.id)
    assert found() == ["city:suwon.kr", "city:furth.de", "city:Q203000"]
    assert store.read(lambda view: view.find("city:xn--frth-0ra.de")) == "city:furth.de"
    store.retract(decisions.source.id)
    assert found() == before
