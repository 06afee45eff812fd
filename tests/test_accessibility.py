"""Every page is read by axe, in both languages, light and dark, on a phone and on a desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import assert_accessible, violations
from tests.page_server import PageServer, serving, watching
from tests.test_pages_in_browser import every_page
from visualize.wording import LANGUAGES, Lang


@pytest.fixture(scope="module")
def server() -> Iterator[PageServer]:
    with serving() as running:
        for lang in LANGUAGES:
            for path, render in every_page(lang).items():
                running.pages[f"{path}-{lang}"] = render
        yield running


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_in_any_page(
    browser: Browser, server: PageServer, lang: Lang, scheme: str, width: int
) -> None:
    screen = {"width": width, "height": 900}
    with watching(browser, server.origin, viewport=screen, color_scheme=scheme) as watched:
        for path in every_page(lang):
            shown = watched.open(f"{server.origin}{path}-{lang}")
            unfold(shown)
            assert_accessible(shown)
        assert watched.wrongs == []


def unfold(shown: Page) -> None:
    """Open what is folded away, so that it is judged too."""
    shown.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<button></button><p style='color: #bbb; background: #fff'>수원</p>")
    found = " ".join(violations(page))
    page.close()
    for rule in ("button-name", "color-contrast", "html-has-lang", "landmark-one-main"):
        assert rule in found
