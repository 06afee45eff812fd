"""Every page and view over all that ships: read by axe, at every width, in every scheme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from graph.nodes import NODE_KINDS
from graph.store import View, walk_nodes
from tests.browser import violations
from tests.page_server import Site, Watched, watching
from visualize.links import fixed
from visualize.wording import LANGUAGES, Lang

SCENE = "/view?center=city:Q42147&open=city:Q42147~City~24&path=city:Q200731"
COLOURS = ("color-contrast", "link-in-text-block")
SCREENS: tuple[tuple[int, Literal["light", "dark"], Sequence[str]], ...] = (
    (390, "light", ()),
    (390, "dark", COLOURS),
    (1440, "dark", ()),
    (1440, "light", COLOURS),
)
"""Width, scheme and the rules to read by: only those of colour hang on the scheme."""
PAGES = {
    "home": "/",
    "found": "/?q=시",
    "found nothing": "/?q=zzqqxx",
    "answer": "/?partner=city:Q10389",
    "answer of one home": "/?partner=city:Q10127&home=city:Q42144",
    "answer of nothing read": "/?partner=city:Q8678",
    "ties": "/ties?city=city:Q16520",
    "ties, none": "/ties?city=city:Q1492",
    "path": "/path?from=city:Q42144&to=city:Q10127",
    "path, none": "/path?from=city:Q42144&to=city:Q8678&max_hops=1",
    "gaps": "/gaps",
    "gaps of one": "/gaps?city=city:Q20714",
    "graph": SCENE,
    "map": f"{SCENE}&as=map&show=whole~far",
    "matrix": f"{SCENE}&as=matrix&show=missions",
    "table": f"{SCENE}&as=table",
    "part": "/city/Q16520?part=ties",
    "brief": "/brief?partner=city:Q10389",
    "embed": "/embed?center=city:Q10389",
    "several are so called": "/ties?city=광주",
    "no such name": "/?partner=땅그랑그랑",
    "no such page": "/city/Q0",
    "another kind": "/gaps?city=아라소프트",
    "cannot be read": "/view?center=city:Q10389&as=zz",
    "interface": "/docs",
}
KINDS = {kind.lower(): kind for kind in NODE_KINDS}


def richest(view: View, kind: str) -> str:
    """The node of a kind at which most is said, of the first thousand."""
    ids = [node.id for node, _ in zip(walk_nodes(view, kind), range(1000), strict=False)]
    degrees = view.degrees(ids)
    return max(ids, key=lambda one: (sum(degrees.get(one, {}).values()), one))


def offers(page: Page) -> None:
    """Let the search box offer."""
    page.locator("#q").fill("수원")
    page.wait_for_selector("#offers [role=option]")


def mark_menu(page: Page) -> None:
    """The menu of a mark, on the other button."""
    spot = page.evaluate("() => jamae.scene.place(jamae.scene.center)")
    page.locator("#canvas").click(button="right", position=spot)
    page.wait_for_selector("#menu:not([hidden])")


def flag(page: Page) -> None:
    """What a mark of a firm means."""
    page.locator("button.flag").first.click()
    page.wait_for_selector("[popover]:popover-open")


def cell(page: Page) -> None:
    """What is behind a number of the matrix."""
    page.locator(".matrix button.number").first.click()
    page.wait_for_selector(".matrix-cell li")


def keys(page: Page) -> None:
    """The list of keys."""
    page.locator("[data-help]").first.click()
    page.wait_for_selector("dialog#help[open]")


OPENED: Mapping[str, tuple[str, Callable[[Page], None]]] = {
    "offers of the box": ("home", offers),
    "menu of a mark": ("graph", mark_menu),
    "list of keys": ("graph", keys),
    "meaning of a flag": ("answer", flag),
    "cell of the matrix": ("matrix", cell),
}


@pytest.fixture(scope="module")
def desks(browser: Browser, world_site: Site) -> Iterator[Callable[[Lang], Watched]]:
    """A page for each language, kept for the whole module; what goes wrong is noted in it."""
    with ExitStack() as stack:
        made = {
            lang: stack.enter_context(
                watching(
                    browser, world_site.origin, locale=f"{lang}-{'KR' if lang == 'ko' else 'US'}"
                )
            )
            for lang in LANGUAGES
        }
        yield made.__getitem__


def visit(watched: Watched, path: str, lang: Lang) -> Page:
    """Open a page of the service and wait for all that its scripts draw."""
    joint = "&" if "?" in path else "?"
    page = watched.open(f"{watched.home}{path}{joint}lang={lang}")
    for view, ready in {"map": ".map-stage[data-ready]", "matrix": ".matrix[data-ready]"}.items():
        if f"as={view}" in path:
            watched.wait_for(ready)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    return page


def found_by_axe(page: Page) -> dict[str, list[str]]:
    """What axe finds on each screen."""
    found = {}
    for width, scheme, rules in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))"
        )
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong = violations(page, rules) + ([f"{wide} wide"] if wide > width else [])
        if wrong:
            found[f"{width} {scheme}"] = wrong
    return found


def nothing_wrong(watched: Watched, name: str) -> None:
    """No foreign request, no complaint, no broken policy; an error page has its status."""
    told = [
        said for said in watched.wrongs if "the server responded with a status of 4" not in said
    ]
    watched.wrongs.clear()
    assert told == [], name


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_page(
    desks: Callable[[Lang], Watched], name: str, lang: Lang
) -> None:
    watched = desks(lang)
    page = visit(watched, PAGES[name], lang)
    assert page.locator("html").get_attribute("lang") == ("en" if name == "interface" else lang)
    assert found_by_axe(page) == {}
    nothing_wrong(watched, name)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_the_page_of_a_kind(
    desks: Callable[[Lang], Watched], world_site: Site, kind: str, lang: Lang
) -> None:
    node = world_site.store.read(lambda view: richest(view, KINDS[kind]), seconds=30)
    watched = desks(lang)
    page = visit(watched, str(fixed(node)), lang)
    assert page.locator("h1").count() == 1
    assert found_by_axe(page) == {}
    nothing_wrong(watched, node)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", OPENED)
def test_axe_finds_nothing_in_what_is_opened(
    desks: Callable[[Lang], Watched], name: str, lang: Lang
) -> None:
    on, opening = OPENED[name]
    watched = desks(lang)
    page = visit(watched, PAGES[on], lang)
    opening(page)
    assert found_by_axe(page) == {}
    nothing_wrong(watched, name)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_in_the_file(
    browser: Browser, world_site: Site, tmp_path: Path, lang: Lang
) -> None:
    with watching(browser, world_site.origin) as watched:
        reply = watched.page.request.get(
            f"{world_site.origin}{SCENE.replace('/view', '/view.html')}&lang={lang}"
        )
        file = tmp_path / "scene.html"
        file.write_bytes(reply.body())
    with watching(browser, "file:", offline=True) as watched:
        page = watched.open(file.as_uri())
        assert found_by_axe(page) == {}
        nothing_wrong(watched, "file")
