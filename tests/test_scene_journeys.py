"""One scene in every view, filtered, copied, undone and taken away: by mouse, and by keys."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.claims import Claim, Tie, Visited
from graph.nodes import kind_of
from graph.questions.scene_reading import FOLLOWED
from graph.store import View, walk_claims, walk_nodes
from tests.hands import Hand, Keys, Mouse
from tests.page_server import Site, Watched, watching

HANDS = pytest.mark.parametrize("hand", [Mouse, Keys], ids=["mouse", "keys"], indirect=True)
CHEONGJU, WROCLAW, BANDUNG = "city:Q42147", "city:Q1799", "city:Q10389"
SIZE = {"width": 1440, "height": 900}
Near = dict[str, set[str]]
STATE = """() => ({
    address: location.pathname + location.search,
    state: jamae.state.get(),
    nodes: [...jamae.scene.given.values()].map((n) => [n.id, n.x, n.y, n.left || 0]).sort(),
    lines: [...jamae.scene.edgesById.keys()].sort(),
    panel: document.querySelector("#panel h2").innerText,
    pane: document.querySelector("[data-pane]:not([hidden])").dataset.pane,
    kinds: [...document.querySelectorAll("#filters [aria-pressed]")].map((one) => one.innerText),
    years: document.getElementById("year-span").innerText,
})"""


@pytest.fixture
def watched(browser: Browser, world_site: Site) -> Iterator[Watched]:
    """A page of which nothing may go wrong: no error, no foreign request, no broken policy."""
    may = ["clipboard-read", "clipboard-write"]
    with watching(browser, world_site.origin, viewport=SIZE, permissions=may) as made:
        yield made
        assert made.wrongs == []


@pytest.fixture
def hand(request: pytest.FixtureRequest, watched: Watched) -> Hand:
    """Who walks."""
    made: Hand = request.param(watched.page)
    return made


def state(page: Page) -> dict[str, Any]:
    """What the page shows, once it has all of it."""
    page.wait_for_function("() => !document.querySelector('#scene[aria-busy]')")
    found: dict[str, Any] = page.evaluate(STATE)
    return found


def turn_to(page: Page, hand: Hand, view: str) -> None:
    """Choose a view and wait for it."""
    hand.press(page.locator(f"#tabs [data-view={view}]"))
    ready = {
        "graph": "#canvas[data-ready]",
        "map": ".map-stage[data-ready]:not([aria-busy])",
        "matrix": ".matrix[data-ready]:not([aria-busy])",
        "table": "table.relations",
    }
    page.wait_for_selector(ready[view], timeout=20_000)
    state(page)


# ---------------------------------------------------------------- years


def neighbours(view: View, first: int | None, *, undated: bool) -> Near:
    """Who is next to whom, told by the claims of these years: read one by one."""
    spans = {
        node.id: node.span
        for kind in ("Mission", "Event", "Deal", "Programme")
        for node in walk_nodes(view, kind)
    }

    def last_year(claim: Claim) -> int | None:
        own = [claim.signed_on] if isinstance(claim, Tie) else []
        own += [claim.first_day, claim.last_day] if isinstance(claim, Visited) else []
        told = [day for day in own if day]
        for end in (claim.to, claim.from_):
            told = told or [day for day in spans.get(end, ()) if day]
        return max((day.last.year for day in told), default=None)

    near: Near = defaultdict(set)
    for claim in (claim for kind in sorted(FOLLOWED) for claim in walk_claims(view, kind)):
        year = last_year(claim)
        if undated if year is None else first is None or year >= first:
            near[claim.from_].add(claim.to)
            near[claim.to].add(claim.from_)
    return near


def every_view_agrees(page: Page, hand: Hand, near: Near) -> None:
    """Graph, badges, panel, count, table, map and matrix say what the claims say."""
    shown = {CHEONGJU} | near[CHEONGJU]
    turn_to(page, hand, "graph")
    found = state(page)
    assert {one[0] for one in found["nodes"]} == shown
    assert {one[0]: one[3] for one in found["nodes"]} == {
        one: len(near[one] - shown) for one in shown
    }
    assert f"이웃 {len(near[CHEONGJU])} " in page.locator("#panel").inner_text()
    assert page.locator("#panel .panel-line").count() == len(near[CHEONGJU])
    expect(page.locator("#crumbs .count")).to_contain_text(f"보이는 항목 {len(shown)} ")
    turn_to(page, hand, "table")
    rows = page.locator("table.things tbody tr").evaluate_all(
        "all => all.map((row) => [row.dataset.node, Number(row.cells[3].innerText)])"
    )
    assert dict(rows) == {one: len(near[one]) for one in shown}
    tied = {one for one in near[CHEONGJU] if kind_of(one) == "City"}
    turn_to(page, hand, "map")
    arcs = page.locator(".map-arc").evaluate_all("all => all.map((one) => one.dataset.ends)")
    ends = {end for pair in arcs for end in pair.split() if CHEONGJU in pair.split()}
    assert ends == {CHEONGJU, *tied}
    turn_to(page, hand, "matrix")
    row = page.locator(f"tr[data-city='{CHEONGJU}']")
    assert row.locator("td.total").inner_text() == str(len(tied))


@HANDS
def test_years_govern_every_view_alike(watched: Watched, hand: Hand, world_site: Site) -> None:
    page = watched.open(f"{watched.home}/view?center={CHEONGJU}&deals=apart&lang=ko")
    every = world_site.store.read(lambda view: neighbours(view, None, undated=True))
    assert max(len(every[CHEONGJU]), 3) < 40
    every_view_agrees(page, hand, every)
    turn_to(page, hand, "graph")
    hand.slide(page.locator("#year-from"), 2000)
    page.wait_for_url("**from=2000**")
    hand.press(page.locator("#years [data-act=undated]"))
    page.wait_for_url("**undated=no**")
    dated = world_site.store.read(lambda view: neighbours(view, 2000, undated=False))
    assert WROCLAW in dated[CHEONGJU]
    assert 1 < len(dated[CHEONGJU]) < len(every[CHEONGJU])
    every_view_agrees(page, hand, dated)
    hand.press(page.locator("#years [data-act=all-years]"))
    page.wait_for_url(re.compile("^(?!.*(from|undated)=)"))
    every_view_agrees(page, hand, every)


# ---------------------------------------------------------------- the address, and back


def changed(page: Page, hand: Hand) -> list[dict[str, Any]]:
    """Change a scene step by step; what was shown before and after each."""
    told = [state(page)]
    for press in (
        "#filters [data-act=kind][data-kind=Programme]",
        "#filters [data-act=relation][data-kind=SENT]",
        "#tabs [data-view=table]",
        f"table.things a[data-act=select][data-node='{WROCLAW}']",
        "#panel [data-act=more][data-kind=City]",
        "#tabs [data-view=map]",
    ):
        hand.press(page.locator(press).first)
        page.wait_for_function("(was) => location.search !== was", arg=search_of(told[-1]))
        told.append(state(page))
    return told


def search_of(shown: dict[str, Any]) -> str:
    """What follows the path in the address of a state."""
    return str(shown["address"]).removeprefix("/view")


@HANDS
def test_a_copied_link_shows_the_same_scene_to_another(
    browser: Browser, watched: Watched, hand: Hand
) -> None:
    page = watched.open(f"{watched.home}/view?center={CHEONGJU}&lang=ko")
    there = changed(page, hand)[-1]
    page.wait_for_selector(".map-stage[data-ready]:not([aria-busy])")
    cities = ".map-stage .map-city"
    spots = page.locator(cities).evaluate_all("all => all.map((one) => one.style.transform)")
    hand.press(page.locator("details.take > summary"))
    hand.press(page.locator("[data-take=link]"))
    expect(page.locator("details.take [data-said]")).to_have_text("주소를 복사했습니다.")
    address = page.evaluate("() => navigator.clipboard.readText()")
    with watching(browser, watched.home, viewport=SIZE) as other:
        again = other.open(address)
        again.wait_for_selector(".map-stage[data-ready]:not([aria-busy])", timeout=20_000)
        assert state(again) == there
        moved = again.locator(cities).evaluate_all("all => all.map((one) => one.style.transform)")
        assert sorted(moved) == sorted(spots)
        assert there["state"]["selected"] == WROCLAW
        assert there["pane"] == "map"
        assert other.wrongs == []


@HANDS
def test_going_back_undoes_step_by_step(watched: Watched, hand: Hand) -> None:
    page = watched.open(f"{watched.home}/view?center={CHEONGJU}&lang=ko")
    told = changed(page, hand)
    assert len(told) == 7
    for before in reversed(told[:-1]):
        hand.press(page.locator("#undo"))
        page.wait_for_function("(to) => location.search === to", arg=search_of(before))
        assert state(page) == before
    expect(page.locator("#undo")).to_be_disabled()
    for after in told[1:]:
        page.go_forward()
        page.wait_for_function("(to) => location.search === to", arg=search_of(after))
        assert state(page) == after
    page.go_back()
    page.wait_for_function("(to) => location.search === to", arg=search_of(told[-2]))
    assert state(page) == told[-2]


# ---------------------------------------------------------------- taken away


def everything_taken(page: Page, hand: Hand, folder: Path) -> list[Path]:
    """Each file that the menu of a page gives."""
    menu = page.locator("details.take")
    hand.press(menu.locator("summary"))
    expect(menu.locator("button[data-take=print]")).to_be_visible()  # brought with the others
    files = "a[download], button[data-take=png]:visible, button[data-take=svg]:visible"
    found = []
    for offered in menu.locator(files).all():
        with page.expect_download() as waiting:
            hand.press(offered)
        file = folder / f"{len(list(folder.iterdir()))}-{waiting.value.suggested_filename}"
        waiting.value.save_as(file)
        found.append(file)
    return found


def opened_offline(other: Watched, file: Path) -> str:
    """Open a file where there is no network; its kind."""
    if file.suffix == ".csv":
        rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1
        return "csv"
    other.page.goto(file.as_uri())
    if file.suffix == ".html":
        other.page.wait_for_selector("#canvas[data-ready]", state="attached", timeout=20_000)
        assert other.page.locator("table.relations tbody tr").count() > 3
    elif file.suffix == ".svg":
        root = ElementTree.fromstring(file.read_text("utf-8"))  # noqa: S314 (our own file)
        assert "출처" in " ".join("".join(one.itertext()) for one in root.iter())
    else:
        wide = other.page.evaluate("() => document.querySelector('img').naturalWidth")
        assert wide > 800
    return file.suffix[1:]


@HANDS
@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        (f"/?partner={BANDUNG}", {"csv", "png", "svg"}),
        (f"/view?center={BANDUNG}", {"csv", "html", "png", "svg"}),
        (f"/view?center={BANDUNG}&as=map", {"csv", "html", "png", "svg"}),
    ],
)
def test_each_file_opens_where_there_is_no_network(
    browser: Browser, watched: Watched, hand: Hand, tmp_path: Path, address: str, kinds: set[str]
) -> None:
    page = watched.open(f"{watched.home}{address}&lang=ko")
    if "as=map" in address:
        page.wait_for_selector(".map-stage[data-ready]")
    files = everything_taken(page, hand, tmp_path)
    with watching(browser, "file:", viewport=SIZE, offline=True) as other:
        assert {opened_offline(other, file) for file in files} >= kinds
        assert other.wrongs == []
