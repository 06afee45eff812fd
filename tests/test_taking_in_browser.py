"""What is taken away, in a real Chromium: pictures, files opened offline, the printed page."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from graph.questions.answers import BeneficiariesAnswer, MissionLine, TotalsAnswer
from graph.store import open_store
from ingest.load import load
from ingest.records import SHIPPED
from tests import example_answers as example
from tests.browser import assert_accessible
from tests.graphs import SETTINGS, served, stored
from tests.page_server import PageServer, serving, watching
from tests.raw_http import running
from tests.scene_contents import HOME, MISSION, SISTERS, YEARS, claims
from tests.test_pages_in_browser import PAYLOADS, every_page, hostile, spoilt
from visualize import page as pages
from visualize.brief import Brief, brief_page
from visualize.wording import LANGUAGES, Lang

TAGS = "[...document.querySelectorAll('*')].map((one) => one.localName)"
MADE_ON = date(2026, 1, 2)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def server() -> Iterator[PageServer]:
    with serving() as running:
        running.pages.update(every_page("ko"))
        yield running


def brief(answer: BeneficiariesAnswer, lang: Lang = "ko") -> str:
    """The brief of an answer, with a mission for each that it counts."""
    lines = tuple(
        MissionLine(
            mission=one.mission,
            start=None,
            end=None,
            senders=(example.SUWON,),
            firms_count=one.firms_count,
            named=one.named,
            citations=one.citations,
        )
        for one in answer.unnamed
    )
    totals = TotalsAnswer(lines=(), left_out=(), citations=())
    made = Brief(answer, totals, lines)
    return brief_page(made, lang=lang, made_on=MADE_ON, site="http://127.0.0.1")


@contextmanager
def new_scene(folder: Path, sites: tuple[str, ...] = ()) -> Iterator[tuple[TestClient, str]]:
    """The product over the five records, and a city of them."""
    with open_store(f"sqlite:///{folder}/{len(sites)}.db") as store:
        load(store, [SHIPPED])
        with served(store, replace(SETTINGS, embed=sites)) as client:
            yield client, "city:Q10389"


def taken(shown: Page, what: str, folder: Path) -> Path:
    """The file that a button of the menu gives."""
    if shown.locator("details.take").get_attribute("open") is None:
        shown.locator("details.take summary").click()
    with shown.expect_download() as waiting:
        shown.locator(f"button[data-take={what}]").click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


@pytest.mark.parametrize("path", ["/answer", "/view"])
def test_the_picture_is_taken_as_svg_and_png(
    browser: Browser, server: PageServer, tmp_path: Path, path: str
) -> None:
    with watching(browser, server.origin, viewport={"width": 1000, "height": 800}) as watched:
        shown = watched.open(server.origin + path)
        names = shown.evaluate("() => globalThis.jamae.scene.shown().map((one) => one.label)")
        drawn = ElementTree.parse(taken(shown, "svg", tmp_path)).getroot()  # noqa: S314 (our own file)
        texts = " ".join("".join(one.itertext()) for one in drawn.iter(f"{SVG}text"))
        assert all(name.split()[0] in texts for name in names)
        assert "출처" in texts
        assert re.search(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]", texts)
        picture = taken(shown, "png", tmp_path).read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert int.from_bytes(picture[16:20]) == 2 * float(drawn.attrib["width"])
        assert watched.wrongs == []


def test_a_hostile_name_does_nothing_in_a_picture(
    browser: Browser, server: PageServer, tmp_path: Path
) -> None:
    with watching(browser, "file:") as reader, watching(browser, server.origin) as watched:
        for text in PAYLOADS[::8]:
            server.pages["/h"] = partial(pages.answer_page, *hostile(text), lang="en")
            shown = watched.open(f"{server.origin}/h")
            file = taken(shown, "svg", tmp_path)
            reader.page.goto(file.as_uri())
            tags = set(reader.page.evaluate(TAGS))
            assert tags <= {"svg", "title", "path", "text"}, text
            assert watched.wrongs == [], text
            assert reader.wrongs == [], text


def test_the_menu_copies_the_address_of_what_is_shown(browser: Browser, server: PageServer) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with watching(browser, server.origin, permissions=permissions) as watched:
        shown = watched.open(f"{server.origin}/view")
        shown.locator("details.take summary").focus()
        shown.keyboard.press("Enter")
        shown.locator("button[data-take=link]").wait_for()
        shown.keyboard.press("Tab")
        shown.keyboard.press("Enter")
        shown.get_by_text("주소를 복사했습니다.").wait_for()
        assert shown.evaluate("navigator.clipboard.readText()") == shown.url
        shown.keyboard.press("Escape")
        assert shown.locator("details.take").get_attribute("open") is None
        assert watched.wrongs == []


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def crowded(answer: BeneficiariesAnswer, times: int) -> BeneficiariesAnswer:
    """The same, many times over."""
    return answer.model_copy(
        update={
            name: getattr(answer, name) * times
            for name in ("ties", "beneficiaries", "not_attributable", "unnamed")
        }
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_brief_is_one_page_whatever_it_holds(
    browser: Browser, server: PageServer, lang: Lang
) -> None:
    long = spoilt(example.bandung(), "아주 긴 이름의 국제교류협력 시장개척 사절단 " * 4)
    with watching(browser, server.origin) as watched:
        for name, answer in {
            "bandung": example.bandung(),
            "nothing": example.nothing(),
            "crowd": crowded(example.bandung(), 20),
            "long": crowded(long, 3),
        }.items():
            server.pages["/brief"] = partial(brief, answer, lang)
            shown = watched.open(f"{server.origin}/brief")
            assert pages_of(shown.pdf(prefer_css_page_size=True)) == 1, name
            assert shown.locator(".more").count() == 0 or name in {"crowd", "long"}
            assert shown.locator(".more").count() > 0 or name not in {"crowd", "long"}
        assert watched.wrongs == []


def test_the_brief_is_accessible_and_inert(browser: Browser, server: PageServer) -> None:
    for width in (390, 1440):
        with watching(browser, server.origin, viewport={"width": width, "height": 800}) as watched:
            server.pages["/brief"] = lambda: brief(example.bandung())
            shown = watched.open(f"{server.origin}/brief")
            assert_accessible(shown)
            assert shown.evaluate("document.documentElement.scrollWidth") <= width
            for text in PAYLOADS[::4]:
                server.pages["/brief"] = partial(brief, hostile(text)[0])
                shown = watched.open(f"{server.origin}/brief")
                assert shown.locator("main img, main svg, main script, main iframe").count() == 0
            assert watched.wrongs == []


def test_the_file_of_a_scene_opens_alone(browser: Browser, tmp_path: Path) -> None:
    with new_scene(tmp_path) as (client, center):
        text = client.get("/view.html", params={"center": center, "lang": "ko"}).text
    file = tmp_path / "scene.html"
    file.write_text(text, encoding="utf-8")
    with watching(browser, file.as_uri()) as watched:
        shown = watched.open(file.as_uri())
        assert shown.locator("table.relations tbody tr").count() > 5
        assert shown.locator("#panel h2").inner_text() == "반둥"
        assert shown.locator("#panel .actions").count() == 0
        assert shown.locator("a[href^='/']").count() == 0
        assert taken(shown, "svg", tmp_path).stat().st_size > 1000
        assert watched.wrongs == []


def test_the_years_of_a_file_filter_its_picture_panel_and_list_without_a_server(
    browser: Browser, tmp_path: Path
) -> None:
    with stored(tmp_path, claims()) as store, served(store, SETTINGS) as client:
        asked = {"center": HOME, "open": f"{HOME}~City~24", "lang": "ko"}
        text = client.get("/view.html", params=asked).text
    file = tmp_path / "years.html"
    file.write_text(text, encoding="utf-8")
    with watching(browser, file.as_uri(), viewport={"width": 390, "height": 844}) as watched:
        shown = watched.open(file.as_uri())
        rows = shown.locator("table.relations tbody tr:visible")
        first = shown.locator("#year-from")
        first.focus()
        for _ in range(15):
            shown.keyboard.press("ArrowRight")
        assert first.get_attribute("aria-valuetext") == "첫해 2005"
        shown.locator(".years input[type='checkbox']").uncheck()
        nodes = shown.evaluate("() => jamae.scene.shown().map((one) => one.id)")
        dated = {one for one, year in YEARS.items() if year >= 2005}
        assert {one for one in nodes if one.startswith("city:")} == {HOME, SISTERS[0], *dated}
        assert MISSION in nodes
        assert rows.count() == len(shown.evaluate("() => jamae.scene.edgeView.getIds()"))
        assert shown.locator("#panel button").count() == len(dated) + 1
        assert_accessible(shown)
        assert shown.evaluate("document.documentElement.scrollWidth") <= 390
        assert watched.wrongs == []


def test_a_scene_is_framed_by_the_sites_that_the_settings_name_and_no_other(tmp_path: Path) -> None:
    for sites, said in (
        ((), "frame-ancestors 'none'"),
        (("https://a.example",), "frame-ancestors https://a.example"),
    ):
        with new_scene(tmp_path, sites) as (client, center):
            asked = {"center": center, "lang": "en"}
            assert said in client.get("/embed", params=asked).headers["content-security-policy"]
            for path in ("/view", "/brief"):
                policy = client.get(path, params=asked | {"partner": center}).headers
                assert "frame-ancestors 'none'" in policy["content-security-policy"]
            assert ('data-take="embed"' in client.get("/view", params=asked).text) is bool(sites)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product over the five records, served."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('origin')}/five.db") as store:
        load(store, [SHIPPED])
        with running(store, SETTINGS) as port:
            yield f"http://127.0.0.1:{port}"


def test_the_table_follows_what_is_shown_and_of_the_matrix_is_the_matrix(
    browser: Browser, origin: str
) -> None:
    with watching(browser, origin, viewport={"width": 1280, "height": 900}) as watched:
        shown = watched.page
        shown.goto(f"{origin}/view?center=city:Q10389&as=matrix&show=missions&lang=ko")
        shown.wait_for_selector(".matrix[data-ready]", timeout=20_000)
        cells = shown.locator(".matrix-grid button.number").all_inner_texts()
        told = table(shown)
        assert told[0][:4] == ["구분", "이름", "식별자", "합계"]
        counted = [cell for row in told[1:] if row[0] == "사절단" for cell in row[4:-1] if cell]
        assert cells
        assert sorted(counted) == sorted(cells)
        sums = [row[4:-1] for row in told if row[0] == "합계"]
        assert sums == [shown.locator(".matrix-grid td.sum").all_inner_texts()]
        shown.locator("#tabs [data-view=table]").click()
        assert table(shown)[0][0:3] == ["구분", "이름", "종류"]
        assert watched.wrongs == []


def table(shown: Page) -> list[list[str]]:
    """The table that the menu now gives."""
    if shown.locator("details.take").get_attribute("open") is None:
        shown.locator("details.take summary").click()
    with shown.expect_download() as waiting:
        shown.locator("details.take a[data-file='/view.csv']").click()
    text = waiting.value.path().read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/ties?city=city:Q20714", "/ties.csv"),
        ("/path?from=city:Q20714&to=city:Q10389", "/path.csv"),
        ("/gaps", "/gaps.csv"),
        ("/city/Q10389", "/entity.csv"),
    ],
)
def test_every_page_with_something_to_take_has_the_menu(
    browser: Browser, origin: str, tmp_path: Path, path: str, file: str
) -> None:
    with watching(browser, origin) as watched:
        shown = watched.page
        shown.goto(f"{origin}{path}{'&' if '?' in path else '?'}lang=en")
        shown.locator("details.take summary").click()
        assert shown.locator("button[data-take=link]").is_visible()
        assert shown.locator("button[data-take=print]").is_visible()
        with shown.expect_download() as waiting:
            shown.locator(f"details.take a[href^='{file}?']").click()
        waiting.value.save_as(tmp_path / "table.csv")
        text = (tmp_path / "table.csv").read_text("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(text)))) > 1
        assert_accessible(shown)
        assert watched.wrongs == []
