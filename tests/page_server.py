"""A tiny server for pages that a test has rendered, with the headers the product sends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request
from playwright.sync_api import Error as PlaywrightError

from graph.store import GraphStore
from visualize import assets


class PageServer(ThreadingHTTPServer):
    """Serves `pages` by path, each rendered when asked for, and our static files."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, Callable[[], str]] = {}

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: PageServer

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        file = assets.asset(path.removeprefix("/static/"))
        page = self.server.pages.get(path)
        if file and path.startswith("/static/"):
            self._send(200, file.media_type, file.body)
        elif page:
            self._send(200, "text/html; charset=utf-8", page().encode())
        else:
            self._send(404, "text/plain", b"")

    def _send(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", assets.content_security_policy())
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[PageServer]:
    """Run the server in a thread."""
    with PageServer() as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@dataclass(frozen=True)
class Site:
    """A running service and the store that it reads."""

    origin: str
    store: GraphStore


@dataclass
class Watched:
    """A page and everything it did that it should not have done."""

    page: Page
    home: str
    wrongs: list[str] = field(default_factory=list)

    def on_dialog(self, dialog: Dialog) -> None:
        """No page of ours opens one."""
        self.wrongs.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_console(self, message: ConsoleMessage) -> None:
        """No page of ours has an error or a warning to report."""
        if message.type in {"error", "warning"}:
            self.wrongs.append(f"console: {message.text}")

    def on_request(self, request: Request) -> None:
        """No page of ours asks another host."""
        if not request.url.startswith((self.home, "data:")):
            self.wrongs.append(f"request: {request.url}")

    def open(self, address: str) -> Page:
        """Go there and wait for the picture, if the page has one."""
        self.page.goto(address)
        if self.page.locator("#canvas").count():
            self.wait_for("#canvas[data-ready]")
        return self.page

    def wait_for(self, selector: str) -> None:
        """Wait until something is in the page; AssertionError with all that went wrong."""
        try:
            self.page.wait_for_selector(selector, state="attached", timeout=20_000)
        except PlaywrightError as error:
            raise AssertionError(f"no {selector} at {self.page.url}: {self.wrongs}") from error


@contextmanager
def watching(browser: Browser, home: str, **options: object) -> Iterator[Watched]:
    """A page in a context of its own; whatever is wrong is noted in `wrongs`."""
    settings: dict[str, object] = {"reduced_motion": "reduce", "locale": "ko-KR"} | options
    context: BrowserContext = browser.new_context(**settings)  # type: ignore[arg-type] # a test's options
    context.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) =>"
        " console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI));"
    )
    page = context.new_page()
    watched = Watched(page, home)
    page.on("dialog", watched.on_dialog)
    page.on("console", watched.on_console)
    page.on("request", watched.on_request)
    page.on("pageerror", lambda error: watched.wrongs.append(f"error: {error}"))
    page.on("popup", lambda popup: watched.wrongs.append(f"popup: {popup.url}"))
    try:
        yield watched
    finally:
        context.close()
