"""Wikidata asked live: a host that misbehaves, and downloads that are broken off."""

import gzip
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputInvalid, RecordsInvalid
from ingest.sources import wikidata_live
from ingest.sources.fetching import Fetcher
from tests import sparql_server as bad
from tests.sparql_server import Misdeed, SparqlServer
from tests.wikidata_samples import ITEMS, LIMITS, PLAN, STATEMENTS, TODAY, code_of, download


@pytest.fixture
def server() -> Iterator[SparqlServer]:
    with bad.serving(list(STATEMENTS), list(ITEMS)) as running:
        yield running


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
