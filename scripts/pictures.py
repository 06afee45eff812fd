"""Draw the pictures of the docs anew, or a picture of every page and view to look at.

    python scripts/pictures.py [FOLDER]
    python scripts/pictures.py FOLDER --all [--only WORD …] [--on WORD …]

Without `--all` it writes the pictures of SHOWN into FOLDER, or docs/pictures. With it every page
of `scripts/pictures_of.py` goes into FOLDER in Korean and English, light and dark, on a phone and
on a desk, with an index.html that shows them side by side; `--only` draws the pages that have one
of the words in their name, `--on` the screens, such as ko-light-390. It uses the Chromium of the
tests, reads records and no store of yours, and asks no other machine.
"""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from starlette.testclient import TestClient

from api.app import create_app
from graph.settings import Settings
from graph.store import open_store
from ingest.load import load
from scripts.pictures_of import GIVEN, PAGES
from tests.browser import chromium
from visualize.wording import LANGUAGES, Lang

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from httpx2 import Response
    from playwright.sync_api import Browser, Page, Route

Scheme = Literal["light", "dark"]
ROOT = Path(__file__).resolve().parent.parent
HOST = "http://localhost"
TALLEST = 9000
"""Pixels of a page that are drawn; the rest of a longer one is more of the same."""
READY = ("#canvas[data-ready]", ".map-stage[data-ready]", ".matrix[data-ready]")
"""What says that a picture in a page is drawn, each beside the element without `data-ready`."""
SIZES = {390: 844, 1440: 900}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Shot:
    """A picture: the address it is of, and how the reader's screen is."""

    name: str
    path: str
    lang: Lang = "ko"
    scheme: Scheme = "light"
    width: int = 1440
    height: int | None = None
    whole: bool = False

    @property
    def screen(self) -> str:
        """What it is seen on, such as ko-light-390."""
        return f"{self.lang}-{self.scheme}-{self.width}"

    @property
    def file(self) -> str:
        """The name of its file among all."""
        return f"{self.name}-{self.screen}.png"


_MISSION = "mission:xn--9p4b2n21h-xn--h49ay2k91o9teg5g.Q20714.2008-05-26"

_SCENE = f"/view?center=city:Q20714&open={_MISSION}~Firm~12&open={_MISSION}~Deal~12"
SHOWN = (
    Shot("answer-ko", "/?partner=반둥", height=1200),
    Shot("answer-en", "/?partner=Bandung", "en", height=1200),
    Shot("graph-ko", _SCENE),
    Shot("graph-en", _SCENE, "en", "dark"),
)


@contextmanager
def answering(given: str) -> Iterator[TestClient]:
    """The product over the files of `GIVEN`, in this process."""
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/pictures.db") as store:
        if (files := GIVEN[given]) is not None:
            load(store, files())
        app = create_app(Settings(store=store.url, data_home=Path(folder)), store)
        with TestClient(app, base_url=HOST) as client:
            yield client


@contextmanager
def screen(browser: Browser, client: TestClient, shot: Shot) -> Iterator[Page]:
    """A page on such a screen; whatever it asks for, the product in this process answers."""
    files: dict[str, Response] = {}

    def answer(route: Route) -> None:
        url = route.request.url
        accept = {"Accept": route.request.headers.get("accept", "*/*")}
        reply = files.get(url) or client.get(url, headers=accept)
        if "/static/" in url:
            files[url] = reply
        dropped = {"content-length"}
        if "content-disposition" in reply.headers:  # a file to keep has a policy of its own
            dropped |= {"content-disposition", "content-security-policy"}
        headers = {key: text for key, text in reply.headers.items() if key not in dropped}
        route.fulfill(status=reply.status_code, headers=headers, body=reply.content)

    size = {"width": shot.width, "height": shot.height or SIZES[shot.width]}
    with browser.new_context(
        viewport=size,  # type: ignore[arg-type] # a TypedDict of Playwright's own
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        locale=shot.lang,
    ) as context:
        page = context.new_page()
        page.route("**/*", answer)
        yield page


def take(page: Page, shot: Shot) -> bytes:
    """The picture as PNG; RuntimeError if the page cannot be had."""
    joined = "&" if "?" in shot.path else "?"
    reply = page.goto(f"{HOST}{shot.path}{joined}lang={shot.lang}")
    if reply is None or reply.status >= 500:
        raise RuntimeError(f"{shot.path} cannot be shown")
    settle(page)
    return picture(page, shot)


def settle(page: Page) -> None:
    """Wait until what scripts draw in the page is drawn."""
    for ready in READY:
        shown = page.locator(ready.removesuffix("[data-ready]"))
        if shown.count() and shown.first.is_visible():
            page.wait_for_selector(ready)


def picture(page: Page, shot: Shot) -> bytes:
    """What a screen shows, or as much of the whole page as is worth it."""
    if not shot.whole:
        return page.screenshot()
    tall = int(page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": shot.width, "height": min(tall, TALLEST)}
    return page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type] # as above


def screens(only: Sequence[str]) -> list[Shot]:
    """Both widths, both schemes and both languages, or those that have one of the words."""
    every = [
        Shot("", "", lang, scheme, width, whole=True)
        for width, scheme, lang in product(SIZES, SCHEMES, LANGUAGES)
    ]
    return [one for one in every if not only or any(word in one.screen for word in only)]


def index(shots: Sequence[Shot]) -> str:
    """A page that shows the pictures side by side, a line for each address."""
    lines = {shot.name: shot.path for shot in shots}  # each once
    told = "".join(
        f"<h2>{escape(name)}</h2><p>{escape(path)}</p><div>"
        + "".join(f'<img src="{one.file}" alt="">' for one in shots if one.name == name)
        + "</div>"
        for name, path in lines.items()
    )
    style = "div{display:flex;align-items:start;overflow:auto}img{width:300px;margin:4px}"
    return f"<!doctype html><meta charset=utf-8><title>jamae</title><style>{style}</style>{told}"


def draw_shown(folder: Path) -> None:
    """Write the pictures of the docs into a folder."""
    with answering("world") as client, chromium() as browser:
        for shot in SHOWN:
            with screen(browser, client, shot) as page:
                write(folder / f"{shot.name}.png", take(page, shot))


def draw_all(folder: Path, only: Sequence[str], on: Sequence[str]) -> None:
    """Write a picture of every page into a folder, and the page that shows them."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn: list[Shot] = []
    for given, pages in PAGES.items():
        named = {f"{given}-{name}": path for name, path in pages.items()}
        wanted = {n: p for n, p in named.items() if not only or any(one in n for one in only)}
        if wanted:
            with answering(given) as client, chromium() as browser:
                drawn += draw(browser, client, wanted, screens(on), folder)
    (folder / "index.html").write_text(index(drawn), encoding="utf-8")


def draw(
    browser: Browser,
    client: TestClient,
    pages: Mapping[str, str],
    kinds: Sequence[Shot],
    folder: Path,
) -> Iterator[Shot]:
    """Write each of these pages on each screen."""
    for kind in kinds:
        with screen(browser, client, kind) as page:
            for name, path in pages.items():
                shot = replace(kind, name=name, path=path)
                write(folder / shot.file, take(page, shot))
                yield shot


def write(file: Path, picture: bytes) -> None:
    """Keep a picture and say so."""
    file.write_bytes(picture)
    print(file, flush=True)


def main() -> None:
    """Read the command line and draw."""
    reading = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reading.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs/pictures")
    reading.add_argument("--all", action="store_true", help="every page and view")
    reading.add_argument("--only", nargs="+", default=(), metavar="WORD")
    reading.add_argument("--on", nargs="+", default=(), metavar="WORD")
    asked = reading.parse_args()
    if asked.all:
        draw_all(asked.folder, asked.only, asked.on)
    else:
        draw_shown(asked.folder)


if __name__ == "__main__":
    main()
