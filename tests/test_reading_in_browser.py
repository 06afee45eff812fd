"""Asking and reading in a real Chromium: by keyboard, by plain HTML, quiet and legible."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from ingest.load import load
from ingest.records import SHIPPED
from tests.browser import assert_accessible
from tests.graphs import SETTINGS, stored
from tests.page_server import watching
from tests.raw_http import running

ARASOFT = "/firm/xn--oi2bw4qt3cxps8vc.kr.Q42144"
PAGES = (
    "/",
    "/?q=시",
    "/?partner=땅그랑",
    "/?partner=돗토리",
    "/ties?city=청주",
    "/path?from=진주&to=땅그랑",
    "/gaps",
    "/city/Q42144",
    ARASOFT,
    "/deal/gwangju-bukgu-2024.total",
    "/source/jinju-2019",
    "/city/Q1",
)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the five shipped records."""
    with stored(tmp_path_factory.mktemp("reading")) as store:
        load(store, [SHIPPED])
        with running(store, SETTINGS) as port:
            yield f"http://127.0.0.1:{port}"


def ask(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)


def test_a_firm_is_asked_for_and_read_by_keyboard_to_its_citation(
    browser: Browser, origin: str
) -> None:
    with watching(browser, origin) as watched:
        page = watched.page
        page.goto(f"{origin}/?lang=ko")
        ask(page, "반둥")
        offered = page.locator("#offers [role=option]")
        expect(offered.first).to_contain_text("반둥")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        active = page.locator("#q").get_attribute("aria-activedescendant")
        expect(page.locator(f"#{active}")).to_contain_text("반둥으로 덕을 본 기업")
        page.keyboard.press("Enter")
        firm = page.locator("article.firm", has_text="그린존")
        firm.locator("details.evidence summary").focus()
        page.keyboard.press("Enter")
        expect(firm.locator(".chain")).to_contain_text("번째 줄")
        mark = firm.locator("button.flag", has_text="파트너 주최")
        mark.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#why-hosted")).to_be_visible()
        assert watched.wrongs == []


def test_a_phrase_leads_to_its_answer_and_a_slip_to_candidates(
    browser: Browser, origin: str
) -> None:
    with watching(browser, origin) as watched:
        page = watched.page
        page.goto(f"{origin}/?lang=ko")
        ask(page, "진주에서 땅그랑까지")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("진주시에서 땅그랑까지")
        expect(page.locator(".chain").first).to_contain_text("MOU")
        page.locator("#q").fill("땅그랑으로 덕을 본 기업")
        page.keyboard.press("Enter")
        expect(page.locator(".missing").first).to_contain_text("2025-11-13에 체결되었습니다")
        assert watched.wrongs == []


def test_keys_are_silent_while_a_syllable_is_composed(browser: Browser, origin: str) -> None:
    with watching(browser, origin) as watched:
        page = watched.page
        page.goto(f"{origin}/?lang=ko")
        ask(page, "반둥")
        expect(page.locator("#offers [role=option]").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        pressed = "{key: 'Enter', isComposing: true, bubbles: true, cancelable: true}"
        composing = f"new KeyboardEvent('keydown', {pressed})"
        left_alone = page.evaluate(f"document.getElementById('q').dispatchEvent({composing})")
        assert left_alone
        page.keyboard.press("Escape")
        expect(page.locator("#offers")).to_be_hidden()
        assert watched.wrongs == []


def test_every_page_reads_without_javascript(browser: Browser, origin: str) -> None:
    with watching(browser, origin, java_script_enabled=False) as watched:
        page = watched.page
        page.goto(f"{origin}/?lang=ko")
        page.locator("#q").fill("청주의 자매도시")
        page.get_by_role("button", name="검색").click()
        page.get_by_role("link", name="돗토리").first.click()
        expect(page.locator("h1")).to_contain_text("돗토리")
        page.locator(".where summary").first.click()
        page.locator(".where cite a").first.click()
        expect(page.locator("tbody tr").first).to_contain_text("줄")
        page.goto(f"{origin}{ARASOFT}?lang=ko")
        expect(page.locator(".ladder .figure").first).to_contain_text("USD 2,000,000")
        assert [said for said in watched.wrongs if "Blocked script" not in said] == []


@pytest.mark.parametrize(
    ("width", "scheme", "lang"),
    [(390, "light", "ko"), (1440, "dark", "en"), (320, "dark", "ko"), (768, "light", "en")],
)
def test_the_pages_are_legible_and_ask_nobody(
    browser: Browser, origin: str, width: int, scheme: str, lang: str
) -> None:
    size = {"width": width, "height": 900}
    with watching(browser, origin, viewport=size, color_scheme=scheme) as watched:
        for path in PAGES:
            joint = "&" if "?" in path else "?"
            page = watched.open(f"{origin}{path}{joint}lang={lang}")
            assert page.locator("h1").count() == 1, path
            page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            if width in {390, 1440}:
                assert_accessible(page)
        assert [said for said in watched.wrongs if "404" not in said] == []
