"""Draw the pictures of the docs anew: what the pages show of the shipped records.

    python scripts/pictures.py [FOLDER]

Writes view-ko.png, answer-ko.png and answer-en-dark.png into FOLDER, or docs/pictures. It uses
the Chromium of the tests, reads records and no store of yours, and asks no other machine.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from starlette.testclient import TestClient

from api.app import create_app
from graph.settings import Settings
from graph.store import open_store
from ingest.load import load
from tests.browser import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Route

ROOT = Path(__file__).resolve().parent.parent
HOST = "http://localhost"


@dataclass(frozen=True)
class Shot:
    """A picture: the address it is of, and how the reader's screen is."""

    name: str
    path: str
    lang: Literal["ko", "en"] = "ko"
    scheme: Literal["light", "dark"] = "light"
    width: int = 1440
    height: int = 900


SHOTS = (
    Shot("view-ko", "/view?center=수원시"),
    Shot("answer-ko", "/?partner=반둥"),
    Shot("answer-en-dark", "/?partner=Bandung&home=Suwon", "en", "dark"),
)


@contextmanager
def answering() -> Iterator[TestClient]:
    """The product over the shipped records, in this process."""
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/pictures.db") as store:
        load(store)
        app = create_app(Settings(store=store.url, data_home=Path(folder)), store)
        with TestClient(app, base_url=HOST) as client:
            yield client


def take(browser: Browser, client: TestClient, shot: Shot) -> bytes:
    """The picture as PNG; RuntimeError if the page cannot be had."""

    def answer(route: Route) -> None:
        reply = client.get(route.request.url)
        headers = {key: text for key, text in reply.headers.items() if key != "content-length"}
        route.fulfill(status=reply.status_code, headers=headers, body=reply.content)

    size = {"width": shot.width, "height": shot.height}
    with browser.new_context(
        viewport=size,  # type: ignore[arg-type] # a TypedDict of Playwright's own
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        locale=shot.lang,
    ) as context:
        page = context.new_page()
        page.route("**/*", answer)
        joined = "&" if "?" in shot.path else "?"
        reply = page.goto(f"{HOST}{shot.path}{joined}lang={shot.lang}")
        if reply is None or not reply.ok:
            raise RuntimeError(f"{shot.path} cannot be shown")
        if page.locator("#canvas").count():
            page.wait_for_selector("#canvas[data-ready]")
        return page.screenshot()


def main(folder: Path) -> None:
    """Write every picture into a folder."""
    with answering() as client, chromium() as browser:
        for shot in SHOTS:
            file = folder / f"{shot.name}.png"
            file.write_bytes(take(browser, client, shot))
            print(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs/pictures")
