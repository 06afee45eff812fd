"""The map and the matrix in a real Chromium, over all that ships with the product."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.store import open_store
from ingest.load import load
from tests.browser import assert_accessible
from tests.graphs import SETTINGS
from tests.page_server import Watched, watching
from tests.raw_http import running
from tests.test_taking_in_browser import SVG, taken

SUWON, BANDUNG, BUSAN, RIO = "city:Q20714", "city:Q10389", "city:Q16520", "city:Q8678"
LINES = "[...document.querySelectorAll('.map-arc')].map((one) => one.dataset.ends)"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over the articles and the world's ties."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('world') / 'graph.db'}") as store:
        load(store)
        with running(store, SETTINGS) as port:
            yield f"http://127.0.0.1:{port}"


@pytest.fixture
def watched(browser: Browser, origin: str) -> Iterator[Watched]:
    """A page of which nothing may go wrong."""
    with watching(browser, origin, viewport={"width": 1440, "height": 900}) as made:
        yield made
        assert made.wrongs == []


def opened(watched: Watched, view: str, center: str, more: str = "") -> Page:
    """The map or the matrix around a node, once it is drawn."""
    page = watched.page
    page.goto(f"{watched.home}/view?center={center}&as={view}&lang=ko{more}")
    ready = {"map": ".map-stage[data-ready]", "matrix": ".matrix[data-ready]"}[view]
    page.wait_for_selector(ready, timeout=20_000)
    return page


def boxes(page: Page) -> list[dict[str, float]]:
    """Where the names on the map stand."""
    found: list[dict[str, float]] = page.evaluate("[...jamae.map.dots.boxes.values()]")
    return found


def apart(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two boxes do not touch."""
    beside = one["right"] <= other["left"] or other["right"] <= one["left"]
    return bool(beside or one["bottom"] <= other["top"] or other["bottom"] <= one["top"])


def test_the_map_names_all_and_breaks_no_line(watched: Watched) -> None:
    page = opened(watched, "map", SUWON)
    assert page.evaluate("jamae.map.cut") == 0
    assert len(boxes(page)) == page.locator(".map-stage .map-city").count() >= 5
    for factor in (1, 1.6, 1.6, 0.2):
        page.evaluate(f"jamae.map.zoom({factor})")
        assert all(apart(one, other) for one, other in combinations(boxes(page), 2))
    sizes = page.locator(".map-city").evaluate_all(
        "all => all.map((one) => [one.offsetWidth, one.offsetHeight])"
    )
    assert all(min(size) >= 24 for size in sizes)
    assert_accessible(page)


def test_the_map_by_keyboard(watched: Watched) -> None:
    page = opened(watched, "map", SUWON)
    page.locator(".map-stage").focus()
    before = page.evaluate("jamae.map.shift.k")
    page.keyboard.press("+")
    assert page.evaluate("jamae.map.shift.k") > before
    page.keyboard.press("0")
    assert page.evaluate("jamae.map.shift.k") == before
    page.locator(".map-stage .map-city.chief").focus()
    page.keyboard.press("ArrowDown")
    held = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert not held.startswith("수원시")
    page.keyboard.press("Enter")
    expect(page.locator(".map-stage .map-city[aria-pressed=true]")).to_have_count(1)
    assert "sel=city" in page.url
    page.go_back()
    expect(page.locator(".map-stage .map-city[aria-pressed=true]")).to_have_count(0)


def test_filters_of_the_page_govern_the_map(watched: Watched) -> None:
    page = opened(watched, "map", SUWON)
    assert len(page.evaluate(LINES)) >= 6
    page.locator("#filters [data-act=relation][data-kind=TWINNED]").click()
    expect(page.locator(".map-arc")).to_have_count(2)
    assert {end for ends in page.evaluate(LINES) for end in ends.split()} == {SUWON, BANDUNG}


def test_all_ties_and_distances_on_demand(watched: Watched) -> None:
    page = opened(watched, "map", BUSAN)
    page.locator("[data-option=whole]").check()
    page.wait_for_selector(".map-world[data-painted]", state="attached")
    drawn = page.evaluate(
        "(() => { const one = document.querySelector('.map-world'); return one.getContext('2d')"
        ".getImageData(0, 0, one.width, one.height).data.filter((part) => part > 0).length; })()"
    )
    assert drawn > 10_000
    page.locator("[data-option=far]").check()
    assert page.locator(".map-ring").count() == page.locator(".map-rung").count() == 6
    bends = page.evaluate(
        "[...document.querySelectorAll('.map-arc')]"
        ".filter((line) => line.dataset.ends.split(' ').includes(jamae.map.middle.id))"
        ".map((line) => { const long = line.getTotalLength();"
        " const [a, b] = [line.getPointAtLength(0), line.getPointAtLength(long)];"
        " return long / Math.hypot(a.x - b.x, a.y - b.y); })"
    )
    assert bends
    assert all(bend < 1.01 for bend in bends)
    assert "show=whole~far" in unquote(page.url)
    page.reload()
    page.wait_for_selector(".map-world[data-painted]", state="attached")
    expect(page.locator("[data-option=far]")).to_be_checked()
    assert page.locator(".map-ring").count() == 6
    page.go_back()
    expect(page.locator(".map-ring")).to_have_count(0)


def test_korea_is_beside_the_map_and_not_over_it(watched: Watched) -> None:
    page = opened(watched, "map", RIO, f"&open={RIO}~City~60")
    inset = page.locator(".inset")
    expect(inset).to_be_visible()
    assert inset.locator(".map-city").count() >= 2
    stage, beside = page.locator(".map-stage").bounding_box(), inset.bounding_box()
    assert stage
    assert beside
    assert beside["y"] >= stage["y"] + stage["height"]


def test_the_matrix_by_keyboard_to_the_graph_and_back(watched: Watched) -> None:
    page = opened(watched, "matrix", SUWON)
    assert_accessible(page)
    page.locator(".measures span", has_text="사절단").click()
    row = page.locator("tr[data-city='city:Q20714'].selected")
    expect(row).to_have_count(1)
    row.locator("th button").focus()
    for _ in range(40):
        if page.evaluate("document.activeElement.dataset.n"):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    cell = page.locator(".matrix-cell")
    expect(cell.locator("li")).to_have_count(1)
    assert "줄" in cell.locator("cite").first.inner_text()
    assert_accessible(page)
    cell.get_by_role("button", name="관계도에서 보기").click()
    expect(page.locator("[data-pane=graph]")).to_be_visible()
    assert "path=mission" in page.url
    page.go_back()
    expect(page.locator("[data-pane=matrix]")).to_be_visible()


def test_the_matrix_sorts_and_turns_pages(watched: Watched) -> None:
    page = opened(watched, "matrix", SUWON)
    page.locator(".country button").nth(3).click()
    page.wait_for_selector(".country[aria-sort=descending]")
    at = page.locator(".country").evaluate_all(
        "all => all.findIndex((one) => one.hasAttribute('aria-sort'))"
    )
    numbers = page.locator(".matrix-table tbody tr").evaluate_all(
        f"all => all.map((row) => Number(row.querySelectorAll('td')[{at} + 1].textContent))"
    )
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > 0
    said = page.locator("[data-page=row] .page-said")
    before = said.inner_text()
    page.locator("[data-page=row] button").last.click()
    expect(said).not_to_have_text(before)


def texts(drawn: ElementTree.Element) -> list[str]:
    return ["".join(one.itertext()) for one in drawn.iter(f"{SVG}text")]


@pytest.mark.parametrize("more", ["", "&show=whole", "&show=far"])
def test_the_map_is_taken_with_korea_beside_it_and_its_legend(
    watched: Watched, tmp_path: Path, more: str
) -> None:
    shown = opened(watched, "map", RIO, f"&open={RIO}~City~60{more}")
    if "whole" in more:
        shown.wait_for_selector(".map-world[data-painted]")
    words = shown.evaluate("Object.values(jamae.map.data.looks).map((one) => one.word)")
    names = shown.locator(".map-stage .map-name:visible").all_inner_texts()
    korean = shown.locator(".inset-stage .map-name:visible").all_inner_texts()
    drawn = ElementTree.parse(taken(shown, "svg", tmp_path)).getroot()  # noqa: S314 (our own file)
    said = texts(drawn)
    assert words
    assert korean
    for name in (*words, *names, *korean, "한국"):
        assert said.count(name) >= (name in names) + (name in korean) + (name in words), name
    assert any("출처" in one for one in said)
    stages = [one for one in drawn.iter(f"{SVG}svg") if one is not drawn]
    width = "['.map-stage', '.inset-stage'].map((one) => document.querySelector(one).clientWidth)"
    wide, beside = shown.evaluate(width)
    assert [float(one.attrib["width"]) for one in stages] == [wide, beside]
    assert float(stages[1].attrib["x"]) >= wide
    assert float(drawn.attrib["width"]) >= float(stages[1].attrib["x"]) + beside
    assert len(list(stages[0].iter(f"{SVG}path"))) > 2
    assert bool(list(drawn.iter(f"{SVG}image"))) is ("whole" in more)
    png = taken(shown, "png", tmp_path).read_bytes()
    assert int.from_bytes(png[16:20]) == 2 * float(drawn.attrib["width"])
