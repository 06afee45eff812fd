"""All that ships and the whole share-alike list, merged; where that list is on the machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.nodes import City
from graph.questions.beneficiaries import beneficiaries
from graph.questions.checks import checks
from graph.questions.finding import resolve
from graph.questions.ties import ties
from graph.store import walk_nodes
from ingest.inputs import named, shipped
from ingest.load import load
from tests.conftest import store_of_module

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import GraphStore, View
    from ingest.load import LoadReport

LIST = (
    Path(__file__).parents[2]
    / "shared/data/sister_cities/hekman_twincities_2026"
    / "twin_cities.csv"
)
SECONDS = 600
pytestmark = [
    pytest.mark.skipif(not LIST.exists(), reason="the share-alike list is not on this machine"),
    pytest.mark.timeout(900),
]
Both = tuple["GraphStore", "LoadReport"]


@pytest.fixture(scope="module", params=["sqlite", "neo4j"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    with store_of_module(request, tmp_path_factory.mktemp("both")) as store:
        yield store, load(store, [*shipped(), *named("twincities", LIST)])


def find(store: GraphStore, name: str) -> str:
    return store.read(lambda view: resolve(view, name), seconds=SECONDS)


def cities(view: View) -> dict[str, City]:
    return {one.id: one for one in walk_nodes(view, "City") if isinstance(one, City)}


def test_the_report_says_what_both_lists_make_together(both: Both) -> None:
    _, report = both
    told = {one.source: one for one in report.lists}["source:twincities-2026"]
    assert (told.rows, told.used, told.repeated) == (25_917, 25_917, 1_487)
    assert (told.ties, told.places) == (24_430, 17_059)
    assert told.resolved > 3_900
    assert told.resolved + told.unknown + len(told.undecided) == told.places
    assert 200 < len(told.undecided) < 400
    assert report.merged is not None
    assert 17_500 < report.merged.places < 18_000
    assert 28_000 < report.merged.ties < 28_300
    assert report.merged.in_several > 4_300
    assert report.merged.self_ties == 3


def test_one_place_is_one_city_however_its_rows_spell_it(both: Both) -> None:
    store, _ = both
    found = store.read(cities, seconds=SECONDS)
    stood_for = {former: one.id for one in found.values() for former in (*one.former_ids, one.id)}
    for gangnam in ("city:gangnam.seoul.kr", "city:Q20398"):
        assert stood_for[gangnam] == "city:Q20398"
    oxford = {
        stood_for[key] for key in stood_for if key in {"city:oxford.england.gb", "city:Q34217"}
    }
    assert oxford == {"city:Q34217"}
    assert not {key for key in stood_for if "oxford" in key and "united-kingdom" in key}
    furth = {stood_for["city:furth.de"], stood_for["city:xn--frth-0ra.de"]}
    assert len(furth) == 2


def test_the_cities_of_the_articles_stay_one_city_each(both: Both) -> None:
    store, _ = both
    names = {"Suwon": "Q20714", "Jinju": "Q42144", "Cheongju": "Q42147", "Tottori": "Q200731"}
    assert {name: find(store, name) for name in names} == {
        name: f"city:{item}" for name, item in names.items()
    }


def test_both_lists_are_one_independent_source(both: Both) -> None:
    store, _ = both
    suwon, bandung = find(store, "Suwon"), find(store, "Bandung")
    lines = store.read(lambda view: ties(view, suwon), seconds=SECONDS).ties
    (line,) = [one for one in lines if one.partner.id == bandung]
    assert (line.kind, line.independent_sources) == ("SISTER_CITY", 2)
    assert {claim.source for claim in line.claims} == {
        "source:suwon-2008",
        "source:twincities-2026",
        "source:wikidata-p190-2022",
    }


def test_tottoris_namesake_partners_are_shown_and_not_settled(both: Both) -> None:
    store, _ = both
    tottori = find(store, "Tottori")
    found = store.read(
        lambda view: checks(view, codes=["partner_confusable"], limit=None), seconds=SECONDS
    ).findings
    (one,) = [one for one in found if tottori in one.about]
    assert {node.country for node in one.nodes} == {"JP", "KR", "KP"}
    assert {claim.source for claim in one.claims} == {
        "source:cheongju-2023",
        "source:twincities-2026",
        "source:wikidata-p190-2022",
    }


def test_grades_do_not_change_with_the_list(both: Both) -> None:
    store, _ = both
    bandung, tangerang = find(store, "Bandung"), find(store, "Tangerang")
    graded = {
        partner: sorted(
            (line.firm.name, line.grade.value)
            for line in store.read(
                lambda view, one=partner: beneficiaries(view, one),  # type: ignore[misc]
                seconds=SECONDS,
            ).beneficiaries
        )
        for partner in (bandung, tangerang)
    }
    assert {grade for _, grade in graded[bandung]} == {"supported"}
    assert len(graded[bandung]) == 5
    assert graded[tangerang] == [("아라소프트", "co_occurrence")]


def test_taking_the_list_back_leaves_exactly_what_ships(
    both: Both, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from graph.store import open_store

    store, _ = both
    store.retract("source:twincities-2026")
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('ships')}/ships.db") as alone:
        version = load(alone).version
        expected = alone.read(lambda view: (view.counts(), cities(view)), seconds=SECONDS)
    assert store.version() == version
    assert store.read(lambda view: (view.counts(), cities(view)), seconds=SECONDS) == expected
