"""The page of a scene in a real Chromium: one state for every view, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from graph.settings import Settings
from tests.browser import assert_accessible
from tests.graphs import stored
from tests.page_server import watching
from tests.raw_http import running
from tests.scene_contents import FAR, FIRMS, HOME, MISSION, SISTERS, claims
from visualize.scene import Scene

STATE = """() => ({
    nodes: [...jamae.scene.given.keys()].sort(),
    address: location.pathname + location.search,
    rows: document.querySelectorAll("table.things tbody tr").length,
    said: document.getElementById("crumbs").innerText,
})"""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with (
        stored(tmp_path_factory.mktemp("scene"), claims()) as store,
        running(store, Settings(store="sqlite:///:memory:")) as port,
    ):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def page(browser: Browser, origin: str) -> Iterator[Page]:
    """The scene around the city, opened and ready; at the end nothing may have gone wrong."""
    with watching(browser, origin, viewport={"width": 1440, "height": 900}) as watched:
        yield watched.open(f"{origin}/view?center={HOME}&lang=ko")
        assert watched.wrongs == []


def state(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(STATE)
    return found


def settled(page: Page) -> dict[str, Any]:
    """The state once the scene of the address has come."""
    page.wait_for_function("() => !document.querySelector('#scene[aria-busy]')")
    return state(page)


def press(page: Page, **data: str) -> dict[str, Any]:
    """Press the first control that does an action."""
    control = "".join(f"[data-{name}='{value}']" for name, value in data.items())
    page.locator(f"{control}:visible").first.click()
    return settled(page)


# ---------------------------------------------------------------- open, close, go back


def test_enter_opens_the_next_kind_and_back_undoes_it(page: Page) -> None:
    before = state(page)
    spots = page.evaluate("() => [...jamae.scene.given.values()].map(n => [n.id, n.x, n.y])")
    page.locator("#canvas").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("(n) => jamae.scene.given.size > n", arg=len(before["nodes"]))
    after = settled(page)
    assert len(after["nodes"]) == len(before["nodes"]) + 12
    assert after["rows"] == len(after["nodes"])
    assert f"보이는 항목 {len(after['nodes'])}" in after["said"]
    assert "12개가 나타났습니다" in page.locator("#live").inner_text()
    now = page.evaluate("() => [...jamae.scene.given.values()].map(n => [n.id, n.x, n.y])")
    assert [one for one in now if one[0] in before["nodes"]] == spots
    page.go_back()
    page.wait_for_function("(n) => jamae.scene.given.size === n", arg=len(before["nodes"]))
    assert settled(page)["nodes"] == before["nodes"]
    page.locator("#redo").click()
    page.wait_for_function("(n) => jamae.scene.given.size === n", arg=len(after["nodes"]))


def test_the_address_alone_gives_the_same_scene_again(page: Page, origin: str) -> None:
    press(page, act="more", kind="City")
    press(page, act="kind", kind="Mission")
    page.locator("#panel").get_by_role("button", name="자매00").click()
    there = state(page)
    spots = page.evaluate("() => [...jamae.scene.given.values()].map(n => [n.id, n.x, n.y])")
    page.goto(origin + there["address"])
    page.wait_for_selector("#canvas[data-ready]")
    assert state(page) == there
    again = page.evaluate("() => [...jamae.scene.given.values()].map(n => [n.id, n.x, n.y])")
    assert sorted(again) == sorted(spots)


def test_the_script_and_the_server_write_the_same_addresses(page: Page) -> None:
    server = Scene(HOME)
    for act, data, expected in (
        ("more", {"node": SISTERS[3], "kind": "Mission"}, server.more(SISTERS[3], "Mission")),
        ("kind", {"kind": "Firm"}, server.toggling_kind("Firm")),
        ("relation", {"kind": "SENT"}, server.toggling_relation("SENT")),
        ("undated", {}, server.toggling_undated()),
        ("close", {"node": HOME}, server.closed(HOME)),
        ("dismiss", {"node": FIRMS[1]}, server.dismissing(FIRMS[1])),
        ("path", {"node": FAR}, server.with_path(FAR)),
        ("view", {"view": "table"}, server.seen_as("table")),
        ("around", {"node": MISSION}, server.around(MISSION)),
        ("alone", {"node": MISSION}, server.alone(MISSION)),
        ("alone", {"node": HOME}, server.alone(HOME)),
        ("only-kind", {"kind": "Firm"}, server.only_kind("Firm")),
        ("only-relation", {"kind": "SENT"}, server.only_relation("SENT")),
        ("deals", {}, server.toggling_deals()),
        ("size", {"size": "USD"}, server.sized_by("USD")),
        ("steps", {"steps": "2"}, server.looking(far=True)),
    ):
        page.evaluate("([act, data]) => jamae.state.act(act, data)", [act, data])
        assert state(page)["address"] == expected.address, act
        page.go_back()
        settled(page)


# ---------------------------------------------------------------- filters


def test_the_legend_filters_picture_table_panel_and_badges_alike(page: Page) -> None:
    firm = page.locator("#filters a[data-act='kind'][data-kind='Firm']")
    assert "5/5" in firm.inner_text()
    firm.press(" ")
    after = settled(page)
    assert firm.get_attribute("aria-pressed") == "false"
    assert not set(FIRMS) & set(after["nodes"])
    assert after["rows"] == len(after["nodes"])
    assert "이웃 31" in page.locator("#panel").inner_text()
    assert page.evaluate("() => document.activeElement.dataset.kind") == "Firm"
    press(page, act="clear")
    assert set(FIRMS) <= set(state(page)["nodes"])


def test_the_years_are_two_sliders_that_govern_all(page: Page) -> None:
    press(page, act="more", kind="City")
    handle = page.locator("#year-from")
    assert handle.get_attribute("aria-valuetext") == "첫해 1990"
    handle.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**from=2000**")
    after = settled(page)
    assert page.locator("#year-span").inner_text() == "2000–2009"
    assert SISTERS[0] not in after["nodes"]
    assert SISTERS[12] in after["nodes"]
    assert SISTERS[25] in after["nodes"]
    press(page, act="undated")
    assert SISTERS[25] not in state(page)["nodes"]
    assert state(page)["rows"] == len(state(page)["nodes"])
    press(page, act="all-years")
    assert "from=" not in state(page)["address"]


# ---------------------------------------------------------------- views, paths, no script


def test_each_view_has_a_key_which_is_silent_while_one_types(page: Page) -> None:
    page.locator("body").press("l")
    assert page.locator("table.things").is_visible()
    assert page.locator("#tabs [aria-current]").inner_text() == "목록"
    page.locator("#q").press("g")
    assert page.locator("table.things").is_visible()
    page.locator("#tabs a").first.press("g")
    assert page.locator("#canvas").is_visible()


def test_a_path_is_told_hop_by_hop_with_its_evidence(page: Page) -> None:
    page.locator("#path > summary").click()
    page.locator("#path input[name='path']").fill("먼곳")
    page.locator("#path button").click()
    page.wait_for_selector("#canvas[data-ready]", state="attached")
    hops = page.locator("#path .chain > li")
    assert hops.count() == 2
    hops.last.locator("summary").click()
    assert "A list" in hops.last.inner_text()
    assert FAR in state(page)["nodes"]
    near = page.evaluate("() => [...jamae.scene.near]")
    assert near == [HOME, SISTERS[-1], FAR]


def test_without_scripts_the_table_reads_and_opens(browser: Browser, origin: str) -> None:
    with watching(browser, origin, java_script_enabled=False) as watched:
        shown = watched.page
        shown.goto(f"{origin}/view?center={HOME}&as=table&lang=ko")
        before = shown.locator("table.things tbody tr").count()
        shown.locator("table.things [data-act='more'][data-kind='City']").first.click()
        assert shown.locator("table.things tbody tr").count() == before + 12
        shown.locator("#filters a[data-act='kind'][data-kind='Firm']").click()
        assert shown.locator("table.things tbody tr").count() == before + 12 - len(FIRMS)
        assert shown.locator("table.relations tbody tr").count() > 12


# ---------------------------------------------------------------- keys and table


def test_the_keys_are_listed_and_those_of_one_letter_can_be_turned_off(page: Page) -> None:
    page.locator("body").press("?")
    assert page.locator("#help").is_visible()
    assert_accessible(page)
    page.locator("#letters").press(" ")
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.locator("#canvas").focus()
    for key in ("l", "/", "?"):
        page.keyboard.press(key)
    assert page.locator("#canvas").is_visible()
    assert page.evaluate("() => document.activeElement.id") == "canvas"
    assert not page.locator("#help").is_visible()
    page.reload()
    page.wait_for_selector("#canvas[data-ready]")
    page.locator("[data-help]").press("Enter")
    assert not page.locator("#letters").is_checked()
    page.locator("#letters").check()
    page.locator("#help form button").click()
    page.locator("body").press("l")
    assert page.locator("table.things").is_visible()


def test_the_table_is_sorted_and_searched_by_keyboard_and_does_all_the_picture_does(
    page: Page,
) -> None:
    page.locator("#tabs a[data-view='table']").click()
    settled(page)
    head = page.locator(".things th", has_text="이웃")
    for order in ("ascending", "descending"):
        head.locator("button").press("Enter")
        assert head.get_attribute("aria-sort") == order
    assert "본시" in page.locator(".things tbody tr").first.inner_text()
    page.locator("#rows-find").fill("기업")
    assert page.locator(".things tbody tr:visible").count() == len(FIRMS)
    row = page.locator(".things tbody tr:visible").first
    row.locator("summary").press("Enter")
    assert_accessible(page)
    gone = row.get_attribute("data-node")
    row.locator("[data-act='dismiss']").press("Enter")
    settled(page)
    assert gone not in state(page)["nodes"]
    assert page.locator(".things tbody tr:visible").count() == len(FIRMS) - 1
    page.locator("#rows-find").fill("")
    assert "본시" in page.locator(".things tbody tr").first.inner_text()


def test_only_alone_and_two_steps(page: Page) -> None:
    press(page, act="only-kind", kind="Firm")
    assert state(page)["nodes"] == sorted([HOME, *FIRMS])
    press(page, act="clear")
    page.evaluate("(id) => jamae.state.set({ selected: id })", FIRMS[0])
    near = page.evaluate("() => [...jamae.scene.near].sort()")
    assert near == sorted([FIRMS[0], HOME, MISSION])
    press(page, act="steps", steps="2")
    assert len(page.evaluate("() => [...jamae.scene.near]")) > len(near) + 5
    page.locator("#panel [data-act='alone']").click()
    assert settled(page)["nodes"] == [FIRMS[0]]
    press(page, act="more", node=FIRMS[0])
    assert len(state(page)["nodes"]) == 2


def test_the_ends_of_a_path_are_offered_with_place_and_kind(page: Page) -> None:
    press(page, act="kind", kind="Mission")
    page.locator("#path > summary").click()
    goal = page.locator(".path-form input[name='path']")
    goal.fill("먼곳")
    offer = page.locator("#ends-path [role='option']").first
    assert "도시" in offer.inner_text()
    assert goal.get_attribute("aria-expanded") == "true"
    goal.press("ArrowDown")
    goal.press("Enter")
    assert goal.get_attribute("data-id") == FAR
    goal.press("Enter")
    settled(page)
    assert "hide=Mission" in page.url
    assert page.locator("#path .chain > li").count() == 2
    press(page, act="only-relation", kind="SENT")
    assert "가려" in page.locator("#path .notice").inner_text()


# ---------------------------------------------------------------- the picture


def test_no_two_labels_or_badges_overlap_at_any_zoom(page: Page) -> None:
    press(page, act="more", kind="City")
    for factor in (1.0, 0.6, 0.6, 2.5, 2.5):
        page.evaluate("(f) => { jamae.scene.zoom(f); jamae.scene.network.redraw(); }", factor)
        boxes = page.evaluate("() => [...jamae.scene.boxes.values(), ...jamae.scene.badges]")
        assert boxes
        labels = page.evaluate("() => [...jamae.scene.boxes.values()]")
        for one, two in combinations(labels, 2):
            assert apart(one, two)
        for one in labels:
            assert all(apart(one, badge) for badge in boxes[len(labels) :])


def apart(one: dict[str, float], two: dict[str, float]) -> bool:
    across = one["right"] <= two["left"] or two["right"] <= one["left"]
    return across or one["bottom"] <= two["top"] or two["bottom"] <= one["top"]


def test_the_menu_of_a_mark_opens_a_kind(page: Page) -> None:
    spot = page.evaluate("(id) => jamae.scene.place(id)", HOME)
    frame = page.locator("#canvas").bounding_box()
    assert frame
    page.mouse.click(frame["x"] + spot["x"], frame["y"] + spot["y"], button="right")
    menu = page.locator("#menu")
    assert menu.is_visible()
    before = len(state(page)["nodes"])
    menu.locator("[data-act='more']").first.click()
    page.wait_for_function("(n) => jamae.scene.given.size > n", arg=before)
    assert not menu.is_visible()


@pytest.mark.parametrize("view", ["graph", "table"])
@pytest.mark.parametrize(("width", "lang"), [(390, "en"), (768, "ko")])
def test_no_view_is_wider_than_its_window_or_hard_to_reach(
    browser: Browser, origin: str, view: str, width: int, lang: str
) -> None:
    screen = {"width": width, "height": 844}
    with watching(browser, origin, viewport=screen, color_scheme="dark") as watched:
        shown = watched.open(f"{origin}/view?center={HOME}&path={FAR}&as={view}&lang={lang}")
        shown.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert_accessible(shown)
        assert watched.wrongs == []


CROSSED = """() => {
    const { scene } = jamae;
    const bodies = scene.shown().map((n) => ({ id: n.id, ...scene.place(n.id),
        r: n.size * scene.network.getScale() * scene.grown }));
    const at = new Map(bodies.map((one) => [one.id, one]));
    return [...scene.edgesById.values()].filter((edge) => {
        const shape = scene.network.body.edges[edge.id];
        const ratio = scene.network.getScale();
        return bodies.some((one) => one.id !== edge.from && one.id !== edge.to &&
            shape.edgeType.getDistanceToEdge(
                ...[edge.from, edge.to].flatMap((id) => Object.values(
                    scene.network.getPositions([id])[id])),
                ...Object.values(scene.network.getPositions([one.id])[one.id])) * ratio
                < one.r * 0.9);
    }).map((edge) => edge.id);
}"""


def test_no_line_runs_through_a_third_mark(page: Page) -> None:
    for _ in range(2):
        press(page, act="more", kind="City")
        assert page.evaluate(CROSSED) == []


def test_the_label_of_what_is_chosen_is_always_there(page: Page) -> None:
    press(page, act="more", kind="City")
    press(page, act="more", kind="City")
    page.evaluate("() => { jamae.scene.zoom(0.4); }")
    for one in SISTERS[:8]:
        page.evaluate(
            "(id) => { jamae.state.set({ selected: id }); jamae.scene.network.redraw(); }", one
        )
        assert page.evaluate("(id) => jamae.scene.boxes.has(id)", one)


SMALL = """() => [...document.querySelectorAll(
    "main :is(a, button, summary, input, select)")].filter((one) => {
        const { width, height } = one.getBoundingClientRect();
        const inline = one.closest("p.said, .cite, .detail, .who, footer, th[scope=row]");
        return width && !inline && !one.closest("[hidden], .sr, .handles") &&
            (width < 24 || height < 24) && one.type !== "hidden";
    }).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("view", ["graph", "table"])
@pytest.mark.parametrize("width", [390, 1440])
def test_every_control_is_large_enough_to_press(
    browser: Browser, origin: str, width: int, view: str
) -> None:
    screen = {"width": width, "height": 844}
    with watching(browser, origin, viewport=screen) as watched:
        shown = watched.open(f"{origin}/view?center={HOME}&path={FAR}&as={view}&lang=ko")
        shown.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert shown.evaluate(SMALL) == []
        assert watched.wrongs == []


def test_on_a_phone_what_is_chosen_stands_right_under_the_picture(
    browser: Browser, origin: str
) -> None:
    with watching(browser, origin, viewport={"width": 390, "height": 844}) as watched:
        shown = watched.open(f"{origin}/view?center={HOME}&lang=ko")
        tops = [
            shown.locator(one).evaluate("(part) => part.getBoundingClientRect().top")
            for one in (".bar", "#canvas", "aside.panel", "#years", "#filters")
        ]
        assert tops == sorted(tops)
        shown.locator("[data-help]").click()
        assert shown.locator("#help").is_visible()
        assert shown.evaluate("document.documentElement.scrollWidth") <= 390
        bar = shown.locator("header.bar").bounding_box()
        assert bar
        assert bar["height"] < 64
