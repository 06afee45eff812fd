"""What is taken away: tables, the brief, the one-file page; all say what the answer says."""

import csv
import io
from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from graph.store import GraphStore, open_store
from ingest.load import load
from ingest.records import SHIPPED
from tests import example_answers as example
from tests.graphs import served
from tests.random_facts import ABROAD, BODIES, HOME, world
from tests.same_numbers import of_api, of_brief, of_page, of_table
from tests.test_pages_in_browser import PAYLOADS, spoilt
from visualize.sheet import answer_sheet, scene_sheet

BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The product over the five records."""
    folder = tmp_path_factory.mktemp("taking")
    with open_store(f"sqlite:///{folder}/five.db") as store:
        load(store, [SHIPPED])
        with served(store) as made:
            yield made


def partners(client: TestClient) -> list[str]:
    """Every city and body abroad that the records know."""
    found = client.get("/v1/export", params={"format": "ndjson"}).text
    ids = {word for word in found.replace('"', " ").split() if word.startswith(("city:", "organi"))}
    return sorted(one for one in ids if "." not in one or one.startswith("city:Q"))


def compare(client: TestClient, partner: str, home: str | None = None) -> int:
    """Ask in all four forms, and say how many facts they agree on."""
    asked = {"partner": partner} | ({"home": home} if home else {})
    english = asked | {"lang": "en"}
    reply = client.get(
        f"/v1/entities/{partner}/beneficiaries", params={"home": home} if home else {}
    )
    if reply.status_code != 200:
        assert client.get("/answer.csv", params=english).status_code >= 400
        return 0
    api = of_api(reply.json())
    assert of_page(client.get("/", params=english, headers=BROWSER).text) == api
    assert of_table(client.get("/answer.csv", params=english).text) == api
    brief, left = of_brief(client.get("/brief", params=english, headers=BROWSER).text)
    assert brief == api if not left else brief <= api
    return api.total()


def test_all_forms_say_the_same_numbers_of_the_five_records(client: TestClient) -> None:
    counted = [compare(client, partner) for partner in partners(client)]
    assert sum(count > 3 for count in counted) >= 5
    assert compare(client, "city:Q10389", "city:Q20714") > 7


@pytest.mark.parametrize("seed", range(6))
def test_all_forms_say_the_same_numbers_of_any_world(
    seed: int, new_sqlite_store: Callable[[], GraphStore]
) -> None:
    store = new_sqlite_store()
    for batch in world(seed).batches:
        store.write(batch)
    with served(store) as client:
        counted = [compare(client, one) for one in (*ABROAD, *BODIES)]
        counted += [compare(client, one, HOME[1]) for one in ABROAD]
    assert sum(counted) > 20


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    "path",
    [
        "/answer.csv?partner=반둥",
        "/view.csv?center=반둥",
        "/ties.csv?city=반둥",
        "/path.csv?from=수원&to=반둥",
        "/gaps.csv?city=",
        "/entity.csv?id=반둥",
        "/entity.csv?id=반둥&part=VISITED.in",
        "/view.csv?center=반둥&as=matrix",
        "/view.csv?center=반둥&as=matrix&show=deals",
    ],
)
def test_a_table_opens_in_a_spreadsheet_in_either_language(client: TestClient, path: str) -> None:
    for lang, part in (("ko", "구분"), ("en", "Part")):
        reply = client.get(f"{path}&lang={lang}")
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith("text/csv; charset=utf-8")
        assert reply.headers["content-disposition"].startswith("attachment; filename=")
        assert reply.content.startswith(b"\xef\xbb\xbf")
        told = rows(reply.text)
        assert {len(row) for row in told} == {len(told[0])}
        assert next(iter(told[0])) == part
        assert all(None not in row for row in told)


def test_what_is_wrong_with_a_request_is_told_as_of_a_page(client: TestClient) -> None:
    for path in ("/answer.csv?partner=", "/brief?partner="):
        page = client.get(f"{path}아무데도없는곳", headers=BROWSER)
        assert page.status_code == 404
        assert page.headers["content-type"].startswith("text/html")
        machine = client.get(f"{path}아무데도없는곳", headers={"Accept": "*/*"})
        assert machine.status_code == 404


def test_a_table_is_not_sent_again_to_who_has_it(client: TestClient) -> None:
    first = client.get("/answer.csv?partner=반둥")
    again = client.get("/answer.csv?partner=반둥", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_the_file_of_a_picture_is_the_page_that_needs_no_server(client: TestClient) -> None:
    text = client.get("/view.html?center=반둥&lang=ko").text
    assert "default-src &#39;none&#39;" in text
    assert "수원시" in text
    assert "/static/" not in text


FORMULAS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    '=HYPERLINK("x")',
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_table_is_a_formula(text: str) -> None:
    answer, around = spoilt(example.bandung(), text), spoilt(example.around(), text)
    for table in (answer_sheet(answer, lang="ko"), scene_sheet(around, lang="en")):
        cells = [cell for row in rows(table) for cell in row.values()]
        assert any(text in cell for cell in cells)
        assert not [
            cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
        ]


def test_no_text_breaks_a_table() -> None:
    for text in PAYLOADS:
        answer = spoilt(example.bandung(), text)
        told = rows(answer_sheet(answer, lang="en"))
        assert len(told) == len(rows(answer_sheet(example.bandung(), lang="en")))
        assert all(None not in row and None not in row.values() for row in told)
