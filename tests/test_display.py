"""What a reader sets for the whole machine: no colours of ours, large text, narrow, no motion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests.page_server import Site, Watched, watching
from tests.test_every_page import PAGES, visit

SIZE = {"width": 1440, "height": 900}
CITY = "city:Q42147"
LOOK = """(all) => all.map((one) => [null, "::before", "::after"].map((part) => {
    const style = getComputedStyle(one, part);
    const sides = ["outline", "border-top", "border-bottom", "border-left"].map(
        (side) => [style.getPropertyValue(side + "-style"), style.getPropertyValue(side + "-width"),
            style.getPropertyValue(side + "-color")].join(" "));
    return [style.content, style.backgroundColor, style.color, style.textDecorationLine, ...sides]
        .join("; ");
}).join(" | "))"""
CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
    const style = getComputedStyle(one);
    const hides = [style.overflowX, style.overflowY].some((way) => /hidden|clip/.test(way));
    if (!hides || !one.innerText?.trim() || !one.getClientRects().length) return false;
    if (one.closest(".sr, .skip, svg, #canvas, .map-stage")) return false;
    return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
}).map((one) => one.outerHTML.slice(0, 120))"""
CONTROLS = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter((one) => one.getClientRects().length && getComputedStyle(one).visibility !== "hidden")
    .map((one) => `${one.localName} ${one.getAttribute("aria-label") || one.innerText || one.name}`
        .replace(/\\s+/g, " ").trim())"""


class Told(NamedTuple):
    """A state that must be seen without colours: where, what has it, what has not."""

    page: str
    has: str
    lacks: str


STATES = (
    Told("graph", "#tabs a[aria-current]", "#tabs a:not([aria-current])"),
    Told("graph", "#filters [aria-pressed=false] .word", "#filters [aria-pressed=true] .word"),
    Told("table", "table.things tr.selected th", "table.things tr:not(.selected) th"),
    Told("table", "table.relations tr.selected td", "table.relations tr:not(.selected) td"),
    Told("map", ".map-city[aria-pressed=true]", ".map-city[aria-pressed=false]"),
    Told("matrix", ".number.tied", ".number:not(.tied)"),
    Told("matrix", "tr.selected th.city", "tr:not(.selected) th.city"),
    Told("source", ".chip[aria-current]", ".chip:not([aria-current])"),
    Told("answer", "button.flag.on .tick", "button.flag.off"),
)
ADDRESSES = PAGES | {
    "graph": f"/view?center={CITY}&hide=Firm",
    "table": f"/view?center={CITY}&sel=city:Q1799&as=table",
    "map": f"/view?center={CITY}&sel=city:Q1799&as=map",
    "matrix": f"/view?center={CITY}&as=matrix&show=missions",
    "source": "/source/suwon-2008?kind=SENT",
}


@pytest.fixture
def plain(browser: Browser, world_site: Site) -> Iterator[Watched]:
    """A page in the colours of the system alone."""
    with watching(browser, world_site.origin, viewport=SIZE, forced_colors="active") as made:
        yield made
        assert made.wrongs == []


@pytest.mark.parametrize("told", STATES, ids=lambda one: f"{one.page} {one.has}")
def test_a_state_is_seen_without_our_colours(plain: Watched, told: Told) -> None:
    page = visit(plain, ADDRESSES[told.page], "ko")
    has, lacks = (page.locator(one).evaluate_all(LOOK) for one in (told.has, told.lacks))
    assert has
    assert lacks
    assert not set(has) & set(lacks)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_is_seen_without_our_colours(
    browser: Browser, world_site: Site, scheme: str
) -> None:
    settings = {"forced_colors": "active", "color_scheme": scheme, "viewport": SIZE}
    with watching(browser, world_site.origin, **settings) as watched:
        page = visit(watched, ADDRESSES["graph"], "ko")
        ground, ink = page.evaluate(
            "() => [getComputedStyle(document.getElementById('canvas')).backgroundColor,"
            " jamae.scene.colours.ink]"
        )
        assert ground != ink
        assert page.locator("#panel .panel-line").count() > 3
        assert watched.wrongs == []


WIDE_PAGES = ("home", "found", "answer", "ties", "path", "gaps", "graph", "map", "matrix", "table")


@pytest.mark.parametrize("name", WIDE_PAGES)
def test_nothing_is_lost_on_a_narrow_screen(browser: Browser, world_site: Site, name: str) -> None:
    with watching(browser, world_site.origin, viewport=SIZE) as watched:
        page = visit(watched, ADDRESSES[name], "ko")
        wide = set(page.evaluate(CONTROLS))
        page.set_viewport_size({"width": 320, "height": 640})
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert wide - set(page.evaluate(CONTROLS)) - set(map_cities(page)) == set()
        assert page.evaluate(CUT) == []
        assert watched.wrongs == []


def map_cities(page: Page) -> list[str]:
    """The places of the map as controls: which are named hangs on the room there is."""
    found: list[str] = page.locator(".map-city").evaluate_all(
        "all => all.map((one) => 'button ' + one.getAttribute('aria-label'))"
    )
    return found


@pytest.mark.parametrize("name", WIDE_PAGES)
def test_text_of_twice_the_size_is_neither_cut_nor_beside_the_page(
    browser: Browser, world_site: Site, name: str
) -> None:
    with watching(browser, world_site.origin, viewport={"width": 1280, "height": 900}) as watched:
        page = visit(watched, ADDRESSES[name], "en")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert page.evaluate(CUT) == []
        assert watched.wrongs == []


def test_nothing_moves_for_who_does_not_want_it(browser: Browser, world_site: Site) -> None:
    with watching(browser, world_site.origin, viewport=SIZE) as watched:
        page = visit(watched, ADDRESSES["graph"], "ko")
        page.evaluate("jamae.state.act('more', { node: 'city:Q1799', kind: 'City' })")
        moving = page.evaluate(
            "() => document.getAnimations().filter((one) => one.playState === 'running').length"
        )
        assert moving == 0
        page.wait_for_function("() => !document.querySelector('#scene[aria-busy]')")
        spots = "() => jamae.scene.shown().map(({ id }) => jamae.scene.place(id))"
        before = page.evaluate(spots)
        page.wait_for_timeout(300)
        assert page.evaluate(spots) == before
        styles = page.evaluate(
            "() => [...document.querySelectorAll('*')].map((one) => getComputedStyle(one)).filter("
            "(one) => one.transitionDuration !== '0s' || one.animationName !== 'none').length"
        )
        assert styles == 0
        assert watched.wrongs == []
