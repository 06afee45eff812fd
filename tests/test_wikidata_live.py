"""Wikidata asked live: what is read, a host that misbehaves, resuming, addresses."""

import gzip
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.claims import Describes, Twinned
from graph.errors import InputInvalid, RecordsInvalid
from graph.nodes import City
from graph.store import open_store
from ingest.sources import wikidata_live
from ingest.sources.asking import Limits
from ingest.sources.facts import Bounds, Reading
from ingest.sources.fetching import Fetcher
from tests import sparql_server as bad
from tests.sparql_server import ENTITY, Misdeed, Row, SparqlServer

TODAY = date(2025, 11, 25)
LIMITS = Limits(
    page_bytes=200_000,
    page_seconds=0.5,
    connect_seconds=0.5,
    tries=3,
    pause=0.01,
    longest_pause=5.0,
)
ANY = Bounds(least=0, most=1_000)
PLAN = wikidata_live.Plan(statements=3, items=2, pause=0.0, limits=LIMITS, ties=ANY, places=ANY)
DAY, MONTH, YEAR, DECADE = "11", "10", "9", "8"


def statement(key: str, partner: str | None, **more: str) -> Row:
    row = {"statement": f"{ENTITY}statement/{key}", "item": ENTITY + key.partition("-")[0].upper()}
    if partner:
        row["partner"] = partner if ":" in partner else ENTITY + partner
    return {**row, "rank": "http://wikiba.se/ontology#NormalRank", **more}


STATEMENTS = [
    statement("Q1-a", "Q2", start="1997-08-27T00:00:00Z", startPrecision=DAY),
    statement("q2-b", "Q1", start="1997-08-27T00:00:00Z", startPrecision=DAY,
              reference="https://example.org/a"),
    statement("q2-b", "Q1", start="1997-08-27T00:00:00Z", startPrecision=DAY,
              reference="javascript:alert(1)"),
    statement("Q1-c", "Q3", start="1990-01-01T00:00:00Z", startPrecision=YEAR,
              end="2014-03-00T00:00:00Z", endPrecision=MONTH, ended="2014-03-00T00:00:00Z"),
    statement("Q3-d", "Q1", start="1991-01-01T00:00:00Z", startPrecision=YEAR),
    statement("Q2-e", "Q3", ended="_:b1"),
    statement("Q2-f", "Q4", start="1980-01-01T00:00:00Z", startPrecision=DECADE),
    statement("Q4-g", "Q4"),
    statement("Q4-h", None),
    statement("Q4-i", "_:b2"),
    statement("Q4-j", "Q1", rank="http://wikiba.se/ontology#DeprecatedRank"),
    statement("Q3-k", "Q4", end="2031-01-01T00:00:00Z", endPrecision=YEAR,
              ended="2031-01-01T00:00:00Z"),
]  # fmt: skip
ITEMS = [
    {"item": ENTITY + "Q1", "en": "Suwon", "ko": "수원시", "country": "KR",
     "point": "Point(127.0089 37.2858)"},
    {"item": ENTITY + "Q2", "en": "Bandung", "ko": "반둥", "country": "ID"},
    {"item": ENTITY + "Q3", "en": "Odd\u0000 name", "country": "XX", "point": "Point(500 99)"},
    {"item": ENTITY + "Q4", "en": "Between", "country": "KR"},
    {"item": ENTITY + "Q4", "en": "Between", "country": "KP"},
]  # fmt: skip


@pytest.fixture
def server() -> Iterator[SparqlServer]:
    with bad.serving(list(STATEMENTS), list(ITEMS)) as running:
        yield running


def download(server: SparqlServer, folder: Path, slept: list[float] | None = None) -> Reading:
    fetcher = Fetcher(server.address, "tests", LIMITS)
    if slept is not None:
        fetcher.sleep = slept.append
    return wikidata_live.read(folder, TODAY, plan=PLAN, fetcher=fetcher)


def ties(reading: Reading) -> list[Twinned]:
    found = [claim for claim in reading.record.claims if isinstance(claim, Twinned)]
    return sorted(found, key=lambda claim: (claim.from_, claim.to, str(claim.signed_on)))


def city(reading: Reading, node_id: str) -> City:
    return next(
        claim.node
        for claim in reading.record.claims
        if isinstance(claim, Describes) and claim.to == node_id and isinstance(claim.node, City)
    )


def code_of(caught: pytest.ExceptionInfo[RecordsInvalid]) -> str:
    return caught.value.problems[0].code


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
    with pytest.raises(RecordsInvalid, match="7 ties were read, and 8 to 9 are expected") as caught:
        wikidata_live.read(tmp_path, TODAY, plan=plan, fetcher=fetcher)
    assert code_of(caught) == "count"


# ---------------------------------------------------------------- a host that misbehaves


@pytest.mark.parametrize(
    "misdeed",
    [
        bad.status(500),
        bad.status(503),
        bad.status(429, Retry_After="0"),
        bad.truncated,
        bad.cut_without_length,
        bad.silent,
        bad.dripping("header"),
        bad.dripping("body"),
        bad.no_http,
        bad.body(b"<html>busy</html>"),
        bad.body(b'{"results": {"bindings": [{"item": 3}]}}'),
        bad.body(b'{"results": {"bindings": [{"statement": {"value": "x"}}]}}'),
        bad.body(b'{"results": []}'),
        bad.body(b"[" * 100_000),
        bad.body(b"\xff\xfe\x00"),
        bad.body(b"no gzip", Content_Encoding="gzip"),
        bad.body(gzip.compress(b"{}" * 9_000)[:30], Content_Encoding="gzip"),
    ],
    ids=lambda value: getattr(value, "__qualname__", "").partition(".")[0],
)
def test_a_page_that_fails_twice_is_asked_for_again(
    server: SparqlServer, tmp_path: Path, misdeed: Misdeed
) -> None:
    whole = download(server, tmp_path / "whole").record.claims
    asked = len(server.asked)
    server.misdeeds.extend([None, misdeed, misdeed])
    slept: list[float] = []
    assert download(server, tmp_path / "pages", slept).record.claims == whole
    assert len(server.asked) == 2 * asked + 2
    assert [pause for pause in slept if pause] == [0.01, 0.02]


@pytest.mark.parametrize(
    ("misdeed", "code", "asked"),
    [
        (bad.status(500), "http-500", 3),
        (bad.status(429), "http-429", 3),
        (bad.status(400), "http-400", 1),
        (bad.status(404), "http-404", 1),
        (bad.status(204), "http-204", 1),
        (bad.truncated, "broken", 3),
        (bad.silent, "slow", 3),
        (bad.dripping("header"), "slow", 3),
        (bad.dripping("body"), "slow", 3),
        (bad.endless, "too-large", 1),
        (bad.body(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip"), "too-large", 1),
        (bad.body(b"{}", Content_Encoding="br"), "encoding", 1),
        (bad.body(b"nonsense"), "nonsense", 3),
        (bad.status(302, Location="/sparql?again"), "redirects", 4),
        (bad.status(302, Location="https://example.org/"), "refused", 1),
        (bad.status(302, Location="http://localhost:1/"), "refused", 1),
        (bad.status(302, Location="http://127.0.0.1:22/"), "refused", 1),
        (bad.status(302, Location="http://169.254.169.254/latest"), "refused", 1),
        (bad.status(302, Location="file:///etc/passwd"), "refused", 1),
        (bad.status(302, Location="http://[::1"), "refused", 1),
        (bad.status(429, Retry_After="86400"), "http-429", 1),
        (bad.status(503, Retry_After="Fri, 01 Jan 2100 00:00:00 GMT"), "http-503", 1),
    ],
)
def test_what_stays_bad_is_told_with_its_code(
    server: SparqlServer, tmp_path: Path, misdeed: Misdeed, code: str, asked: int
) -> None:
    server.misdeeds.extend([misdeed] * 5)
    with pytest.raises(RecordsInvalid) as caught:
        download(server, tmp_path)
    assert (code_of(caught), len(server.asked)) == (code, asked)
    assert caught.value.problems[0].file == server.address


def test_retry_after_is_heeded(server: SparqlServer, tmp_path: Path) -> None:
    server.misdeeds.append(bad.status(429, Retry_After="3"))
    slept: list[float] = []
    download(server, tmp_path, slept)
    assert max(slept) == 3.0


def test_a_redirect_within_the_host_is_followed_and_gzip_is_read(
    server: SparqlServer, tmp_path: Path
) -> None:
    whole = download(server, tmp_path / "whole").record.claims
    query = server.asked[0].partition("?")[2]
    server.misdeeds.extend([bad.status(307, Location=f"/other?{query}"), bad.packed, bad.packed])
    assert download(server, tmp_path / "pages").record.claims == whole
    assert server.headers[0]["User-Agent"] == "tests"
    assert server.headers[0]["Host"] == server.address.split("/")[2]


def test_nobody_listening_is_told(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"
    with pytest.raises(RecordsInvalid, match=r"the connection failed: \w+; asked 3 times"):
        wikidata_live.read(tmp_path, TODAY, plan=PLAN, fetcher=Fetcher(address, "tests", LIMITS))


# ---------------------------------------------------------------- resuming


def test_a_broken_download_goes_on_where_it_stopped(server: SparqlServer, tmp_path: Path) -> None:
    whole = download(server, tmp_path / "whole").record.claims
    asked = len(server.asked)
    server.misdeeds.extend([None, None, *[bad.status(500)] * 3])
    with pytest.raises(RecordsInvalid):
        download(server, tmp_path / "pages")
    assert download(server, tmp_path / "pages").record.claims == whole
    assert len(server.asked) == 2 * asked + 3


@pytest.mark.parametrize("spoil", ["page-00002.json", "journal.json", "page-00001.json"])
def test_an_altered_page_and_all_behind_it_are_fetched_again(
    server: SparqlServer, tmp_path: Path, spoil: str
) -> None:
    whole = download(server, tmp_path / "whole").record.claims
    server.misdeeds.extend([None, None, None, *[bad.status(500)] * 3])
    with pytest.raises(RecordsInvalid):
        download(server, tmp_path / "pages")
    page = tmp_path / "pages" / spoil
    page.write_bytes(page.read_bytes().replace(b"Q2", b"Q9").replace(b"sha", b"shb")[:-3] + b"]]}")
    assert download(server, tmp_path / "pages").record.claims == whole


def test_a_journal_that_leads_elsewhere_is_not_followed(
    server: SparqlServer, tmp_path: Path
) -> None:
    server.misdeeds.extend([None, *[bad.status(500)] * 3])
    with pytest.raises(RecordsInvalid):
        download(server, tmp_path / "pages")
    journal = tmp_path / "pages" / "journal.json"
    state = json.loads(journal.read_text("utf-8"))
    state["pages"][0]["name"] = "../secret.json"
    (tmp_path / "secret.json").write_bytes((tmp_path / "pages/page-00001.json").read_bytes())
    journal.write_text(json.dumps(state), "utf-8")
    asked = len(server.asked)
    download(server, tmp_path / "pages")
    assert "statement%2F%22" in server.asked[asked]


def test_a_whole_download_an_old_one_and_one_from_elsewhere_begin_anew(
    server: SparqlServer, tmp_path: Path
) -> None:
    def started(today: date, **more: Any) -> int:
        before = len(server.asked)
        fetcher = Fetcher(server.address, "tests", LIMITS)
        wikidata_live.read(tmp_path, today, plan=replace(PLAN, **more), fetcher=fetcher)
        return len(server.asked) - before

    pages = started(TODAY)
    assert started(TODAY) == pages
    server.misdeeds.extend([None, None, *[bad.status(500)] * 3])
    with pytest.raises(RecordsInvalid):
        started(TODAY)
    assert started(date(2025, 12, 24)) == pages
    server.misdeeds.extend([None, None, *[bad.status(500)] * 3])
    with pytest.raises(RecordsInvalid):
        started(TODAY)
    assert started(TODAY, items=4) == pages - 1


def test_the_whole_is_capped_and_progress_is_told(server: SparqlServer, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    plan = replace(PLAN, most_bytes=2_000)
    fetcher = Fetcher(server.address, "tests", LIMITS)
    with pytest.raises(RecordsInvalid) as caught:
        wikidata_live.read(
            tmp_path,
            TODAY,
            plan=plan,
            fetcher=fetcher,
            progress=lambda *so_far: seen.append(so_far),
        )
    assert code_of(caught) == "too-large"
    assert [pages for pages, _ in seen] == list(range(1, len(seen) + 1))
    assert seen[-1][1] >= 2_000


def test_a_folder_that_cannot_be_written_is_told(server: SparqlServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(InputInvalid, match="cannot be written"):
        download(server, tmp_path / "file" / "pages")
