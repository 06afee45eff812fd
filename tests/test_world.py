"""What must come out of all that ships, merged; and what decisions make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from graph.nodes import City
from graph.questions.beneficiaries import beneficiaries
from graph.questions.checks import checks
from graph.questions.connections import paths
from graph.questions.finding import resolve, search
from graph.questions.ties import ties
from graph.questions.totals import Filters, totals
from graph.store import open_store, walk_claims, walk_nodes
from ingest.load import load
from ingest.records import SHIPPED
from tests.conftest import store_of_module
from tests.world_names import FIRST, NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.questions.answers import BeneficiariesAnswer, TieLine, TotalLine
    from graph.store import GraphStore, View
    from ingest.load import LoadReport

pytestmark = pytest.mark.timeout(900)
"""Loading the world into a server takes its time on a busy machine."""

ONE_CITY = {
    "Suwon": "city:Q20714",
    "Jinju": "city:Q42144",
    "Cheongju": "city:Q42147",
    "Bandung": "city:Q10389",
    "Tangerang": "city:Q10127",
}
SECONDS = 120
"""A server that just started plans each statement once."""


@dataclass(frozen=True)
class World:
    """A store with all that ships, and the report of its load."""

    store: GraphStore
    report: LoadReport


@pytest.fixture(scope="module", params=["sqlite", "neo4j"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    with store_of_module(request, tmp_path_factory.mktemp("world")) as store:
        yield World(store, load(store))


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('five')}/five.db") as store:
        load(store, [SHIPPED])
        yield store


def find(store: GraphStore, name: str) -> str:
    return store.read(lambda view: resolve(view, name), seconds=SECONDS)


def ties_of(store: GraphStore, name: str) -> dict[str, TieLine]:
    """The lines of a city by the English name of the partner."""
    city = find(store, name)
    lines = store.read(lambda view: ties(view, city), seconds=SECONDS).ties
    assert len({line.partner.names["en"] for line in lines}) == len(lines)
    return {line.partner.names["en"]: line for line in lines}


# ---------------------------------------------------------------- what is found in it


def test_what_a_person_types_finds_what_they_mean(world: World) -> None:
    def firsts(view: View) -> list[tuple[str, str, str]]:
        found = [(text, search(view, text).results[:1]) for text, *_ in FIRST]
        return [(text, hit.entity.id, hit.match) for text, hits in found for hit in hits]

    def found(view: View) -> list[str]:
        return [text for text in NOTHING if search(view, text).results]

    first = world.store.read(firsts, seconds=SECONDS)
    assert [one for one in FIRST if one not in first] == []
    assert world.store.read(found, seconds=SECONDS) == []


# ---------------------------------------------------------------- what it holds


def test_the_world_is_the_extract_and_the_five_articles_merged(world: World) -> None:
    counts = world.store.read(lambda view: view.counts())
    assert counts.claims["TWINNED"] == 8_182
    assert counts.nodes["Source"] == 7
    assert counts.nodes["City"] == 4_566 + 7  # those of the articles that the extract lacks
    assert world.report.merged is not None
    assert world.report.merged.places == counts.nodes["City"]
    assert world.report.merged.ties == 8_182 + 9 - 1  # Suwon–Bandung stands in both
    assert (world.report.merged.in_several, world.report.merged.self_ties) == (1, 0)
    reports = {one.source: one for one in world.report.lists}
    assert reports.keys() == {"source:wikidata-p190-2022", "source:place-names"}
    assert reports["source:wikidata-p190-2022"].rows == 8_182


def test_the_cities_of_the_articles_are_one_city_each(world: World) -> None:
    assert {name: find(world.store, name) for name in ONE_CITY} == ONE_CITY

    def cities(view: View) -> list[City]:
        return [node for node in walk_nodes(view, "City") if isinstance(node, City)]

    items = [
        one.identifiers["wikidata"]
        for one in world.store.read(cities, seconds=SECONDS)
        if "wikidata" in one.identifiers
    ]
    assert len(items) == len(set(items))
    assert {node.rpartition(":")[2] for node in ONE_CITY.values()} <= set(items)


def test_suwon_and_bandung_are_one_line_of_two_independent_sources(world: World) -> None:
    lines = ties_of(world.store, "Suwon")
    assert lines.keys() == {"Bandung", "Asahikawa", "Cluj-Napoca", "Toluca", "Townsville"}
    bandung = lines.pop("Bandung")
    assert (bandung.kind, bandung.independent_sources) == ("SISTER_CITY", 2)
    assert {claim.kind for claim in bandung.claims} == {"SISTER_CITY", "TWINNED"}
    assert {(one.kind, one.independent_sources) for one in lines.values()} == {("TWINNED", 1)}


def test_tangerang_gains_mississauga(world: World) -> None:
    lines = ties_of(world.store, "Tangerang")
    assert {name: line.kind for name, line in lines.items()} == {
        "Jinju": "AGREEMENT",
        "Mississauga": "TWINNED",
    }


def test_green_zone_and_tottori_are_six_steps_apart(world: World) -> None:
    one, other = find(world.store, "그린존"), find(world.store, "Tottori")
    near = world.store.read(lambda view: paths(view, one, other), seconds=SECONDS)
    assert (near.paths, near.complete, near.searched.max_hops) == ((), True, 4)
    far = world.store.read(lambda view: paths(view, one, other, max_hops=6, k=1), seconds=SECONDS)
    assert [len(path.hops) for path in far.paths] == [6]
    assert {one.source for one in far.citations} == {
        "source:suwon-2008",
        "source:wikidata-p190-2022",
    }


def test_a_tie_with_a_namesake_across_a_border_is_a_finding(world: World) -> None:
    found = world.store.read(
        lambda view: checks(view, codes=["partner_confusable"]), seconds=SECONDS
    ).findings
    assert [{node.names["en"] for node in one.nodes} for one in found] == [
        {"Tottori", "Cheongju", "Chongju"}
    ]
    assert {node.country for node in found[0].nodes} == {"JP", "KR", "KP"}


# ---------------------------------------------------------------- what the articles tell still


def partners(view: View) -> list[str]:
    return [node.id for kind in ("City", "Organization") for node in walk_nodes(view, kind)]


def answer(store: GraphStore, partner: str) -> BeneficiariesAnswer:
    return store.read(lambda view: beneficiaries(view, partner), seconds=SECONDS)


def told(one: BeneficiariesAnswer) -> object:
    """What an answer says of firms and of what was read, without the ties of the lists."""
    return (
        [
            (
                line.firm.id,
                line.grade,
                line.flags.model_dump(),
                line.amounts,
                sorted(gap.flag for gap in line.missing),
            )
            for line in one.beneficiaries
        ],
        one.not_attributable,
        one.unnamed,
        one.coverage,
    )


def test_every_grade_gap_and_sum_of_the_articles_is_unchanged(
    world: World, five: GraphStore
) -> None:
    asked = five.read(partners)
    assert len(asked) > 30
    graded = 0
    for partner in asked:
        alone = answer(five, partner)
        assert told(answer(world.store, partner)) == told(alone), partner
        graded += len(alone.beneficiaries)
    assert graded >= 10


def test_the_sums_of_the_articles_are_unchanged(world: World, five: GraphStore) -> None:
    for city in five.read(lambda view: [node.id for node in walk_nodes(view, "City")]):
        assert lines(world.store, city) == lines(five, city), city


def lines(store: GraphStore, city: str) -> tuple[TotalLine, ...]:
    return store.read(lambda view: totals(view, Filters(city=city)), seconds=SECONDS).lines


def test_a_list_is_never_read_about_trade(world: World) -> None:
    coverage = answer(world.store, find(world.store, "Cluj-Napoca")).coverage
    assert (coverage.answer, coverage.sources_read) == ("nothing_read", 0)


# ---------------------------------------------------------------- once more, and back


def test_loading_twice_changes_nothing_and_taking_back_leaves_the_others(
    world: World, five: GraphStore
) -> None:
    again = load(world.store)
    assert (again.inserted, again.updated, again.withdrawn) == (0, 0, 0)
    assert (again.unchanged, again.version) == (again.read, world.report.version)
    assert again.merged == world.report.merged
    for source in ("source:wikidata-p190-2022", "source:place-names"):
        world.store.retract(source)
    assert world.store.version() == five.version()
    assert world.store.read(everything, seconds=SECONDS) == five.read(everything)


def everything(view: View) -> tuple[object, ...]:
    nodes = [node for kind in ("City", "Firm", "Mission") for node in walk_nodes(view, kind)]
    said = [(c.said(), c.from_, c.to) for c in walk_claims(view, "IN_COUNTRY")]
    return view.counts(), nodes, said
