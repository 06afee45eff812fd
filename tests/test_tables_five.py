"""The five articles typed into tables give the answers of the five record files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph.dates import PartialDate
from graph.questions.beneficiaries import beneficiaries, benefits
from graph.questions.connections import paths
from graph.questions.finding import resolve
from graph.questions.ties import ties
from graph.questions.totals import Filters, totals
from graph.store import open_store
from ingest.records import Record, read_record, shipped_records
from ingest.tables import read_tables

if TYPE_CHECKING:
    from graph.store import GraphStore, View

FIVE = Path(__file__).parent / "data/tables/five"
RECORDS = tuple(read_record(path) for path in shipped_records())
CITIES = ("cities.csv", "도시명 (name)")


def _utf8(text: str) -> bytes:
    return text.encode("utf-8-sig")


def _cp949(text: str) -> bytes:
    """As Excel's plain CSV, but with the number of each letter that CP949 lacks, as ł."""
    return text.encode("cp949", "xmlcharrefreplace")


def _saved(folder: Path, encode: Callable[[str], bytes]) -> Path:
    for path in FIVE.glob("*.csv"):
        (folder / path.name).write_bytes(encode(path.read_text("utf-8-sig")))
    return folder


def _stored(records: tuple[Record, ...], file: Path) -> GraphStore:
    store = open_store(f"sqlite:///{file}")
    for record in records:
        store.write(record.claims, replaces=record.source.id)
    return store


@pytest.fixture(scope="module")
def curated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The store of the record files."""
    with _stored(RECORDS, tmp_path_factory.mktemp("curated") / "store.db") as store:
        yield store


@pytest.fixture(scope="module", params=[_utf8, _cp949], ids=["UTF-8", "CP949"])
def typed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[GraphStore]:
    """The store of the tables."""
    folder = tmp_path_factory.mktemp("typed")
    records = read_tables(_saved(folder, request.param))
    with _stored(records, folder / "store.db") as store:
        yield store


Question = Callable[["View"], Any]


def _who(partner: str, home: str | None = None) -> Question:
    return lambda v: beneficiaries(v, resolve(v, partner), resolve(v, home) if home else None)


def _sum(year: str | None = None, **names: str) -> Question:
    day = PartialDate.parse(year) if year else None

    def ask(view: View) -> Any:
        ids = {key: resolve(view, name) for key, name in names.items()}
        return totals(view, Filters(since=day, until=day, **ids))

    return ask


def _path(start: str, goal: str) -> Question:
    return lambda view: paths(view, resolve(view, start), resolve(view, goal), k=10)


def _ties(name: str) -> Question:
    return lambda view: ties(view, resolve(view, name))


QUESTIONS: dict[str, Question] = {
    "Bandung": _who("Bandung", "Suwon"),
    "Tangerang": _who("땅그랑"),
    "OKTA LA": _who("OKTA LA", "광주 북구"),
    "Tottori": _who("Tottori"),
    "Wrocław": _who("Wrocław"),
    "Changsha": _who("Changsha"),
    "firm": lambda view: benefits(view, resolve(view, "그린존")),
    "all": _sum(),
    "Suwon": _sum(city="수원시"),
    "Jinju 2019": _sum("2019", city="Jinju"),
    "Jinju in Changsha": _sum("2019", city="Jinju", place="Changsha"),
    "Jinju 2025": _sum("2025", city="Jinju"),
    "Buk-gu 2024": _sum("2024", city="광주 북구"),
    "Cheongju": _sum(city="Cheongju"),
    "ties of Tangerang": _ties("탕에랑"),
    "ties of Cheongju": _ties("Cheongju"),
    "ties of Buk-gu": _ties("광주 북구"),
    "Arasoft to Tangerang": _path("아라소프트", "Tangerang"),
    "Greenzone to Bandung": _path("그린존", "Bandung"),
    "PPI to OKTA LA": _path("피피아이", "OKTA LA"),
    "Greenzone to Tottori": _path("그린존", "Tottori"),
}


def _answer(store: GraphStore, question: Question) -> Any:
    return _bare(store.read(question).model_dump(mode="json", by_alias=True))


def _bare(value: Any) -> Any:
    """An answer without the curator's notes, lines and the version of the store.

    A mission's sender stands in the mission's row, so it is cited with that row's line.
    """
    if isinstance(value, list):
        items = [_bare(item) for item in value]
        return [one for at, one in enumerate(items) if one not in items[:at]]
    if not isinstance(value, dict):
        return value
    left_out = {"note", "locator", "dataset_version"}
    return {key: _bare(item) for key, item in value.items() if key not in left_out}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_tables_and_records_give_one_answer(
    question: Question, typed: GraphStore, curated: GraphStore
) -> None:
    assert _answer(typed, question) == _answer(curated, question)


def _claims(records: tuple[Record, ...]) -> dict[str, set[str]]:
    return {record.source.id: {claim.id for claim in record.claims} for record in records}


@pytest.mark.parametrize("encode", [_utf8, _cp949], ids=["UTF-8", "CP949"])
def test_tables_make_the_claims_of_the_records(
    encode: Callable[[str], bytes], tmp_path: Path
) -> None:
    """When this fails after a record was corrected, correct tests/data/tables/five too."""
    assert _claims(read_tables(_saved(tmp_path, encode))) == _claims(RECORDS)


def test_the_encodings_give_the_same_records(tmp_path: Path) -> None:
    assert read_tables(_saved(tmp_path, _cp949)) == read_tables(FIVE)


def _each_city_once(text: str) -> bytes:
    """A table of cities with the first row of each name alone."""
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    if CITIES[1] not in head:
        return text.encode()
    at = head.index(CITIES[1])
    once = {row[at]: row for row in reversed(rows)}
    out = io.StringIO()
    csv.writer(out).writerows([head, *once.values()])
    return out.getvalue().encode()


def test_a_city_typed_once_gives_every_source_the_same_ids(tmp_path: Path) -> None:
    """Only whereabouts that no id is made of stay with the source that tells them."""
    told, expected = _claims(read_tables(_saved(tmp_path, _each_city_once))), _claims(RECORDS)
    assert told == expected
