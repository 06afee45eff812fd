"""A few of Wikidata's statements and items, and downloads of them with little patience."""

from datetime import date
from pathlib import Path

import pytest

from graph.errors import RecordsInvalid
from ingest.sources import wikidata_live
from ingest.sources.asking import Limits
from ingest.sources.facts import Bounds, Reading
from ingest.sources.fetching import Fetcher
from tests.sparql_server import ENTITY, Row, SparqlServer

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


def download(server: SparqlServer, folder: Path, slept: list[float] | None = None) -> Reading:
    fetcher = Fetcher(server.address, "tests", LIMITS)
    if slept is not None:
        fetcher.sleep = slept.append
    return wikidata_live.read(folder, TODAY, plan=PLAN, fetcher=fetcher)


def code_of(caught: pytest.ExceptionInfo[RecordsInvalid]) -> str:
    return caught.value.problems[0].code
