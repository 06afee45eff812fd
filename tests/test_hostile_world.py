"""Attacks in every field of a store, in every parameter and in the search box: all inert."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from graph.store import GraphStore, open_store
from tests.graphs import SETTINGS, served
from tests.hostile_world import HOME, KINDS, PAYLOADS, claims, strange, texts
from tests.page_server import Site, watching
from tests.raw_http import running
from tests.test_pages_in_browser import HARMLESS

TEXTS = texts()
BROWSER = {"Accept": "text/html,*/*;q=0.5"}
OF_ONE = (
    *(f"/{kind}/x{{n}}" for kind in KINDS),
    "/?partner=city:x{n}",
    "/?partner=organization:x{n}&home=city:home",
    "/brief?partner=city:x{n}",
    "/ties?city=city:x{n}",
    "/gaps?city=city:x{n}",
    "/path?from=firm:x{n}&to=city:x{n}",
    "/view?center=city:x{n}&sel=firm:x{n}",
    "/view?center=mission:x{n}&as=table&path=city:x{n}",
    "/embed?center=firm:x{n}",
)
OF_ALL = (
    "/",
    "/gaps",
    f"/ties?city={HOME}",
    "/city/home",
    "/city/home?part=ties",
    "/country/ID",
    f"/view?center={HOME}&open={HOME}~City~60&open={HOME}~Mission~60&as=table",
    f"/view?center={HOME}&as=matrix&show=deals",
)
PARAMETERS = {
    "/": ("q", "partner", "lang"),
    f"/?partner={HOME}": ("home", "as_of"),
    f"/view?center={HOME}": (
        "open", "path", "off", "hide", "without", "from", "to", "undated", "sel", "show", "as",
    ),
    "/view": ("center",),
    "/view.html": ("center",),
    "/view.csv": ("center",),
    f"/embed?center={HOME}": ("sel", "show"),
    "/brief": ("partner",),
    "/answer.csv": ("partner",),
    "/ties": ("city", "as_of"),
    "/gaps": ("city", "skip"),
    f"/path?from={HOME}": ("to", "max_hops"),
    "/city/home": ("part", "skip"),
    "/source/home": ("kind", "after"),
    "/suggest": ("q",),
    "/explore/map": ("center", "hide"),
    "/explore/matrix": ("measure", "home", "by_city"),
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """All attacks that a store takes, each in every field."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'graph.db'}") as made:
        for batch in claims(TEXTS):
            made.write(batch)
        yield made


@pytest.fixture(scope="module")
def client(store: GraphStore) -> Iterator[TestClient]:
    with served(store) as made:
        yield made


@pytest.fixture(scope="module")
def site(store: GraphStore) -> Iterator[Site]:
    with running(store, SETTINGS) as port:
        yield Site(f"http://127.0.0.1:{port}", store)


def html_of(client: TestClient, path: str) -> str:
    """A page, which must be there."""
    reply = client.get(path, headers=BROWSER)
    assert reply.status_code == 200, path
    assert "script-src 'self'" in reply.headers["content-security-policy"]
    return reply.text


def test_a_store_takes_most_attacks_as_names() -> None:
    assert len(TEXTS) >= 130


@pytest.mark.parametrize("path", OF_ONE)
def test_nothing_of_a_field_becomes_part_of_a_page(client: TestClient, path: str) -> None:
    for n in share(OF_ONE.index(path), len(TEXTS), 5):
        page = html_of(client, path.format(n=n))
        assert strange(page) == [], TEXTS[n]


def share(number: int, of: int, parts: int) -> range:
    """The part of a list that one test takes, so that neighbours together take all of it."""
    return range(number % parts, of, parts)


@pytest.mark.parametrize("path", OF_ALL)
def test_nothing_of_all_fields_becomes_part_of_a_page(client: TestClient, path: str) -> None:
    assert strange(html_of(client, path)) == []


def test_nothing_of_a_field_becomes_part_of_a_file(client: TestClient) -> None:
    for n in share(0, len(TEXTS), 5):
        text = TEXTS[n]
        file = client.get(f"/view.html?center=city:x{n}").text
        assert strange(file, inlined=True) == [], text
        assert file.count("<script>") == 2, text
        for table in ("/view.csv?center=city:x{n}", "/answer.csv?partner=city:x{n}"):
            cells = csv.reader(
                io.StringIO(client.get(table.format(n=n)).text.removeprefix("\ufeff"))
            )
            found = {cell for row in cells for cell in row}
            assert not [
                one for one in found if one[:1] in "=+-@" and len(one) > 1 and not one[1:].isdigit()
            ]


ASKED = [(path, name) for path, names in PARAMETERS.items() for name in names]


@pytest.mark.parametrize(("path", "name"), ASKED)
def test_nothing_of_a_parameter_becomes_part_of_an_answer(
    client: TestClient, path: str, name: str
) -> None:
    base, _, asked = path.partition("?")
    known = dict(pair.split("=") for pair in asked.split("&")) if asked else {}
    for text in PAYLOADS[ASKED.index((path, name)) % 3 :: 3]:
        reply = client.get(base, params=known | {name: text}, headers=BROWSER)
        assert reply.status_code in {200, 308, 400, 404, 409, 422}, text
        assert reply.headers["x-content-type-options"] == "nosniff"
        where = reply.headers.get("location", "/")
        assert where.startswith("/"), text
        assert not where.startswith(("//", "/\\")), text
        told = reply.headers.get("content-type", "")
        if told.startswith("text/html"):
            assert strange(reply.text, inlined="attachment" in str(reply.headers)) == [], text
        elif told.startswith("application/json"):
            assert json.loads(reply.text) is not None
            assert "<" not in reply.text or base == "/suggest" or base.startswith("/explore")


# ---------------------------------------------------------------- where scripts run


def judged(page: Page, wrongs: list[str], what: str, *, inlined: int = 0) -> None:
    """Nothing ran, nothing was asked for, nothing strange came into the page."""
    found = page.evaluate(HARMLESS)
    wanted = {"pwned": False, "scripts": inlined}
    assert {name: found[name] for name in wanted} == wanted, what
    assert (found["handlers"], found["strangers"], found["links"]) == (0, 0, 0), what
    assert wrongs == [], what


@pytest.mark.parametrize("path", OF_ONE)
def test_no_script_makes_anything_of_a_field(browser: Browser, site: Site, path: str) -> None:
    with watching(browser, site.origin, viewport={"width": 1000, "height": 700}) as watched:
        for n in share(OF_ONE.index(path), len(TEXTS), len(OF_ONE)):
            page = watched.open(site.origin + path.format(n=n))
            touched(page)
            judged(page, watched.wrongs, TEXTS[n])


def touched(page: Page) -> None:
    """Let the scripts build what they can: the panel, the tip, the menu."""
    if not page.locator("#canvas:visible").count():
        return
    page.locator("#canvas").focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.wait_for_function("() => !document.querySelector('#scene[aria-busy]')")
    page.locator("#canvas").click(button="right", position={"x": 200, "y": 150})


@pytest.mark.parametrize("view", ["graph", "map", "matrix", "table"])
def test_no_view_makes_anything_of_all_fields(browser: Browser, site: Site, view: str) -> None:
    opened = "".join(f"&open={HOME}~{kind}~60" for kind in ("City", "Mission", "Firm"))
    with watching(browser, site.origin, viewport={"width": 1200, "height": 800}) as watched:
        page = watched.open(f"{site.origin}/view?center={HOME}{opened}&as={view}&lang=ko")
        ready = {"map": ".map-city", "matrix": ".matrix button.number"}
        if view in ready:
            page.locator(ready[view]).first.click()
            page.wait_for_timeout(300)
        for n in range(0, 60, 7):
            page.evaluate("(id) => jamae.state.set({ selected: id })", f"city:x{n}")
            assert page.locator("#panel h2").text_content()
        judged(page, watched.wrongs, view)


def test_offers_and_results_are_only_text(browser: Browser, site: Site) -> None:
    with watching(browser, site.origin) as watched:
        page = watched.open(f"{site.origin}/?lang=ko")
        for text in TEXTS[::5]:
            page.locator("#q").fill("")
            with page.expect_response("**/suggest?**"):
                page.locator("#q").fill(text[:100])
            judged(page, watched.wrongs, text)
        assert page.locator("#offers").count() == 1
        for text in PAYLOADS[::6]:
            page.goto(f"{site.origin}/?lang=ko")
            page.locator("#q").fill(text[:200])
            page.locator("form.search button").click()
            judged(page, [one for one in watched.wrongs if "status of 4" not in one], text)


def test_a_file_of_attacks_is_inert(browser: Browser, client: TestClient, tmp_path: Path) -> None:
    opened = "".join(f"&open={HOME}~{kind}~90" for kind in ("City", "Mission", "Firm"))
    file = tmp_path / "scene.html"
    file.write_bytes(client.get(f"/view.html?center={HOME}{opened}&lang=en").content)
    with watching(browser, "file:", offline=True) as watched:
        page = watched.open(file.as_uri())
        touched(page)
        judged(page, watched.wrongs, "file", inlined=2)
        menu = page.locator("details.take")
        menu.locator("summary").click()
        with page.expect_download() as waiting:
            menu.locator("button[data-take=svg]").click()
        drawn = tmp_path / "drawn.svg"
        waiting.value.save_as(drawn)
        page.goto(drawn.as_uri())
        tags = set(page.evaluate("[...document.querySelectorAll('*')].map((one) => one.localName)"))
        assert tags <= {"svg", "g", "title", "path", "text", "rect", "circle"}
        judged(page, watched.wrongs, "picture", inlined=0)
