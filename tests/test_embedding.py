"""A scene within a page of another site, in a real Chromium: only if the settings name it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page

from graph.store import GraphStore
from tests.graphs import SETTINGS, stored
from tests.page_server import watching
from tests.raw_http import running
from tests.scene_contents import HOME, claims


class Site(ThreadingHTTPServer):
    """A site of somebody else, which has one page."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.page = ""

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        body = self.server.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with stored(tmp_path_factory.mktemp("embedding"), claims()) as made:
        yield made


@contextmanager
def elsewhere() -> Iterator[Site]:
    """The other site, running."""
    with Site() as site:
        thread = Thread(target=site.serve_forever, daemon=True)
        thread.start()
        yield site
        site.shutdown()
        thread.join()


class Frames(HTMLParser):
    """The attributes of the frames in a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep those of frames."""
        if tag == "iframe":
            self.found.append(dict(attrs))


def code_of(page: Page, address: str) -> str:
    """The code that the menu of a scene copies."""
    page.goto(address)
    page.wait_for_selector("#canvas[data-ready]", timeout=20_000)
    page.locator("details.take summary").click()
    page.locator("button[data-take=embed]").click()
    page.get_by_text("코드를 복사했습니다.").wait_for()
    code: str = page.evaluate("navigator.clipboard.readText()")
    return code


def test_the_code_of_the_menu_shows_the_scene_in_a_site_that_is_named(
    browser: Browser, store: GraphStore
) -> None:
    with elsewhere() as site, running(store, replace(SETTINGS, embed=(site.origin,))) as port:
        ours = f"http://127.0.0.1:{port}"
        with watching(browser, ours, permissions=["clipboard-read", "clipboard-write"]) as own:
            code = code_of(own.page, f"{ours}/view?center={HOME}&hide=Firm&lang=ko")
            assert own.wrongs == []
        (frame,) = Frames(code).found
        path, _, query = (frame["src"] or "").partition("?")
        assert path == f"{ours}/embed"
        assert parse_qs(query) == {"center": [HOME], "hide": ["Firm"], "lang": ["ko"]}
        site.page = f"<!doctype html><title>theirs</title>{code}"
        with watching(browser, "http://127.0.0.1:") as theirs:
            theirs.page.goto(site.origin)
            inside = theirs.page.frame_locator("iframe")
            inside.locator("#canvas[data-ready]").wait_for(state="attached", timeout=20_000)
            assert inside.locator("h1").inner_text().strip()
            assert inside.locator("a", has_text="자매에서 열기").get_attribute("target") == "_blank"
            assert theirs.wrongs == []


@pytest.mark.parametrize("sites", [(), ("https://www.example.org",)])
def test_no_other_site_shows_it(
    browser: Browser, store: GraphStore, sites: tuple[str, ...]
) -> None:
    with elsewhere() as site, running(store, replace(SETTINGS, embed=sites)) as port:
        for path in ("/embed", "/view", "/brief"):
            ours = f"http://127.0.0.1:{port}{path}?center={HOME}&partner={HOME}"
            site.page = f"<!doctype html><title>theirs</title><iframe src='{ours}'></iframe>"
            with watching(browser, "http://127.0.0.1:") as theirs:
                theirs.page.goto(site.origin)
                theirs.page.wait_for_load_state("load")
                (frame,) = theirs.page.main_frame.child_frames
                assert frame.locator("main").count() == 0, path
                assert any("frame-ancestors" in wrong for wrong in theirs.wrongs), path
