"""What the checks find in the world's lists: true findings, and no false ones that are known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.questions.answers import ChecksAnswer
from graph.questions.checks import checks
from graph.store import GraphStore, open_store
from ingest.load import load
from ingest.sources import twincities
from tests.conftest import store_of_module

pytestmark = pytest.mark.timeout(900)

WHOLE = (
    Path(__file__).parents[2] / "shared/data/sister_cities/hekman_twincities_2026/twin_cities.csv"
)
SECONDS = 300


@pytest.fixture(scope="module", params=["sqlite", "neo4j"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[GraphStore]:
    """All that ships."""
    with store_of_module(request, tmp_path_factory.mktemp("world")) as store:
        load(store)
        yield store


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChecksAnswer]:
    """The findings in all that ships and the whole list of twin towns."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('lists')}/both.db") as store:
        load(store)
        record = twincities.read(WHOLE).record
        store.write(record.claims, replaces=record.source.id)
        yield asked(store)


def asked(store: GraphStore) -> ChecksAnswer:
    return store.read(lambda view: checks(view, limit=None), seconds=SECONDS)


def names(answer: ChecksAnswer, code: str) -> list[tuple[str, ...]]:
    """The English names and countries of what the findings of a code are about, in order."""
    return [
        tuple(
            sorted(
                f"{ref.names.get('en')} {ref.country}" for ref in one.nodes if ref.id in one.about
            )
        )
        for one in answer.findings
        if one.code == code
    ]


def test_the_world_has_true_findings_only(world: GraphStore) -> None:
    answer = asked(world)
    assert answer.counts == {"city_duplicate": 36, "partner_confusable": 1, "ties_without_trade": 4}
    twice = names(answer, "city_duplicate")
    for pair in ("Amsterdam NL", "Rotterdam NL", "Tokyo JP", "Corfu GR", "Kansas City US"):
        assert (pair, pair) in twice
    assert ("Columbus US", "Columbus US") not in twice  # in Ohio, and in Georgia
    assert names(answer, "partner_confusable") == [("Cheongju KR", "Chongju KP", "Tottori JP")]
    assert sorted(names(answer, "ties_without_trade")) == [
        ("Cheongju KR",),
        ("Gwangju KR",),
        ("Jinju KR",),
        ("Suwon KR",),
    ]


needs_list = pytest.mark.skipif(not WHOLE.exists(), reason="the share-alike list is not here")


@needs_list
def test_the_self_ties_of_the_list_are_found(lists: ChecksAnswer) -> None:
    told = sorted(names(lists, "tie_with_itself"))
    assert told == [("Dobřany CZ",), ("Nienburg DE",), ("Stryi UA",)]


@needs_list
def test_coordinates_of_namesakes_are_found_and_borders_are_none(lists: ChecksAnswer) -> None:
    told = {name for (name,) in names(lists, "city_in_other_country")}
    assert 150 < len(told) < 300
    assert {"Gera TZ", "Florence US", "Perth GB", "Cambridge US", "Guadalajara ES"} <= told
    near = {"Kaliningrad RU", "Windsor CA", "Dubrovnik HR", "Key West US", "Gibraltar GI"}
    assert not told & (near | {"Saint-Denis RE", "Kehl DE", "Cieszyn PL", "Tijuana MX"})


@needs_list
def test_where_the_lists_name_another_city_is_found(lists: ChecksAnswer) -> None:
    told = names(lists, "partner_confusable")
    assert ("Cheongju KR", "Chongju KP", "Tottori JP") in told
    assert ("Aachen DE", "Halifax CA", "Halifax GB") in told
    assert len(told) < 40
    assert ("Anyang KR", "Anyang KR") in names(lists, "partner_twice")


@needs_list
def test_towns_that_differ_by_a_mark_are_two(lists: ChecksAnswer) -> None:
    told = names(lists, "city_duplicate") + names(lists, "partner_twice")
    assert ("Kedzierzyn-Kozle PL", "Kędzierzyn-Koźle PL") in told
    for pair in (("Furth DE", "Fürth DE"), ("Lohne DE", "Löhne DE")):
        assert pair not in told
