"""The pages in a real Chromium: quiet, legible, usable by mouse and by keyboard, and safe."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from playwright.sync_api import Browser, Page

from graph.questions.answers import (
    BeneficiariesAnswer,
    Found,
    Neighbour,
    NeighbourhoodAnswer,
    Ref,
    SearchAnswer,
)
from graph.questions.scene_answer import SceneAnswer, SceneNode, Step
from graph.search import Match
from tests import example_answers as example
from tests.page_server import PageServer, serving, watching
from visualize import page as pages
from visualize.network import graph_to_pyvis
from visualize.wording import LANGUAGES, Lang

PAYLOADS: list[str] = [
    json.loads(line)
    for line in (Path(__file__).parent / "data/xss.txt").read_text("utf-8").splitlines()
]
PARTS = 4
PICTURES = ("/answer", "/view")


def every_page(lang: Lang) -> dict[str, Callable[[], str]]:
    hits = SearchAnswer(
        results=tuple(
            Found(entity=r, matched="x", match=Match.PART) for r in (example.BANDUNG, example.SUWON)
        )
    )
    return {
        "/home": lambda: pages.home_page([pages.Suggestion(example.BANDUNG)], lang=lang),
        "/search": lambda: pages.search_page(hits, "반둥", lang=lang),
        "/answer": lambda: pages.answer_page(example.bandung(), example.around(), lang=lang),
        "/nothing": lambda: pages.answer_page(example.nothing(), example.around(), lang=lang),
        "/view": lambda: example.scene_page(lang=lang),
        "/error": lambda: pages.error_page(404, "반둥", lang=lang, candidates=[example.SUWON]),
    }


@pytest.fixture(scope="module")
def server() -> Iterator[PageServer]:
    with serving() as running:
        running.pages.update(every_page("ko"))
        yield running


@pytest.fixture
def view(browser: Browser, server: PageServer) -> Iterator[Page]:
    """The network page, opened and ready; at the end nothing may have gone wrong."""
    with watching(browser, server.origin, viewport={"width": 1440, "height": 900}) as watched:
        yield watched.open(f"{server.origin}/view")
        assert watched.wrongs == []


@pytest.fixture
def offline(tmp_path: Path) -> Callable[[str], str]:
    """Write a page to a file and give its address."""

    def write(html: str) -> str:
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        return file.as_uri()

    return write


# ---------------------------------------------------------------- quiet and legible


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_asks_abroad_breaks_its_policy_or_complains(
    browser: Browser, server: PageServer, lang: Lang, scheme: str
) -> None:
    with watching(browser, server.origin, color_scheme=scheme) as watched:
        for path, render in every_page(lang).items():
            server.pages[f"{path}-{lang}"] = render
            shown = watched.open(f"{server.origin}{path}-{lang}")
            assert shown.locator("html").get_attribute("lang") == lang
            assert shown.locator("h1").count() == 1
            assert shown.title()
        assert watched.wrongs == []


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_page_is_wider_than_its_window(browser: Browser, server: PageServer, width: int) -> None:
    with watching(browser, server.origin, viewport={"width": width, "height": 800}) as watched:
        for path in every_page("ko"):
            shown = watched.open(server.origin + path)
            shown.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
            wide = shown.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, path
        assert watched.wrongs == []


def test_the_answer_reads_without_javascript(browser: Browser, server: PageServer) -> None:
    with watching(browser, server.origin, java_script_enabled=False) as watched:
        watched.page.goto(f"{server.origin}/answer")
        assert watched.page.get_by_role("heading", name="그린존").is_visible()
        assert watched.page.get_by_text("관계도를 그리려면").is_visible()
        watched.page.locator("details.list summary").click()
        assert watched.page.locator("table.relations tbody tr").count() > 10


def test_the_offline_page_opens_from_a_file_and_asks_for_nothing(
    browser: Browser, offline: Callable[[str], str]
) -> None:
    address = offline(pages.offline_page(example.around(), lang="ko"))
    with watching(browser, address) as watched:
        shown = watched.open(address)
        assert inked(shown) > 500
        press(shown, "firm:greenzone")
        assert shown.locator("#panel h2").inner_text() == "그린존"
        assert shown.locator("#panel a[href^='/']").count() == 0
        assert watched.wrongs == []


def test_a_notebooks_picture_stands_alone_too(
    browser: Browser, offline: Callable[[str], str]
) -> None:
    around = example.around()
    net = graph_to_pyvis([around.center, *around.nodes], around.claims, around.center.id)
    address = offline(net.generate_html())
    with watching(browser, address) as watched:
        assert inked(watched.open(address)) > 500
        assert watched.wrongs == []


def inked(shown: Page) -> int:
    """How many pixels of the picture are coloured."""
    return int(
        shown.evaluate(
            """() => {
                const canvas = document.querySelector("#canvas canvas");
                const { data } = canvas.getContext("2d").getImageData(
                    0, 0, canvas.width, canvas.height);
                let count = 0;
                for (let i = 3; i < data.length; i += 4) count += data[i] > 128;
                return count;
            }"""
        )
    )


# ---------------------------------------------------------------- the picture


def boxes(shown: Page) -> dict[str, dict[str, float]]:
    """Where each label was painted."""
    found: dict[str, dict[str, float]] = shown.evaluate(
        "() => Object.fromEntries(globalThis.jamae.scene.boxes)"
    )
    return found


@pytest.mark.parametrize("width", [390, 1440])
def test_every_label_is_painted_and_none_over_another(
    browser: Browser, server: PageServer, width: int
) -> None:
    with watching(browser, server.origin, viewport={"width": width, "height": 900}) as watched:
        placed = boxes(watched.open(f"{server.origin}/view"))
        assert len(placed) == 11
        for one, two in combinations(placed.values(), 2):
            apart = one["right"] <= two["left"] or two["right"] <= one["left"]
            above = one["bottom"] <= two["top"] or two["bottom"] <= one["top"]
            assert apart or above


def press(shown: Page, node: str) -> None:
    """Click on a node of the picture."""
    spot = shown.evaluate("(id) => globalThis.jamae.scene.place(id)", node)
    frame = shown.locator("#canvas").bounding_box()
    assert frame
    shown.locator("#canvas").scroll_into_view_if_needed()
    frame = shown.locator("#canvas").bounding_box()
    assert frame
    shown.mouse.click(frame["x"] + spot["x"], frame["y"] + spot["y"])


def test_a_press_on_a_node_tells_what_it_is_and_where_that_stands(view: Page) -> None:
    press(view, "firm:greenzone")
    panel = view.locator("#panel")
    assert panel.locator("h2").inner_text() == "그린존"
    assert "Green Zone" in panel.inner_text()
    panel.locator("details summary").first.click()
    assert "9번째 줄" in panel.inner_text()
    assert panel.get_by_role("button", name="이것을 중심으로 보기").is_visible()
    original = panel.locator("a.original").first
    assert original.get_attribute("rel") == "noopener noreferrer"
    assert view.evaluate("() => document.querySelectorAll('tr.selected').length") == 1
    panel.get_by_role("button", name="2008 수원시 국제자매도시 시장개척단").click()
    assert "시장개척단" in panel.locator("h2").inner_text()


def test_the_keyboard_alone_walks_the_picture(view: Page) -> None:
    view.locator("#canvas").focus()
    view.keyboard.press("ArrowDown")
    assert view.locator("#panel h2").inner_text() == "반둥"
    for key in ("ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight"):
        view.keyboard.press(key)
    assert view.evaluate("() => globalThis.jamae.scene.selected") != example.BANDUNG.id
    view.keyboard.press("Enter")
    assert "open=" in view.url
    view.locator("#canvas").focus()
    view.keyboard.press("Escape")
    assert view.evaluate("() => globalThis.jamae.scene.selected") is None
    before = view.evaluate("() => globalThis.jamae.scene.network.getScale()")
    view.keyboard.press("+")
    assert view.evaluate("() => globalThis.jamae.scene.network.getScale()") > before
    view.keyboard.press("0")
    view.keyboard.press("/")
    assert view.evaluate("() => document.activeElement.id") == "q"


def test_the_legend_filters_the_picture_and_the_list(
    browser: Browser, offline: Callable[[str], str]
) -> None:
    """In one file; where there is a server, the legend of a scene asks it."""
    address = offline(pages.offline_page(example.around(), lang="ko"))
    with watching(browser, address) as watched:
        legend_filters(watched.open(address))
        assert watched.wrongs == []


def legend_filters(view: Page) -> None:
    rows = view.locator("table.relations tbody tr:visible")
    before = rows.count()
    firms = view.locator("button[data-node-kind='Firm']")
    firms.click()
    assert firms.get_attribute("aria-pressed") == "false"
    assert "firm:greenzone" not in boxes(view)
    assert rows.count() == before - 6
    view.locator("button[data-line-kind='VISITED']").click()
    assert rows.count() == before - 9
    firms.click()
    assert rows.count() == before - 3


def test_the_canvas_is_named_once_and_has_no_hidden_tab_stop(view: Page) -> None:
    canvas = view.locator("#canvas")
    assert canvas.get_attribute("role") == "application"
    assert "반둥" in (canvas.get_attribute("aria-label") or "")
    assert view.locator("#canvas [tabindex]").count() == 0
    assert view.locator("#canvas canvas").get_attribute("aria-hidden") == "true"


def test_the_wheel_scrolls_the_page_until_the_picture_is_pressed(view: Page) -> None:
    scale = "() => globalThis.jamae.scene.network.getScale()"
    before = view.evaluate(scale)
    view.locator("#canvas").hover(position={"x": 40, "y": 40})
    view.mouse.wheel(0, 200)
    view.wait_for_timeout(100)
    assert view.evaluate(scale) == before
    assert view.evaluate("() => scrollY") > 0


@pytest.mark.parametrize("path", PICTURES)
def test_the_first_picture_is_there_within_two_and_a_half_seconds(
    browser: Browser, server: PageServer, path: str
) -> None:
    with watching(browser, server.origin) as watched:
        shown = watched.open(server.origin + path)
        assert shown.evaluate("() => performance.now()") < 2500


# ---------------------------------------------------------------- hostile data


def listed(kind: Any) -> bool:
    """Whether a field of this type takes the texts of a list and no other."""
    return get_origin(kind) is Literal or any(map(listed, get_args(kind)))


def spoilt(value: Any, text: str) -> Any:
    """A value of an answer with a text in every free field; what is closed stays."""
    closed = {"id", "kind", "from_", "to", "source", "role", "form", "status", "stage", "grade"}
    closed |= {"code", "flag", "answer", "credited", "currency", "stated"}
    if isinstance(value, tuple):
        return tuple(spoilt(one, text) for one in value)
    if isinstance(value, dict):
        return dict.fromkeys(value, text) | {"ko": text}
    if not hasattr(type(value), "model_fields"):
        return text if isinstance(value, str) and type(value) is str else value
    fields = {
        name: spoilt(getattr(value, name), text)
        for name, field in type(value).model_fields.items()
        if name not in closed and not listed(field.annotation)
    }
    extra = {name: text for name in ("note", "quote", "leader") if name in fields}
    fixed = {"stated": value.stated} if "stated" in fields else {}
    return value.model_copy(update=fields | extra | fixed)


def hostile(text: str) -> tuple[BeneficiariesAnswer, NeighbourhoodAnswer]:
    return spoilt(example.bandung(), text), spoilt(example.around(), text)


HARMLESS = """() => ({
    pwned: Boolean(globalThis.pwned),
    scripts: document.querySelectorAll("script:not([src]):not([type='application/json'])").length,
    handlers: [...document.querySelectorAll("*")].filter((element) =>
        [...element.attributes].some((one) => one.name.startsWith("on"))).length,
    styled: document.querySelectorAll("main [style]:not(#canvas *):not(#tip)").length,
    strangers: document.querySelectorAll(
        "img, iframe, object, embed, base, marquee, video, audio, math, link[rel=prefetch],"
        + "meta[http-equiv=refresh], template:not(form.search > #offer-marks),"
        + "form[action]:not([action='/']):not([action='/view'])").length,
    links: [...document.querySelectorAll("a, use, area")].filter((element) => {
        const to = element.getAttribute("href");
        return to !== null && !/^(\\/(?![\\/\\\\])|#|https?:\\/\\/)/.test(to);
    }).length,
})"""


def walk(shown: Page) -> None:
    """Touch what the scripts build: the panel, the tip, the legend."""
    shown.locator("#canvas").focus()
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("ArrowDown")
    spot = shown.evaluate("(id) => globalThis.jamae.scene.place(id)", example.BANDUNG.id)
    shown.locator("#canvas").hover(position=spot, force=True)
    shown.locator("#legend button").first.click()


def judge(shown: Page, wrongs: list[str], text: str, *, inline_scripts: int) -> None:
    found = shown.evaluate(HARMLESS)
    expected = {"pwned": False, "scripts": inline_scripts}
    expected |= dict.fromkeys(("handlers", "styled", "strangers", "links"), 0)
    assert found == expected, text
    assert wrongs == [], text


def test_there_are_at_least_a_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) >= 100


@pytest.mark.parametrize("part", range(PARTS))
def test_hostile_fields_do_nothing_in_the_pages(
    browser: Browser, server: PageServer, part: int
) -> None:
    with watching(browser, server.origin, viewport={"width": 1000, "height": 700}) as watched:
        for text in PAYLOADS[part::PARTS]:
            answer, around = hostile(text)
            server.pages["/h"] = partial(pages.answer_page, answer, around, lang="ko")
            shown = watched.open(f"{server.origin}/h")
            walk(shown)
            judge(shown, watched.wrongs, text, inline_scripts=0)


@pytest.mark.parametrize("part", range(PARTS))
def test_hostile_fields_do_nothing_in_the_offline_page(
    browser: Browser, offline: Callable[[str], str], part: int
) -> None:
    address = offline("")
    with watching(browser, address) as watched:
        for text in PAYLOADS[part::PARTS]:
            offline(pages.offline_page(hostile(text)[1], lang="en"))
            shown = watched.open(address)
            walk(shown)
            judge(shown, watched.wrongs, text, inline_scripts=2)


def test_hostile_queries_and_messages_do_nothing(browser: Browser, server: PageServer) -> None:
    with watching(browser, server.origin) as watched:
        for text in PAYLOADS:
            ref: Ref = spoilt(example.BANDUNG, text)
            found = SearchAnswer(results=(Found(entity=ref, matched=text, match=Match.WHOLE),))
            server.pages["/s"] = partial(pages.search_page, found, text, lang="ko")
            judge(watched.open(f"{server.origin}/s"), watched.wrongs, text, inline_scripts=0)
            server.pages["/e"] = partial(
                pages.error_page, 422, text, lang="en", candidates=[ref], query=text
            )
            judge(watched.open(f"{server.origin}/e"), watched.wrongs, text, inline_scripts=0)


def test_hostile_names_are_shown_as_they_are(browser: Browser, server: PageServer) -> None:
    text = "<img src=x onerror=alert(1)>"
    node = Neighbour(**spoilt(example.SUWON, text).model_dump(), distance=1)
    around = example.around().model_copy(update={"nodes": (node,), "claims": (example.TIE,)})
    server.pages["/shown"] = lambda: pages.answer_page(example.bandung(), around, lang="ko")
    with watching(browser, server.origin) as watched:
        shown = watched.open(f"{server.origin}/shown")
        press(shown, example.SUWON.id)
        assert shown.locator("#panel h2").inner_text() == text
        assert text in (shown.locator("table.relations").text_content() or "")
        assert watched.wrongs == []


def crowd_of(payloads: list[str]) -> SceneAnswer:
    """A scene in which every name, title and note is one of these texts."""
    usual = example.scene()
    firms = [
        example.ref(f"firm:x{n}", text, text, "KR").model_copy(update={"names": {"ko": text}})
        for n, text in enumerate(payloads)
    ]
    claims = [
        example.joined(firm.id, n + 1).model_copy(update={"note": text, "quote": text})
        for n, (firm, text) in enumerate(zip(firms, payloads, strict=True))
    ]
    return usual.model_copy(
        update={
            "nodes": (
                *usual.nodes,
                *(SceneNode(**dict(firm), neighbours=9, left={"Deal": 9}) for firm in firms),
            ),
            "claims": (*usual.claims, *claims),
            "citations": tuple(
                example.cite(n + 1, title=text, publisher=text, url=text)
                for n, text in enumerate(payloads)
            ),
            "steps": (
                *usual.steps,
                Step(node=example.MISSION, newcomers=tuple(firm.id for firm in firms)),
            ),
        }
    )


@pytest.mark.parametrize("view_of", ["graph", "table"])
def test_hostile_names_do_nothing_in_a_scene(
    browser: Browser, server: PageServer, view_of: Literal["graph", "table"]
) -> None:
    server.pages["/view"] = lambda: example.scene_page(crowd_of(PAYLOADS), view=view_of)
    with watching(browser, server.origin) as watched:
        shown = watched.open(f"{server.origin}/view")
        for n in range(0, len(PAYLOADS), 9):
            shown.evaluate("(id) => jamae.state.set({ selected: id })", f"firm:x{n}")
            assert shown.locator("#panel h2").text_content() == PAYLOADS[n]
        shown.evaluate("() => jamae.state.act('kind', { kind: 'Deal' })")
        shown.wait_for_function("() => !document.querySelector('#scene[aria-busy]')")
        judge(shown, watched.wrongs, "all of them", inline_scripts=0)
    server.pages.update(every_page("ko"))
