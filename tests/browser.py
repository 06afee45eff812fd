"""A real Chromium for the tests, driven by Playwright, or a loud failure; never a skip."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from tests.javascript import tool

NAMES = ("chromium", "chromium-browser", "google-chrome")

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)

HOW_TO_GET_ONE = """\
No Chromium for the tests. Either of these brings one:
  * `make tools` on Debian or Ubuntu, or by hand: apt-get install chromium fonts-noto-cjk
  * JAMAE_TEST_CHROMIUM with the path of a Chromium or Chrome"""


class BrowserUnavailable(RuntimeError):
    """No Chromium is installed; the message says how to get one."""


def chromium_path() -> str:
    """Find the program: what JAMAE_TEST_CHROMIUM names, or without it the first on the PATH.

    Raises BrowserUnavailable when it is not there.
    """
    wanted = os.environ.get("JAMAE_TEST_CHROMIUM")
    for name in [wanted] if wanted else NAMES:
        if path := shutil.which(name):
            return path
    raise BrowserUnavailable(HOW_TO_GET_ONE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run one headless browser; open a context or a page of it for each test."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe finds wrong with a page, of any impact: rule, impact and the elements.

    With `rules` only by these.
    """
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(tool("axe-core/axe.min.js").read_text("utf-8"))
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    found = page.evaluate("(options) => globalThis.axe.run(document, options)", options)
    return [
        f"{one['id']} ({one['impact']}): " + " | ".join(node["html"][:160] for node in one["nodes"])
        for one in found["violations"]
    ]


def assert_accessible(page: Page) -> None:
    """Fail unless axe finds nothing at all; ToolUnavailable without axe."""
    assert violations(page) == [], page.url
