"""Wikidata asked live: what is read of its statements and items."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.claims import Describes, Twinned
from graph.errors import RecordsInvalid
from graph.nodes import City
from graph.store import open_store
from ingest.sources import wikidata_live
from ingest.sources.facts import Bounds, Reading
from ingest.sources.fetching import Fetcher
from tests import sparql_server as bad
from tests.sparql_server import SparqlServer
from tests.wikidata_samples import ITEMS, LIMITS, PLAN, STATEMENTS, TODAY, code_of, download


@pytest.fixture
def server() -> Iterator[SparqlServer]:
    with bad.serving(list(STATEMENTS), list(ITEMS)) as running:
        yield running


def ties(reading: Reading) -> list[Twinned]:
    found = [claim for claim in reading.record.claims if isinstance(claim, Twinned)]
    return sorted(found, key=lambda claim: (claim.from_, claim.to, str(claim.signed_on)))


def city(reading: Reading, node_id: str) -> City:
    return next(
        claim.node
        for claim in reading.record.claims
        if isinstance(claim, Describes) and claim.to == node_id and isinstance(claim.node, City)
    )


# ---------------------------------------------------------------- what is read


def test_statements_of_both_items_are_one_claim_and_conflicts_stand_side_by_side(
    server: SparqlServer, tmp_path: Path
) -> None:
    told = [
        (c.from_[5:], c.to[5:], str(c.signed_on or ""), str(c.ended_on or ""), c.status.value)
        for c in ties(download(server, tmp_path))
    ]
    assert told == [
        ("Q1", "Q2", "1997-08-27", "", "in_force"),
        ("Q1", "Q3", "1990", "2014-03", "ended"),
        ("Q1", "Q3", "1991", "", "in_force"),
        ("Q2", "Q3", "", "", "ended"),
        ("Q2", "Q4", "", "", "in_force"),
        ("Q3", "Q4", "", "2031", "in_force"),
        ("Q4", "Q4", "", "", "in_force"),
    ]


def test_the_note_names_items_statements_and_web_references(
    server: SparqlServer, tmp_path: Path
) -> None:
    first, *others = ties(download(server, tmp_path))
    assert first.note == (
        "stated on Q1 and Q2; statements Q1-a, q2-b; references: https://example.org/a"
    )
    assert others[0].note == "stated on Q1 only; statements Q1-c; dates as given: 1990, 2014-03"
    assert "start 1980-01-01" in str(others[3].note)


def test_each_tie_keeps_the_items_that_state_it(server: SparqlServer, tmp_path: Path) -> None:
    told = [sorted(one[5:] for one in c.told_by or ()) for c in ties(download(server, tmp_path))]
    assert told == [["Q1", "Q2"], ["Q1"], ["Q3"], ["Q2"], ["Q2"], ["Q3"], ["Q4"]]


def test_a_statement_that_cannot_be_used_is_named(server: SparqlServer, tmp_path: Path) -> None:
    report = download(server, tmp_path).report
    unused = [problem.message for problem in report.problems if problem.code == "unused"]
    assert unused == [
        "statement Q4-h names no item",
        "statement Q4-i names no item",
        "statement Q4-j is deprecated",
    ]
    assert (report.rows, report.used, report.repeated, report.ties) == (11, 8, 1, 7)
    assert (report.places, report.given, report.without_country) == (4, 4, 2)


def test_labels_in_two_languages_and_only_sound_values_are_kept(
    server: SparqlServer, tmp_path: Path
) -> None:
    reading = download(server, tmp_path)
    suwon, odd = city(reading, "city:Q1"), city(reading, "city:Q3")
    assert (suwon.names, suwon.latitude) == ({"en": "Suwon", "ko": "수원시"}, 37.2858)
    assert (odd.names, odd.latitude, odd.longitude) == ({}, None, None)
    codes = sorted(problem.code for problem in reading.report.problems)
    assert codes == ["country", "name", "unused", "unused", "unused"]


def test_the_source_says_when_it_was_asked_and_the_store_takes_it(
    server: SparqlServer, tmp_path: Path
) -> None:
    record = download(server, tmp_path / "pages").record
    assert (str(record.source.published), record.source.lineage) == ("2025-11-25", "wikimedia")
    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        assert store.write(record.claims, replaces=record.source.id).inserted == len(record.claims)


def test_too_few_or_too_many_refuse_the_whole_source(server: SparqlServer, tmp_path: Path) -> None:
    plan = replace(PLAN, ties=Bounds(least=8, most=9))
    fetcher = Fetcher(server.address, "tests", LIMITS)
    with pytest.raises(RecordsInvalid, match="7 ties were read, and 8–9 are expected") as caught:
        wikidata_live.read(tmp_path, TODAY, plan=plan, fetcher=fetcher)
    assert code_of(caught) == "count"
